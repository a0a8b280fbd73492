"""Literals: what a condition requires of the answers to one or two questions.

The answers that a literal accepts are bits of an integer, so that even a question of 200 choices takes
little time and memory.
"""

from typing import NamedTuple

from rules.engine.content import ConditionContent, GuideContent
from rules.engine.operators import OPERATORS
from rules.engine.terms import UNANSWERED, Term

UNANSWERED_BIT = 1
"""The bit of a question without an answer. The other bits are those of its choices, in their order."""


class AnswerLiteral(NamedTuple):
    """True if the answer to a question, or the lack of an answer, is among the bits of `answers`."""

    question: str
    answers: int

    @property
    def questions(self) -> tuple[str, ...]:
        return (self.question,)

    @property
    def holds_unanswered(self) -> bool:
        """True if the literal is true while its question is unanswered."""
        return bool(self.answers & UNANSWERED_BIT)


class ComparisonLiteral(NamedTuple):
    """True if two questions have the same answer or, unless `is_equality`, different ones."""

    question: str
    other_question: str
    is_equality: bool

    @property
    def questions(self) -> tuple[str, ...]:
        return self.question, self.other_question

    @property
    def holds_unanswered(self) -> bool:
        """True if the literal is true while one of its questions is unanswered, which never happens."""
        return False


Literal = AnswerLiteral | ComparisonLiteral


class GuideLiterals:
    """Makes the literals of the conditions of one guide."""

    def __init__(self, guide: GuideContent) -> None:
        self.bits = {
            question.key: {
                key: 1 << position
                for position, key in enumerate([UNANSWERED, *(c.key for c in question.choices)])
            }
            for question in guide.questions
        }
        """For each question, the bit of each of its choices, and `UNANSWERED_BIT`."""
        self.all_answers = {key: (1 << len(bits)) - 1 for key, bits in self.bits.items()}
        """For each question, all of its bits."""
        self._all_choices = {key: frozenset(bits) - {UNANSWERED} for key, bits in self.bits.items()}
        self._of_conditions: dict[ConditionContent, Literal | bool] = {}

    def of_condition(self, condition: ConditionContent) -> Literal | bool:
        """Returns the literal of a condition, or False for a comparison that can never be true."""
        if condition not in self._of_conditions:
            self._of_conditions[condition] = self._make_literal(condition)
        return self._of_conditions[condition]

    def choices_among(self, question: str, answers: int) -> frozenset[str]:
        """Returns the keys of the choices of a question whose bits are among `answers`."""
        if answers | UNANSWERED_BIT == self.all_answers[question]:
            return self._all_choices[question]
        bits = self.bits[question].items()
        return frozenset(key for key, bit in bits if bit & answers & ~UNANSWERED_BIT)

    def after_answer(self, literal: Literal, question: str, choice: str) -> Literal | bool:
        """Returns what remains of a literal after one more answer: a literal, or its truth."""
        if question not in literal.questions:
            return literal
        if isinstance(literal, AnswerLiteral):
            return bool(literal.answers & self.bits[question][choice])
        other = literal.other_question if literal.question == question else literal.question
        same = self.bits[other].get(choice, 0)
        different = self.all_answers[other] & ~same & ~UNANSWERED_BIT
        answers = same if literal.is_equality else different
        return bool(answers) and AnswerLiteral(other, answers)

    def _make_literal(self, condition: ConditionContent) -> Literal | bool:
        terms = OPERATORS[condition.operator].terms(condition)
        for term in terms:
            if term.other_question:
                question, other = term.property.question, term.other_question
                common_choices = self.bits[question].keys() & self.bits[other].keys() - {UNANSWERED}
                if term.is_equality and not common_choices:
                    return False
                return ComparisonLiteral(question, other, term.is_equality)
        (term,) = terms
        question = term.property.question
        bits = (bit for answer, bit in self.bits[question].items() if _term_holds(term, answer))
        return AnswerLiteral(question, sum(bits))


def _term_holds(term: Term, answer: str) -> bool:
    return (term.property.value_of(answer) == term.value) is term.is_equality
