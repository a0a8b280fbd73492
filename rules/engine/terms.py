"""What durable_rules is asked: rules as conjunctions of terms, one comparison each.

A question asked with a list of choices gets a property of its own ("is the answer among
these?"), so a list stays one comparison and nothing is ever multiplied out.
"""

from collections.abc import Sequence
from typing import NamedTuple

UNANSWERED = ""
"""The value of a question without an answer; a choice's key is never empty."""
INSIDE, OUTSIDE = "in", "out"
"""The values of a property that asks about a list of choices."""


class Property(NamedTuple):
    """What a term looks at: the answer to a question or, with `choices`, whether it is among them."""

    question: str
    choices: tuple[str, ...] = ()

    def value(self, answer: str) -> str:
        if not self.choices or answer == UNANSWERED:
            return answer
        return INSIDE if answer in self.choices else OUTSIDE


class Term(NamedTuple):
    """One comparison: of a property with a value or, with `other`, of two questions' answers."""

    property: Property
    value: str = UNANSWERED
    equal: bool = True
    other: str = ""


Terms = tuple[Term, ...]
"""A conjunction: distinct terms, sorted, so that equal conjunctions are equal tuples."""


def among(question: str, choices: Sequence[str]) -> Terms:
    if len(set(choices)) == 1:
        return (Term(Property(question), choices[0]),)
    return (Term(_listed(question, choices), INSIDE),)


def outside(question: str, choices: Sequence[str]) -> Terms:
    """An unanswered question is neither inside nor outside."""
    return (Term(_listed(question, choices), OUTSIDE),)


def _listed(question: str, choices: Sequence[str]) -> Property:
    return Property(question, tuple(sorted(set(choices))))


def answered(question: str) -> Terms:
    return (Term(Property(question), UNANSWERED, equal=False),)


def unanswered(question: str) -> Terms:
    return (Term(Property(question), UNANSWERED),)


def compared(question: str, other: str, *, equal: bool) -> Terms:
    """Two unanswered questions are equal to the engine, hence the guards."""
    return (
        *answered(question),
        *answered(other),
        Term(Property(question), equal=equal, other=other),
    )
