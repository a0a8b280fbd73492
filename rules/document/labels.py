"""What is refused in titles, labels and aliases: texts that people cannot see or tell apart."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rules.document.problems import Place, quote_value

Spellings = tuple[str, Sequence[str]]
"""The label of a choice, and its aliases."""

_DIRECTION_MARK = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANK_SYMBOL = "\u2800"
"""A Braille cell without dots, which looks like a space."""
_INVISIBLE = re.compile(
    "["
    # Default_Ignorable_Code_Point: what Unicode asks programs to show as nothing.
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
    # The other characters of the categories Cf (format) and Cc (control) that are no spaces.
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\ufff9-\ufffb\U000110bd\U000110cd"
    "\U00013430-\U0001343f\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
    "]"
)
"""The characters that are shown as nothing."""


def normalise_label(text: str) -> str:
    """Returns what two labels or aliases have in common if people cannot tell them apart.

    Case, compatibility characters (NFKC), invisible characters and the number of spaces do not
    count. A normalised text stays the same when it is normalised again.
    """
    visible = _INVISIBLE.sub("", text.replace(_BLANK_SYMBOL, " "))
    # Folding may compose or decompose what was normalised before, and the other way round.
    decomposed = unicodedata.normalize("NFD", visible).casefold()
    folded = unicodedata.normalize("NFKC", decomposed).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def line_refusal(text: str) -> str:
    """Returns why a text of one line is refused, in French; empty if it is accepted or blank."""
    if mark := _DIRECTION_MARK.search(text):
        return (
            f"{quote_value(text)} contient une marque invisible de sens d’écriture "
            f"(U+{ord(mark[0]):04X})\u00a0: tapez ce texte de nouveau, sans le coller."
        )
    if text.strip() and not any(map(_is_visible, text)):
        return "ce texte n’a aucun caractère visible\u00a0: écrivez-y au moins une lettre."
    return ""


def _is_visible(char: str) -> bool:
    """True if a character is seen when it stands alone. Accents and variation selectors are not."""
    hidden = unicodedata.category(char) in {"Cc", "Cf", "Mn", "Me", "Mc", "Zs", "Zl", "Zp"}
    return not hidden and char != _BLANK_SYMBOL and not _INVISIBLE.match(char)


def label_refusals(choices: Sequence[Spellings]) -> Iterator[tuple[Place, str]]:
    """Yields what is refused among the labels and aliases of a question, in French.

    Each place begins at the list of choices: `(1, "label")` or `(1, "aliases", 0)`.
    """
    label_owners: dict[str, int] = {}
    for index, (label, _) in enumerate(choices):
        name = normalise_label(label)
        other = label_owners.setdefault(name, index)
        if name and other != index:
            yield (
                (index, "label"),
                f"{quote_value(label)} se lit comme {quote_value(choices[other][0])}, une autre "
                "réponse de cette question\u00a0: donnez à chacune son propre texte.",
            )
    owners = dict(label_owners)
    for index, (_, aliases) in enumerate(choices):
        for alias_index, alias in enumerate(aliases):
            name = normalise_label(alias)
            other = owners.setdefault(name, index)
            if name and other != index:
                kind, remedy = (
                    ("le texte", "enlevez cette autre écriture")
                    if name in label_owners
                    else ("une autre écriture", "ne la laissez qu’à l’une des deux")
                )
                yield (
                    (index, "aliases", alias_index),
                    f"{quote_value(alias)} est aussi {kind} de la réponse "
                    f"{quote_value(choices[other][0])}\u00a0: {remedy}.",
                )
