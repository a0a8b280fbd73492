"""What a comparison says."""

from dataclasses import dataclass
from enum import StrEnum

from rules.sentences import quoted

EXCERPT = 300
"""Characters of a long text that a history repeats."""


class Kind(StrEnum):
    GUIDE = "guide"
    QUESTION = "question"
    OUTCOME = "outcome"
    RULE = "rule"
    EXAMPLE = "example"


class Mark(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Segment:
    """Consecutive words of a long text."""

    words: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Sentence:
    """`segments` are the long text that the sentence is about, if it is about one."""

    words: str
    segments: tuple[Segment, ...] = ()

    @property
    def in_full(self) -> str:
        """With the words that differ, for where no segments are shown."""
        said = [self.words]
        for mark, verb in ((Mark.REMOVED, "Retiré"), (Mark.ADDED, "Ajouté")):
            words = [part.words.strip() for part in self.segments if part.mark is mark]
            if passages := " […] ".join(filter(None, words)):
                said.append(f"{verb}\u00a0: {quoted(_excerpt(passages))}.")
        return " ".join(said)


@dataclass(frozen=True, slots=True)
class Change:
    """All that differs in one part of a guide.

    The guide as a whole has no key; an example's is its name. `title` is what the part is
    called now, or was called if it is gone. `former` is the key in the old guide, for what
    was there.
    """

    kind: Kind
    key: str
    title: str
    sentences: tuple[Sentence, ...]
    former: str = ""


def _excerpt(text: str) -> str:
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT].rstrip()}…"
