"""What is said of the parts of any kind: which are new, gone, changed or moved."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from rules.comparison.change import PartChange, PartKind, PartName, Sentence, told
from rules.comparison.order_changes import align
from rules.engine.content import (
    ExampleContent,
    GuideContent,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)

Part = TypeVar("Part", bound=QuestionContent | OutcomeContent | RuleContent | ExampleContent)


class Parts(ABC, Generic[Part]):
    """How parts of one kind are told. The two guides are asked for names only."""

    kind: ClassVar[PartKind]

    def __init__(self, old: GuideContent, new: GuideContent) -> None:
        self.old, self.new = old, new

    @abstractmethod
    def key(self, part: Part) -> str: ...

    @abstractmethod
    def title(self, guide: GuideContent, part: Part) -> str: ...

    @abstractmethod
    def called(self, guide: GuideContent, part: Part) -> str:
        """« la question « … » », within a sentence."""

    @abstractmethod
    def added(self, part: Part) -> Iterator[Sentence]:
        """What is said of a new part."""

    @abstractmethod
    def changed(self, old: Part, new: Part) -> Iterator[Sentence]:
        """What differs in a part; nothing where nothing does."""

    def changes(self, old: Mapping[str, Part], new: Mapping[str, Part]) -> Iterator[PartChange]:
        """What has the same key in both is the same part."""
        aligned = align(old, new)
        for key, part in new.items():
            sentences = [*(self.changed(old[key], part) if key in old else self.added(part))]
            if key in aligned.moved:
                sentences.append(self._moved(old[key], aligned.moved[key]))
            if sentences:
                yield self._change(part, old.get(key), sentences)
        for part in aligned.removed.values():
            yield self._change(None, part, [self._removed(part)])

    def feminine(self, part: Part) -> bool:
        return True

    def detail(self, guide: GuideContent, part: Part) -> str:
        """What the title of a part does not say of it."""
        return ""

    def was(self, part: Part) -> PartName:
        return PartName(self.called(self.old, part))

    def now(self, part: Part) -> PartName:
        return PartName(self.called(self.new, part))

    def _change(
        self, now: Part | None, before: Part | None, sentences: Sequence[Sentence]
    ) -> PartChange:
        part = now or before
        assert part is not None, "a change is of a part that was or is there"
        guide = self.new if now else self.old
        return PartChange(
            self.kind,
            self.key(part),
            self.title(guide, part),
            tuple(sentences),
            former=self.key(before) if before else "",
            detail=self.detail(guide, part),
        )

    def _removed(self, part: Part) -> Sentence:
        return told(self.was(part), f"est supprimé{'e' * self.feminine(part)}")

    def _moved(self, part: Part, above: Part | None) -> Sentence:
        place = f"après {self.called(self.new, above)}" if above else "à la première place"
        return told(self.was(part), f"passe {place}")
