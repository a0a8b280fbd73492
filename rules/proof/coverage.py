"""What no example of a guide meets."""

from dataclasses import dataclass

from rules.engine.compiled import CompiledGuide
from rules.engine.content import Effect, ExampleContent
from rules.engine.state import Answer


@dataclass(frozen=True, slots=True)
class Coverage:
    """Positions in the guide. An example counts by what it reaches, whatever it expects."""

    rules: tuple[int, ...]
    """Rules that never fire."""
    outcomes: tuple[int, ...]
    """Advice and conclusions that are never given."""
    choices: tuple[tuple[int, int], ...]
    """Choices that are never answered: the position of the question, then their own."""

    @property
    def whole(self) -> bool:
        return not (self.rules or self.outcomes or self.choices)


def example_coverage(compiled: CompiledGuide) -> Coverage:
    guide, fired, answered = compiled.guide, set[int](), set[Answer]()
    for path in (_path(compiled, example) for example in guide.examples):
        answered.update(path[-1])
        for answers in path:
            fired.update(compiled.fire(dict(answers)))
    given = {guide.rules[at].target for at in fired if guide.rules[at].effect is not Effect.ASK}
    return Coverage(
        rules=tuple(at for at in range(len(guide.rules)) if at not in fired),
        outcomes=tuple(at for at, row in enumerate(guide.outcomes) if row.key not in given),
        choices=tuple(
            (at, place)
            for at, question in enumerate(guide.questions)
            for place, choice in enumerate(question.choices)
            if (question.key, choice.key) not in answered
        ),
    )


def _path(compiled: CompiledGuide, example: ExampleContent) -> list[tuple[Answer, ...]]:
    """The answers given at each step, first none."""
    answers = compiled.resolve(example.answers).answers
    return [answers[:length] for length in range(len(answers) + 1)]
