"""Acts that add choices to a question, and put its choices in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.edits.edit import Act
from rules.parcours.stops import Destination


@dataclass(frozen=True, slots=True)
class NewChoice:
    """A choice that a question does not have yet, and where it leads: nowhere unless a field says so."""

    label: str
    like: str = ""
    """The key of a choice of the question: the new one is added wherever rules name it."""
    destination: Destination | None = None


def add_choices(question: str, choices: Sequence[NewChoice]) -> Act:
    """Adds choices after those that a question has."""
    raise NotImplementedError


def order_choices(question: str, choices: Sequence[str]) -> Act:
    """Puts the choices of a question in an order, given by their keys."""
    raise NotImplementedError
