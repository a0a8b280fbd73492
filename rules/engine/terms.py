"""Terms and conjunctions: the form of conditions that durable_rules can evaluate.

A term is one comparison. A conjunction is several terms that must all be true. Each condition of a
rule is a conjunction, mostly of one term.

A condition with a list of choices is one term too: its property has the value "in" if the answer is
among the choices, and "out" if it is not.
"""

from collections.abc import Sequence
from typing import NamedTuple

UNANSWERED = ""
"""The value of a question without an answer. The key of a choice is never empty."""
INSIDE, OUTSIDE = "in", "out"
"""The values of a property that looks at a list of choices."""


class Property(NamedTuple):
    """A property of a fact, which tells something about the answer to a question.

    Without `choices`, its value is the answer. With `choices`, it is `INSIDE` if the answer is
    among them, and else `OUTSIDE`.
    """

    question: str
    choices: tuple[str, ...] = ()

    def value_of(self, answer: str) -> str:
        """Returns the value of this property for an answer: the key of a choice, or `UNANSWERED`."""
        if not self.choices or answer == UNANSWERED:
            return answer
        return INSIDE if answer in self.choices else OUTSIDE


class Term(NamedTuple):
    """A comparison of a property with `value` or, if given, with the answer to `other_question`.

    The term is true if both are equal or, unless `is_equality`, if they differ.
    """

    property: Property
    value: str = UNANSWERED
    is_equality: bool = True
    other_question: str = ""


Conjunction = tuple[Term, ...]
"""Terms that must all be true."""


def inside_terms(question: str, choices: Sequence[str]) -> Conjunction:
    """Returns the terms of "the answer is one of these choices"."""
    if len(set(choices)) == 1:
        return (Term(Property(question), choices[0]),)
    return (Term(_property_of_list(question, choices), INSIDE),)


def outside_terms(question: str, choices: Sequence[str]) -> Conjunction:
    """Returns the terms of "there is an answer, and it is none of these choices"."""
    return (Term(_property_of_list(question, choices), OUTSIDE),)


def _property_of_list(question: str, choices: Sequence[str]) -> Property:
    return Property(question, tuple(sorted(set(choices))))


def answered_terms(question: str) -> Conjunction:
    """Returns the terms of "the question has an answer"."""
    return (Term(Property(question), UNANSWERED, is_equality=False),)


def unanswered_terms(question: str) -> Conjunction:
    """Returns the terms of "the question has no answer"."""
    return (Term(Property(question), UNANSWERED),)


def comparison_terms(question: str, other: str, *, equal: bool) -> Conjunction:
    """Returns the terms of "both questions have answers, and these are equal" (or differ).

    Without the terms for the answers, durable_rules would find two unanswered questions equal.
    """
    return (
        *answered_terms(question),
        *answered_terms(other),
        Term(Property(question), is_equality=equal, other_question=other),
    )
