"""What differs in an example. Examples have no key: their names tell which is which."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rules.comparison.change import PartKind, Sentence, told
from rules.comparison.parts import Parts
from rules.comparison.text_changes import renaming_sentences
from rules.engine.content import ExampleContent, GuideContent
from rules.sentences import quote_text, quoted_outcome, quoted_question, shorten_title

Named = dict[str, ExampleContent]


class Examples(Parts[ExampleContent]):
    kind = PartKind.EXAMPLE

    def key(self, part: ExampleContent) -> str:
        return part.name

    def title(self, guide: GuideContent, part: ExampleContent) -> str:
        return part.name

    def called(self, guide: GuideContent, part: ExampleContent) -> str:
        return f"le cas type {quote_text(shorten_title(part.name))}"

    def feminine(self, part: ExampleContent) -> bool:
        return False

    def added(self, part: ExampleContent) -> Iterator[Sentence]:
        yield told(self.now(part), "est nouveau")

    def changed(self, old: ExampleContent, new: ExampleContent) -> Iterator[Sentence]:
        yield from renaming_sentences(self.was(old), old.name, new.name)
        yield from self._answers(old, new)
        if old.outcomes != new.outcomes:
            titles = _titles(self.new, new)
            expected = f"attend maintenant {titles}" if titles else "n’attend plus de conclusion"
            instead = _titles(self.old, old) or "aucune conclusion"
            yield told(self.was(old), f"{expected} au lieu de {instead}")

    def _answers(self, old: ExampleContent, new: ExampleContent) -> Iterator[Sentence]:
        called = self.was(old)
        for key, choice in new.answers.items():
            if old.answers.get(key) != choice:
                before = _label(self.old, old, key)
                instead = f" au lieu de {before}" if before else ""
                now = f"{_label(self.new, new, key)}{instead}"
                where = quoted_question(self.new, key)
                yield told(called, f"répond maintenant {now} à la question {where}")
        for key in old.answers:
            if key not in new.answers:
                where = quoted_question(self.old, key)
                yield told(called, f"ne répond plus à la question {where}")
        if _order(old, new) != _order(new, old):
            yield told(called, "a ses réponses dans un autre ordre")


def paired(old: Sequence[ExampleContent], new: Sequence[ExampleContent]) -> tuple[Named, Named]:
    """Both by one key: the name, or the new name of an example that was renamed."""
    before, after = _by_name(old), _by_name(new)
    for name in [name for name in after if name not in before]:
        gone = [each for each in before if each not in after]
        same = next((each for each in gone if _same(before[each], after[name])), None)
        alone = gone[0] if len(gone) == 1 and _alone(before, after) else None
        if former := same or alone:
            before = {name if each == former else each: row for each, row in before.items()}
    return before, after


def _by_name(examples: Sequence[ExampleContent]) -> Named:
    """A name that comes again is followed by its rank: names hold no line breaks."""
    seen: Counter[str] = Counter()
    found = {}
    for example in examples:
        seen[example.name] += 1
        found[f"{example.name}\n{seen[example.name]}"] = example
    return found


def _same(old: ExampleContent, new: ExampleContent) -> bool:
    return old.answers == new.answers and old.outcomes == new.outcomes


def _alone(before: Named, after: Named) -> bool:
    """Whether one example stands, under another name, where one stood before."""
    places = [at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b]
    return len(before) == len(after) and len(places) == 1


def _order(one: ExampleContent, other: ExampleContent) -> list[str]:
    return [key for key in one.answers if key in other.answers]


def _label(guide: GuideContent, example: ExampleContent, question: str) -> str:
    """The answer's words, or nothing."""
    choice = example.answers.get(question)
    if choice is None:
        return ""
    row = guide.question.get(question)
    labels = {each.key: each.label for each in row.choices} if row else {}
    return quote_text(labels.get(choice, choice))


def _titles(guide: GuideContent, example: ExampleContent) -> str:
    return ", ".join(quoted_outcome(guide, key) for key in example.outcomes)
