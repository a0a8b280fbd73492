"""Terms: the comparisons of which durable_rules is given conjunctions.

A question that a rule compares with a list of choices gets a property of its own ("is the answer
among these?"). So a list stays one comparison, and no condition has to be multiplied out.
"""

from collections.abc import Sequence
from typing import NamedTuple

UNANSWERED = ""
"""The value of a question without an answer. The key of a choice is never empty."""
INSIDE, OUTSIDE = "in", "out"
"""The values of a property that asks about a list of choices."""


class Property(NamedTuple):
    """A property of a fact: the answer to a question or, with `choices`, whether it is in them."""

    question: str
    choices: tuple[str, ...] = ()

    def value_of(self, answer: str) -> str:
        """Returns this property's value for a choice's key or for `UNANSWERED`."""
        if not self.choices or answer == UNANSWERED:
            return answer
        return INSIDE if answer in self.choices else OUTSIDE


class Term(NamedTuple):
    """One comparison of a property with `value` or, with `other`, with another question's answer."""

    property: Property
    value: str = UNANSWERED
    equal: bool = True
    other: str = ""


Terms = tuple[Term, ...]
"""A conjunction: distinct terms, sorted, so that equal conjunctions are equal tuples."""


def inside_terms(question: str, choices: Sequence[str]) -> Terms:
    """Returns the terms of "the answer is one of these choices"."""
    if len(set(choices)) == 1:
        return (Term(Property(question), choices[0]),)
    return (Term(_property_of_list(question, choices), INSIDE),)


def outside_terms(question: str, choices: Sequence[str]) -> Terms:
    """Returns the terms of "there is an answer, and it is none of these choices"."""
    return (Term(_property_of_list(question, choices), OUTSIDE),)


def _property_of_list(question: str, choices: Sequence[str]) -> Property:
    return Property(question, tuple(sorted(set(choices))))


def answered_terms(question: str) -> Terms:
    """Returns the terms of "the question has an answer"."""
    return (Term(Property(question), UNANSWERED, equal=False),)


def unanswered_terms(question: str) -> Terms:
    """Returns the terms of "the question has no answer"."""
    return (Term(Property(question), UNANSWERED),)


def comparison_terms(question: str, other: str, *, equal: bool) -> Terms:
    """Returns the terms of "both questions have answers, and these are equal" (or differ).

    durable_rules would take two unanswered questions for equal, so both must be answered.
    """
    return (
        *answered_terms(question),
        *answered_terms(other),
        Term(Property(question), equal=equal, other=other),
    )
