"""The rules, outcomes and choices of a guide that its examples do not reach."""

from dataclasses import dataclass

from rules.engine.compiled import CompiledGuide, cache_for_guide
from rules.engine.content import Effect
from rules.engine.resolve import fire_rules
from rules.engine.state import Answer
from rules.proof.bounds import BoundReachedError, Effort, ProofBound

MAX_SECONDS = 3
"""The time for the examples of one guide: 1,000 of them may each take 200 steps."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The parts of a guide that no example reaches, by their positions.

    An example covers what its answers reach, even if it expects other conclusions.
    """

    unfired_rules: tuple[int, ...]
    """The rules that do not fire anywhere on the path of an example."""
    ungiven_outcomes: tuple[int, ...]
    """The outcomes that are not given anywhere on the path of an example."""
    unanswered_choices: tuple[tuple[int, int], ...]
    """The choices that no example takes: the position of the question, and that of the choice."""

    @property
    def is_complete(self) -> bool:
        return not (self.unfired_rules or self.ungiven_outcomes or self.unanswered_choices)


def example_coverage(compiled: CompiledGuide) -> Coverage | None:
    """Returns what no example of a guide reaches, or None if finding it takes too long now."""
    try:
        return _resolve_examples(compiled)
    except BoundReachedError:
        return None


@cache_for_guide
def _resolve_examples(compiled: CompiledGuide) -> Coverage:
    guide, fired, answered = compiled.guide, set[int](), set[Answer]()
    effort = Effort(ProofBound(seconds=MAX_SECONDS))
    for example in guide.examples:
        path: dict[str, str] = {}
        firing = fire_rules(guide, path, compiled.fire)
        fired.update(firing.fired)
        while firing.question and firing.question in example.answers:
            effort.check_time()
            path[firing.question] = example.answers[firing.question]
            firing = fire_rules(guide, path, compiled.fire)
            fired.update(firing.fired)
        answered.update(path.items())
    fired_rules = (guide.rules[position] for position in fired)
    given = {rule.target for rule in fired_rules if rule.effect is not Effect.ASK}
    return Coverage(
        unfired_rules=tuple(
            position for position in range(len(guide.rules)) if position not in fired
        ),
        ungiven_outcomes=tuple(
            position for position, outcome in enumerate(guide.outcomes) if outcome.key not in given
        ),
        unanswered_choices=tuple(
            (question_position, choice_position)
            for question_position, question in enumerate(guide.questions)
            for choice_position, choice in enumerate(question.choices)
            if (question.key, choice.key) not in answered
        ),
    )
