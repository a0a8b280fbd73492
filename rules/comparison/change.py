"""What a comparison says."""

from dataclasses import dataclass
from enum import StrEnum

from rules.sentences import quote_text

MAX_EXCERPT_CHARACTERS = 300
"""Characters of a long text that a history repeats."""


class PartKind(StrEnum):
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

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class PartName:
    """How sentences call what they are about, without a heading and `here`, under its own.

    Nothing `here`: the heading says it.
    """

    standalone: str
    here: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """`words` stand under the heading of what they are about; `alone` names it.

    `segments` are the long text that the sentence is about, if it is about one; `plain` is the
    same without its Markdown.
    """

    text: str
    standalone: str
    segments: tuple[Segment, ...] = ()
    plain_segments: tuple[Segment, ...] = ()

    @property
    def with_changed_words(self) -> str:
        """With the words that differ, for where no segments are shown."""
        said = [self.standalone]
        for mark, verb in ((Mark.REMOVED, "Retiré"), (Mark.ADDED, "Ajouté")):
            words = [
                " ".join(part.text.split()) for part in self.plain_segments if part.mark is mark
            ]
            if passages := " […] ".join(filter(None, words)):
                said.append(f"{verb}\u00a0: {quote_text(_excerpt(passages))}.")
        return " ".join(said)


@dataclass(frozen=True, slots=True)
class PartChange:
    """All that differs in one part of a guide.

    The guide as a whole has no key; an example's is its name. `title` is what the part is
    called now, or was called if it is gone; `detail` says what it is, where the title does not.
    `former` is the key in the old guide, for what was there.
    """

    kind: PartKind
    key: str
    title: str
    sentences: tuple[Sentence, ...]
    former: str = ""
    detail: str = ""


def told(called: PartName, predicate: str) -> Sentence:
    """« La question « … » est nouvelle. »; under its heading, « Nouvelle. »"""
    here = f"{called.here} {predicate}" if called.here else predicate.removeprefix("est ")
    return Sentence(f"{capital(here)}.", f"{capital(called.standalone)} {predicate}.")


def of(called: str) -> str:
    """« de la question », « du conseil », or nothing of nothing."""
    if called.startswith("le "):
        return f" du {called[3:]}"
    return f" de {called}" if called else ""


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _excerpt(text: str) -> str:
    return (
        text
        if len(text) <= MAX_EXCERPT_CHARACTERS
        else f"{text[:MAX_EXCERPT_CHARACTERS].rstrip()}…"
    )
