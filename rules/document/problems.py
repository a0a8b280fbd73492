"""What is wrong in a document, and where, in French."""

import json
from dataclasses import dataclass

from rules.sentences import quote_text

FieldOrIndex = str | int
Place = tuple[FieldOrIndex, ...]
"""The way to a value in the raw document, such as `("rules", 2, "when", 0, "is")`."""

_ITEMS = {
    "questions": "question",
    "choices": "réponse",
    "outcomes": "conseil",
    "rules": "règle",
    "when": "condition",
    "examples": "cas type",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """`where` is the place in words; `place` lets a page link to the thing to mend."""

    place: Place
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}\u00a0: {self.message}" if self.where else self.message


class DocumentError(Exception):
    """A document that is not well-formed, with all its problems."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def place_label(place: Place, document: object) -> str:
    """The place as editors know it: `règle 3 (« comptes-differents »), condition 1, « is »`."""
    words: list[str] = []
    value, inside = document, ""
    for step in place:
        value = _below(value, step)
        if isinstance(step, int) and inside in _ITEMS:
            words[-1] = f"{_ITEMS[inside]} {step + 1}{_named(value)}"
        elif isinstance(step, int):
            words.append(f"élément {step + 1}")
        else:
            words.append(quote_value(step))
        inside = step if isinstance(step, str) else ""
    return ", ".join(words)


def _below(value: object, step: FieldOrIndex) -> object:
    try:
        return value[step]  # type: ignore[index]  # a raw document: what cannot be entered is None
    except (LookupError, TypeError):
        return None


def _named(item: object) -> str:
    name = (item.get("key") or item.get("name")) if isinstance(item, dict) else None
    return f" ({quote_value(name)})" if isinstance(name, str) and name else ""


def quote_value(value: object) -> str:
    """A raw value in a message: quoted, short, and printable whatever it holds."""
    if isinstance(value, str):
        text = value
    elif value is None or isinstance(value, (bool, float)) or _is_short(value):
        text = json.dumps(value)  # `false`, as a document writes it
    else:
        text = "…"
    return quote_text("".join(char if char.isprintable() else " " for char in text[:80]))


def _is_short(value: object) -> bool:
    """Whether an integer can be written: Python refuses thousands of digits."""
    return isinstance(value, int) and abs(value) < 10**40
