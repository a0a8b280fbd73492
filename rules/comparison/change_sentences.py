"""The values that a comparison returns, and the building of its sentences."""

from dataclasses import dataclass
from enum import StrEnum

from rules.sentences import quote_text

MAX_EXCERPT_CHARACTERS = 300
"""The number of characters after which a quoted text is cut off."""


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
    """The name of a part, or of something within it, in a sentence.

    `in_full` names it anywhere: « la réponse « Oui » de la question « Prêt ? » ». `under_heading`
    names it below a heading that names the part: « la réponse « Oui » », or nothing if the sentence
    is about the part as a whole.
    """

    in_full: str
    under_heading: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence about one difference, in two forms.

    `text` is for use below a heading that names the part, and `standalone` anywhere else. If a long
    text has changed, `segments` are its old and new words, and `plain_segments` the same without
    Markdown.
    """

    text: str
    standalone: str
    segments: tuple[Segment, ...] = ()
    plain_segments: tuple[Segment, ...] = ()

    @property
    def with_changed_words(self) -> str:
        """The standalone sentence, followed by the words removed from and added to a long text."""
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
    """All differences of one part.

    - `key` is the key of the part. It is empty for the guide itself; for an example, it is the one
      that `pair_examples` gives it.
    - `title` is the title in the new guide, or in the old one if the part is removed.
    - `detail` describes the part further, if its title is not enough.
    """

    kind: PartKind
    key: str
    title: str
    sentences: tuple[Sentence, ...]
    detail: str = ""


def sentence_about(name: PartName, predicate: str) -> Sentence:
    """Returns the sentence that a predicate makes with a name.

    For example: « La question « … » est nouvelle. », and « Nouvelle. » below its heading.
    """
    short = (
        f"{name.under_heading} {predicate}"
        if name.under_heading
        else predicate.removeprefix("est ")
    )
    return Sentence(f"{capitalize_first(short)}.", f"{capitalize_first(name.in_full)} {predicate}.")


def phrase_with_de(name: str) -> str:
    """Returns « de la question … » or « du conseil … » after a space; empty for an empty name."""
    if name.startswith("le "):
        return f" du {name[3:]}"
    return f" de {name}" if name else ""


def capitalize_first(text: str) -> str:
    return text[:1].upper() + text[1:]
