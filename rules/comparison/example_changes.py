"""The comparison of examples. They have no keys, so they are identified by their names."""

from bisect import bisect
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from rules.comparison.change_sentences import PartKind, Sentence, sentence_about
from rules.comparison.part_comparison import PartComparison
from rules.comparison.text_changes import renaming_sentences
from rules.engine.content import ExampleContent, GuideContent
from rules.sentences import quote_text, quoted_outcome, quoted_question, shorten_title

ExamplesByKey = dict[str, ExampleContent]
RowIdsOfExamples = tuple[Sequence[int], Sequence[int]]
"""The ids of the database rows of the examples of an old and of a new draft, in their order."""


class ExampleComparison(PartComparison[ExampleContent]):
    kind = PartKind.EXAMPLE

    def part_title(self, guide: GuideContent, part: ExampleContent) -> str:
        return f"{part.name}{_number_of_namesake(guide, part)}"

    def part_name(self, guide: GuideContent, part: ExampleContent) -> str:
        number = _number_of_namesake(guide, part)
        return f"le cas type {quote_text(shorten_title(part.name))}{number}"

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


def _number_of_namesake(guide: GuideContent, example: ExampleContent) -> str:
    """Returns « (2e de ce nom) » after a space; empty if no other example has this name."""
    namesakes = [other for other in guide.examples if other.name == example.name]
    if len(namesakes) == 1:
        return ""
    number = next(number for number, other in enumerate(namesakes, 1) if other is example)
    return f" ({number}{'er' if number == 1 else 'e'} de ce nom)"


def example_keys(names: Iterable[str]) -> list[str]:
    """Returns a key for each example: its name, and from the second of a name on its number.

    A line break, which no name has, comes before the number.
    """
    counts: Counter[str] = Counter()
    keys = []
    for name in names:
        counts[name] += 1
        keys.append(name if counts[name] == 1 else f"{name}\n{counts[name]}")
    return keys


def pair_examples(
    old: Sequence[ExampleContent],
    new: Sequence[ExampleContent],
    row_ids: RowIdsOfExamples | None = None,
) -> tuple[ExamplesByKey, ExamplesByKey]:
    """Returns the old and the new examples by key. An example of both guides has one key in both.

    Its key is the one that `example_keys` gives it among the new examples. A removed example has a
    key that no new example has. `row_ids` say which examples are the same. If they are not known,
    names, contents and places say it.
    """
    new_keys = example_keys(example.name for example in new)
    pairing = _ExamplePairing(old, new)
    if row_ids:
        pairing.pair_rows(*row_ids)
    else:
        pairing.pair_similar_examples()
    removed = [example.name for example in pairing.left_old.values()]
    keys_of_removed = example_keys([*(example.name for example in new), *removed])[len(new) :]
    key_of_position = {before: new_keys[after] for before, after in pairing.pairs.items()}
    key_of_position |= dict(zip(pairing.left_old, keys_of_removed, strict=True))
    return (
        {key_of_position[position]: example for position, example in enumerate(old)},
        dict(zip(new_keys, new, strict=True)),
    )


class _ExamplePairing:
    """Finds the examples that two guides have in common."""

    def __init__(self, old: Sequence[ExampleContent], new: Sequence[ExampleContent]) -> None:
        self.old, self.new = old, new
        self.pairs: dict[int, int] = {}
        """The position of each such example in the new guide, by its position in the old one."""
        self.left_old, self.left_new = dict(enumerate(old)), dict(enumerate(new))
        """The other examples of the two guides, by position."""

    def pair_rows(self, old_ids: Sequence[int], new_ids: Sequence[int]) -> None:
        """Pairs the examples of one database row."""
        self._pair_if_equal(
            lambda position, _: old_ids[position], lambda position, _: new_ids[position]
        )

    def pair_similar_examples(self) -> None:
        """Pairs examples by their names, their contents (answers and outcomes) and their places.

        An example counts as renamed if an example whose name is more frequent now has its content,
        or if it is the only one whose name changed and no example is added or removed.
        """
        self._pair_equal_examples()
        old_names, new_names = (
            Counter(part.name for part in parts) for parts in (self.old, self.new)
        )
        # The same content under another name: a renamed example.
        self._pair_if_equal(
            lambda _, part: (
                _example_content(part) if old_names[part.name] > new_names[part.name] else None
            ),
            lambda _, part: (
                _example_content(part) if old_names[part.name] < new_names[part.name] else None
            ),
        )
        # The same name: an example with another content.
        self._pair_if_equal(lambda _, part: part.name)
        if len(self.left_old) == 1 and self.left_old.keys() == self.left_new.keys():
            self._pair_if_equal(lambda position, _: position)

    def _pair_equal_examples(self) -> None:
        """Pairs examples with the same name and content. These may be several: twins.

        If some twins are added, removed or renamed, those that keep their place are paired first.
        """
        old_counts, new_counts = (
            Counter(map(_name_and_content, parts)) for parts in (self.old, self.new)
        )
        # If there are as many twins as before, they are paired in their order.
        self._pair_if_equal(
            lambda _, part: (
                twin if old_counts[twin := _name_and_content(part)] == new_counts[twin] else None
            )
        )
        if len(self.old) == len(self.new):
            # No example is added or removed: a twin that is not renamed keeps its position.
            self._pair_if_equal(lambda position, part: (position, _name_and_content(part)))
        # A twin that stays keeps its place among the examples that are paired already.
        paired_old, paired_new = sorted(self.pairs), sorted(self.pairs.values())
        self._pair_if_equal(
            lambda position, part: (bisect(paired_old, position), _name_and_content(part)),
            lambda position, part: (bisect(paired_new, position), _name_and_content(part)),
        )
        self._pair_if_equal(lambda _, part: _name_and_content(part))

    def _pair_if_equal(
        self,
        old_identity: Callable[[int, ExampleContent], Hashable],
        new_identity: Callable[[int, ExampleContent], Hashable] | None = None,
    ) -> None:
        """Pairs the examples that are left whose identities are equal and not None, in their order.

        Without `new_identity`, `old_identity` identifies the new examples too.
        """
        new_identity = new_identity or old_identity
        waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for position, example in self.left_old.items():
            waiting[old_identity(position, example)].append(position)
        waiting.pop(None, None)
        for position, example in list(self.left_new.items()):
            if queue := waiting[new_identity(position, example)]:
                before = queue.popleft()
                self.pairs[before] = position
                del self.left_old[before], self.left_new[position]


def _example_content(example: ExampleContent) -> Hashable:
    return frozenset(example.answers.items()), example.outcomes


def _name_and_content(example: ExampleContent) -> Hashable:
    return example.name, _example_content(example)
