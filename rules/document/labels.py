"""What is refused in titles, labels and aliases: texts that people cannot see or tell apart."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rules.document.problems import Place, quote_value

Spellings = tuple[str, Sequence[str]]
"""The label of a choice, and its aliases."""

_DIRECTION_MARK = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
"""Letters and symbols that look like a space: fillers of Hangul, and a Braille cell without dots."""


def normalise_label(text: str) -> str:
    """Returns what two labels or aliases have in common if people cannot tell them apart.

    Case, compatibility characters (NFKC), invisible characters (category Cf) and the number of
    spaces do not count. A normalised text stays the same when it is normalised again.
    """
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
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
    return not hidden and not _INVISIBLE.match(char)


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
