"""The base class of the comparisons of questions, outcomes, rules and examples."""

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

    `old` and `new` are copies of the two guides with distinct names (`rules.comparison.names`). They
    are used only to name parts. The parts that methods receive are those of the original guides.
    """

    kind: ClassVar[PartKind]

    def __init__(self, old: GuideContent, new: GuideContent) -> None:
        self.old, self.new = old, new

    @abstractmethod
    def part_title(self, guide: GuideContent, part: Part) -> str: ...

    @abstractmethod
    def part_name(self, guide: GuideContent, part: Part) -> str:
        """Returns the name of a part within a sentence: « la question « … » »."""

    @abstractmethod
    def sentences_if_added(self, part: Part) -> Iterator[Sentence]:
        """Yields the sentences that describe a new part."""

    @abstractmethod
    def sentences_if_changed(self, old: Part, new: Part) -> Iterator[Sentence]:
        """Yields a sentence for each difference between the old and the new form of a part."""

    def is_feminine(self, part: Part) -> bool:
        return True

    def part_detail(self, guide: GuideContent, part: Part) -> str:
        """Returns a further description of a part, if its title is not enough."""
        return ""

    def compare_parts(
        self, old: Mapping[str, Part], new: Mapping[str, Part]
    ) -> Iterator[PartChange]:
        """Yields the changed parts, in the new order, then the removed ones.

        `old` and `new` are the parts of the two guides by key. Parts with the same key are compared.
        """
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
                yield self._change_of_part(key, self.new, part, sentences)
        for key, part in alignment.removed.items():
            yield self._change_of_part(key, self.old, part, [self.removal_sentence(part)])

    def removal_sentence(self, part: Part) -> Sentence:
        predicate = f"est supprimé{'e' * self.is_feminine(part)}"
        return sentence_about(self.old_name(part), predicate)

    def old_name(self, part: Part) -> PartName:
        return PartName(self.part_name(self.old, part))

    def new_name(self, part: Part) -> PartName:
        return PartName(self.part_name(self.new, part))

    def _change_of_part(
        self, key: str, guide: GuideContent, part: Part, sentences: Sequence[Sentence]
    ) -> PartChange:
        """Returns the change of a part of `guide`, which is the old one for a removed part."""
        title, detail = self.part_title(guide, part), self.part_detail(guide, part)
        return PartChange(self.kind, key, title, tuple(sentences), detail)

    def _move_sentence(self, part: Part, above: Part | None) -> Sentence:
        """Returns the sentence about a moved part.

        `above` is the part that now comes before it; None if it is now the first.
        """
        place = f"après {self.part_name(self.new, above)}" if above else "à la première place"
        return sentence_about(self.old_name(part), f"passe {place}")
