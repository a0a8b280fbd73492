"""Problems of a document, with messages in French."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from rules.counts import cap_list
from rules.document.written_values import WrittenValue, find_written_value
from rules.sentences import quote_text

FieldOrIndex = str | int
Place = tuple[FieldOrIndex, ...]
"""The names of fields and indexes of items that lead to a raw value from the whole document.

For example: `("rules", 2, "when", 0, "is")`.
"""

MAX_PROBLEMS = 10_000
"""The number of problems after which a document is not read on: nobody corrects them one by one."""

MAX_QUOTED_LENGTH = 80
"""The longest part of a document, in characters, that a message repeats."""

QUOTED_INTEGER_BOUND = 10**40
"""Messages show integers below this bound, because Python refuses to write thousands of digits."""

_ITEM_NOUNS = {
    "questions": "question",
    "choices": "réponse",
    "outcomes": "conseil",
    "rules": "règle",
    "when": "condition",
    "examples": "cas type",
}
"""The French noun for one item of a list, by the name of the list's field."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a document.

    `where` names its place in French, for people. Pages use `place` to link to the part of the guide
    that must be corrected.
    """

    place: Place
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}\u00a0: {self.message}" if self.where else self.message


class DocumentError(Exception):
    """A document is not well-formed. `problems` is what is wrong with it.

    Of a document that someone writes, these are the first problems, and the last one says how many
    others there are.
    """

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def cap_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Returns the first problems and, if there are too many to list, how many others there are."""
    return cap_list(problems, "problème{s}", lambda text: Problem((), "", text))


def place_label(place: Place, document: object, written: WrittenValue | None = None) -> str:
    """Returns the French name of a place: `règle 3 (« comptes-differents »), condition 1, « is »`.

    The line and the column come first, if the document was read from YAML: those of `written`, or
    else of the value at the place.
    """
    labels: list[str] = []
    value, list_name, last = document, "", None
    for step in place:
        last = find_written_value(value, step)
        try:
            value = value[step]  # type: ignore[index]  # other types raise TypeError
        except (LookupError, TypeError):
            value = None
        if isinstance(step, int) and list_name in _ITEM_NOUNS:
            name = (value.get("key") or value.get("name")) if isinstance(value, dict) else None
            in_brackets = f" ({quote_value(name)})" if isinstance(name, str) and name else ""
            is_conclusion = list_name == "outcomes" and not _is_advice(value)
            noun = "conclusion" if is_conclusion else _ITEM_NOUNS[str(list_name)]
            labels[-1] = f"{noun} {step + 1}{in_brackets}"
        elif isinstance(step, int):
            labels.append(f"élément {step + 1}")
        else:
            labels.append(quote_value(step))
        list_name = step if isinstance(step, str) else ""
    if written := written or last:
        labels.insert(0, written.where)
    return ", ".join(labels)


def _is_advice(outcome: object) -> bool:
    """True unless a raw outcome is a conclusion, or the key of one that an example expects."""
    return isinstance(outcome, dict) and outcome.get("final") is not True


def quote_value(value: object) -> str:
    """Returns a raw value in quotation marks for a message: 80 printable characters at most.

    Lists, mappings and very large numbers are quoted as « … ».
    """
    if isinstance(value, str):
        text = value
    elif value is None or isinstance(value, (bool, float)):
        text = json.dumps(value)  # writes `false` as a document does
    elif isinstance(value, int) and abs(value) < QUOTED_INTEGER_BOUND:
        text = str(value)
    else:
        text = "…"
    return quote_text(_printable_text(text))


def quote_typed(text: str) -> str:
    """Returns what someone typed in quotation marks, its own quotation marks unchanged."""
    return f"«\u00a0{_printable_text(text)}\u00a0»"


def _printable_text(text: str) -> str:
    """Returns the beginning of a text, with spaces for the characters that cannot be printed."""
    return "".join(char if char.isprintable() else " " for char in text[:MAX_QUOTED_LENGTH])
