"""The values that a comparison returns, and the building of its sentences."""

from dataclasses import dataclass
from enum import StrEnum

from rules.sentences import quote_text

MAX_EXCERPT_CHARACTERS = 300
"""The length after which a quoted text is cut off."""


class PartKind(StrEnum):
    GUIDE = "guide"
    QUESTION = "question"
    OUTCOME = "outcome"
    RULE = "rule"
    EXAMPLE = "example"


class Mark(StrEnum):
    UNCHANGED = "unchanged"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a long text whose words are all unchanged, all added or all removed."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class PartName:
    """The name of a part in a sentence: in full, and as it is under the heading of its change.

    `under_heading` is empty if the heading already names the part.
    """

    in_full: str
    under_heading: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One difference: `text` is read under the heading of the part, `standalone` names the part.

    If the sentence is about a long text, `segments` are that text with its differences, and
    `plain_segments` are the same without Markdown.
    """

    text: str
    standalone: str
    segments: tuple[Segment, ...] = ()
    plain_segments: tuple[Segment, ...] = ()

    @property
    def with_changed_words(self) -> str:
        """The standalone sentence, and the words that were removed and added in a long text."""
        sentences = [self.standalone]
        for mark, verb in ((Mark.REMOVED, "Retiré"), (Mark.ADDED, "Ajouté")):
            passages = [part.text for part in self.plain_segments if part.mark is mark]
            words = " […] ".join(filter(None, (" ".join(text.split()) for text in passages)))
            if len(words) > MAX_EXCERPT_CHARACTERS:
                words = f"{words[:MAX_EXCERPT_CHARACTERS].rstrip()}…"
            if words:
                sentences.append(f"{verb}\u00a0: {quote_text(words)}.")
        return " ".join(sentences)


@dataclass(frozen=True, slots=True)
class PartChange:
    """Everything that differs in one part of a guide.

    The key of the guide itself is empty, and the key of an example is its name. `title` is the
    title in the new guide, or in the old one if the part is removed; `detail` describes the part
    where its title does not. `former` is the key in the old guide, and empty for a new part.
    """

    kind: PartKind
    key: str
    title: str
    sentences: tuple[Sentence, ...]
    former: str = ""
    detail: str = ""


def sentence_about(name: PartName, predicate: str) -> Sentence:
    """« La question « … » est nouvelle. », which is « Nouvelle. » under its heading."""
    short = (
        f"{name.under_heading} {predicate}"
        if name.under_heading
        else predicate.removeprefix("est ")
    )
    return Sentence(f"{capitalize_first(short)}.", f"{capitalize_first(name.in_full)} {predicate}.")


def phrase_with_de(name: str) -> str:
    """« de la question … » or « du conseil … », after a space; empty for an empty name."""
    if name.startswith("le "):
        return f" du {name[3:]}"
    return f" de {name}" if name else ""


def capitalize_first(text: str) -> str:
    return text[:1].upper() + text[1:]
