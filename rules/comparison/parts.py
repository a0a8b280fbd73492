"""What the comparisons of all kinds of parts share: new, removed, changed and moved parts."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from rules.comparison.change_sentences import (
    PartChange,
    PartKind,
    PartName,
    Sentence,
    sentence_about,
)
from rules.comparison.order_changes import align_parts
from rules.engine.content import (
    ExampleContent,
    GuideContent,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)

Part = TypeVar("Part", bound=QuestionContent | OutcomeContent | RuleContent | ExampleContent)


class PartComparison(ABC, Generic[Part]):
    """The comparison of the parts of one kind.

    `old` and `new` are the two guides with distinct names. They serve to name parts only; the
    parts themselves are given to each method as they are in the guides.
    """

    kind: ClassVar[PartKind]

    def __init__(self, old: GuideContent, new: GuideContent) -> None:
        self.old, self.new = old, new

    @abstractmethod
    def part_key(self, part: Part) -> str: ...

    @abstractmethod
    def part_title(self, guide: GuideContent, part: Part) -> str: ...

    @abstractmethod
    def part_name(self, guide: GuideContent, part: Part) -> str:
        """Returns a name to use within a sentence: « la question « … » »."""

    @abstractmethod
    def sentences_if_added(self, part: Part) -> Iterator[Sentence]:
        """Yields the description of a new part."""

    @abstractmethod
    def sentences_if_changed(self, old: Part, new: Part) -> Iterator[Sentence]:
        """Yields a sentence for each difference between the two states of a part."""

    def is_feminine(self, part: Part) -> bool:
        return True

    def part_detail(self, guide: GuideContent, part: Part) -> str:
        """Returns what the title of a part does not tell about it."""
        return ""

    def compare_parts(
        self, old: Mapping[str, Part], new: Mapping[str, Part]
    ) -> Iterator[PartChange]:
        """Yields what differs in each part. A part that has the same key in both is the same."""
        alignment = align_parts(old, new)
        for key, part in new.items():
            sentences = [
                *(
                    self.sentences_if_changed(old[key], part)
                    if key in old
                    else self.sentences_if_added(part)
                )
            ]
            if key in alignment.moved:
                sentences.append(self._move_sentence(old[key], alignment.moved[key]))
            if sentences:
                yield self._change_of_part(part, old.get(key), sentences)
        for part in alignment.removed.values():
            predicate = f"est supprimé{'e' * self.is_feminine(part)}"
            sentence = sentence_about(self.old_name(part), predicate)
            yield self._change_of_part(None, part, [sentence])

    def old_name(self, part: Part) -> PartName:
        return PartName(self.part_name(self.old, part))

    def new_name(self, part: Part) -> PartName:
        return PartName(self.part_name(self.new, part))

    def _change_of_part(
        self, after: Part | None, before: Part | None, sentences: Sequence[Sentence]
    ) -> PartChange:
        """`after` is None for a removed part, and `before` for a new one."""
        part = after or before
        assert part is not None, "a change is about a part of one of the two guides"
        guide = self.new if after else self.old
        return PartChange(
            self.kind,
            self.part_key(part),
            self.part_title(guide, part),
            tuple(sentences),
            former=self.part_key(before) if before else "",
            detail=self.part_detail(guide, part),
        )

    def _move_sentence(self, part: Part, above: Part | None) -> Sentence:
        """`above` is the part that now comes before; None if the part is now the first."""
        place = f"après {self.part_name(self.new, above)}" if above else "à la première place"
        return sentence_about(self.old_name(part), f"passe {place}")
