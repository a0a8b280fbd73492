"""The comparison of examples. They have no keys, so they are identified by their names."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rules.comparison.change_sentences import PartKind, Sentence, sentence_about
from rules.comparison.part_comparison import PartComparison
from rules.comparison.text_changes import renaming_sentences
from rules.engine.content import ExampleContent, GuideContent
from rules.sentences import quote_text, quoted_outcome, quoted_question, shorten_title

ExamplesByName = dict[str, ExampleContent]


class ExampleComparison(PartComparison[ExampleContent]):
    kind = PartKind.EXAMPLE

    def part_key(self, part: ExampleContent) -> str:
        return part.name

    def part_title(self, guide: GuideContent, part: ExampleContent) -> str:
        return part.name

    def part_name(self, guide: GuideContent, part: ExampleContent) -> str:
        return f"le cas type {quote_text(shorten_title(part.name))}"

    def is_feminine(self, part: ExampleContent) -> bool:
        return False

    def sentences_if_added(self, part: ExampleContent) -> Iterator[Sentence]:
        yield sentence_about(self.new_name(part), "est nouveau")

    def sentences_if_changed(self, old: ExampleContent, new: ExampleContent) -> Iterator[Sentence]:
        name = self.old_name(old)
        yield from renaming_sentences(name, old.name, new.name)
        yield from self._sentences_about_answers(old, new)
        if old.outcomes != new.outcomes:
            titles = _quoted_outcomes(self.new, new)
            expected = f"attend maintenant {titles}" if titles else "n’attend plus de conclusion"
            instead = _quoted_outcomes(self.old, old) or "aucune conclusion"
            yield sentence_about(name, f"{expected} au lieu de {instead}")

    def _sentences_about_answers(
        self, old: ExampleContent, new: ExampleContent
    ) -> Iterator[Sentence]:
        name = self.old_name(old)
        for key, choice in new.answers.items():
            if old.answers.get(key) != choice:
                before = _quoted_answer(self.old, old, key)
                instead = f" au lieu de {before}" if before else ""
                answer = f"{_quoted_answer(self.new, new, key)}{instead}"
                question = quoted_question(self.new, key)
                yield sentence_about(name, f"répond maintenant {answer} à la question {question}")
        for key in old.answers:
            if key not in new.answers:
                question = quoted_question(self.old, key)
                yield sentence_about(name, f"ne répond plus à la question {question}")
        old_order = [key for key in old.answers if key in new.answers]
        new_order = [key for key in new.answers if key in old.answers]
        if old_order != new_order:
            yield sentence_about(name, "a ses réponses dans un autre ordre")


def _quoted_answer(guide: GuideContent, example: ExampleContent, question: str) -> str:
    """Returns the quoted label of the answer to a question; empty if the example has none."""
    key = example.answers.get(question)
    if key is None:
        return ""
    content = guide.question.get(question)
    labels = {choice.key: choice.label for choice in content.choices} if content else {}
    return quote_text(labels.get(key, key))


def _quoted_outcomes(guide: GuideContent, example: ExampleContent) -> str:
    return ", ".join(quoted_outcome(guide, key) for key in example.outcomes)


def pair_examples(
    old: Sequence[ExampleContent], new: Sequence[ExampleContent]
) -> tuple[ExamplesByName, ExamplesByName]:
    """Returns the old and the new examples by their names. A renamed example has its new name in both.

    An example counts as renamed if its answers and outcomes are the same, or if it is the only one
    whose name changed and no example is added or removed.
    """
    before, after = _examples_by_name(old), _examples_by_name(new)
    for name in [name for name in after if name not in before]:
        missing = [former for former in before if former not in after]
        same_content = (
            former
            for former in missing
            if before[former].answers == after[name].answers
            and before[former].outcomes == after[name].outcomes
        )
        differing = [pair for pair in zip(before, after, strict=False) if pair[0] != pair[1]]
        is_only_one = len(missing) == len(differing) == 1 and len(before) == len(after)
        only_one = missing[0] if is_only_one else None
        if renamed := next(same_content, None) or only_one:
            before = {
                name if former == renamed else former: example for former, example in before.items()
            }
    return before, after


def _examples_by_name(examples: Sequence[ExampleContent]) -> ExamplesByName:
    """Returns examples by keys that consist of the name, a line break, and a number.

    The number counts the examples with this name, so that the keys are distinct. Names have no line
    breaks.
    """
    counts: Counter[str] = Counter()
    found = {}
    for example in examples:
        counts[example.name] += 1
        found[f"{example.name}\n{counts[example.name]}"] = example
    return found
