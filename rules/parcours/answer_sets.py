"""Sets of answers to all questions of a guide, as integers.

Such a set has a bit for each choice of each question, and one for the lack of an answer. It stands
for all combinations of these possible answers. If it has one bit for each question, it is exact.
"""

from collections.abc import Iterable
from typing import NamedTuple

from rules.engine.content import ConditionContent, GuideContent
from rules.proof.literals import UNANSWERED_BIT, AnswerLiteral, GuideLiterals

AnswerSet = int


class AnswerTest(NamedTuple):
    """True if the answer to one question is among some answers. All its bits are in `question`."""

    question: AnswerSet
    accepted: AnswerSet

    def may_hold(self, answers: AnswerSet) -> bool:
        return bool(answers & self.accepted)

    def negate_test(self) -> "AnswerTest":
        return AnswerTest(self.question, self.question & ~self.accepted)


class ComparisonTest(NamedTuple):
    """True if two questions have the same answer or, unless `is_equality`, different ones.

    Its negation is also true if one of them is unanswered.
    """

    unanswered: AnswerSet
    """The bits for the lack of an answer to one of the questions."""
    choices: tuple[AnswerSet, AnswerSet]
    """The bits of the choices of each question."""
    common: tuple[AnswerSet, ...]
    """For each choice that both questions have, both its bits."""
    is_equality: bool
    is_negated: bool = False

    def may_hold(self, answers: AnswerSet) -> bool:
        if self.is_negated and answers & self.unanswered:
            return True
        if self.is_equality is not self.is_negated:
            return any(answers & pair == pair for pair in self.common)
        first, second = (answers & bits for bits in self.choices)
        return bool(first and second) and (first | second) not in self.common

    def negate_test(self) -> "ComparisonTest":
        return self._replace(is_negated=not self.is_negated)


Test = AnswerTest | ComparisonTest
Clause = tuple[Test, ...]
"""Tests of which one must be true."""


class AnswerSets:
    """Makes the sets and tests of one guide."""

    def __init__(self, guide: GuideContent) -> None:
        self._literals = GuideLiterals(guide)
        self._offsets: dict[str, int] = {}
        size = 0
        for key, bits in self._literals.bits.items():
            self._offsets[key] = size
            size += len(bits)
        self.every: AnswerSet = (1 << size) - 1
        """All answers to all questions."""
        self.of_question: dict[str, AnswerSet] = {
            key: bits << self._offsets[key] for key, bits in self._literals.all_answers.items()
        }
        self.nothing_answered: AnswerSet = sum(
            UNANSWERED_BIT << offset for offset in self._offsets.values()
        )
        self._tests: dict[ConditionContent, Test] = {}

    def bit_of_answer(self, question: str, choice: str) -> AnswerSet:
        return self._literals.bits[question][choice] << self._offsets[question]

    def test_of_condition(self, condition: ConditionContent) -> Test:
        """Returns the test that is true if a condition holds."""
        if condition not in self._tests:
            self._tests[condition] = self._make_test(condition)
        return self._tests[condition]

    def join_questions(self, conditions: Iterable[ConditionContent]) -> AnswerSet:
        """Returns all answers to the questions of some conditions."""
        joined = 0
        for condition in conditions:
            for question in condition.questions:
                joined |= self.of_question[question]
        return joined

    def _make_test(self, condition: ConditionContent) -> Test:
        question, literal = condition.question, self._literals.of_condition(condition)
        if isinstance(literal, bool):  # a comparison without a common choice
            return AnswerTest(self.of_question[question], 0)
        if isinstance(literal, AnswerLiteral):
            accepted = literal.answers << self._offsets[question]
            return AnswerTest(self.of_question[question], accepted)
        one, other = literal.questions
        common = self._literals.bits[one].keys() & self._literals.bits[other].keys() - {""}
        return ComparisonTest(
            (self.of_question[one] | self.of_question[other]) & self.nothing_answered,
            (
                self.of_question[one] & ~self.nothing_answered,
                self.of_question[other] & ~self.nothing_answered,
            ),
            tuple(self.bit_of_answer(one, key) | self.bit_of_answer(other, key) for key in common),
            literal.is_equality,
        )


def answers_exist(possible: Iterable[AnswerSet], clauses: Iterable[Clause]) -> bool:
    """True if some of the possible answers may make one test of each clause true.

    If all sets are exact, the result is exact. Otherwise, it is true more often than it should be.
    """
    accepted, questions, others = -1, set(), []
    for clause in clauses:
        if len(clause) == 1 and isinstance(clause[0], AnswerTest):
            questions.add(clause[0].question)
            accepted &= ~clause[0].question | clause[0].accepted
        else:
            others.append(clause)
    for answers in map(accepted.__and__, possible):
        for question in questions:  # a loop is faster than `all` with a generator
            if not answers & question:
                break
        else:
            if all(any(test.may_hold(answers) for test in clause) for clause in others):
                return True
    return False
