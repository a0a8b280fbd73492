"""Residuals: what remains of the conditions of a rule after some answers.

States in which all rules have the same residuals have the same future, so the walk merges them.

A literal is what a condition requires of the answers to one or two questions. A residual is a
conjunction of literals, which must all be true, or a disjunction, of which one must be true. Each
answer removes the literals that it makes true or false. A residual is *satisfied* if its rule holds
whatever answers follow, and *refuted* if its rule can no longer hold.
"""

from array import array
from collections.abc import Hashable, Iterable, Iterator, Mapping, Set
from operator import and_, or_
from typing import NamedTuple, TypeAlias

from rules.engine.content import (
    ConditionContent,
    Effect,
    GuideContent,
    Match,
    QuestionContent,
    RuleContent,
)
from rules.engine.operators import OPERATORS
from rules.engine.terms import UNANSWERED, Term


class AnswerLiteral(NamedTuple):
    """True if the answer to a question is one of `choices`, or if there is none and `unanswered`."""

    question: str
    choices: frozenset[str]
    unanswered: bool

    @property
    def questions(self) -> tuple[str, ...]:
        return (self.question,)


class ComparisonLiteral(NamedTuple):
    """True if two questions have the same answer or, unless `is_equality`, different ones."""

    question: str
    other_question: str
    is_equality: bool

    @property
    def questions(self) -> tuple[str, ...]:
        return self.question, self.other_question


Literal = AnswerLiteral | ComparisonLiteral


class Residual(NamedTuple):
    """A conjunction of literals, which must all be true, or a disjunction, of which one must be."""

    is_conjunction: bool
    literals: frozenset[Literal]


REFUTED, SATISFIED = 0, 1
"""The numbers of two residuals: the empty disjunction (false) and the empty conjunction (true)."""

ResidualVector: TypeAlias = "array[int]"
"""The residuals of all rules, as their numbers, in rule order."""


class Residuals:
    """The residuals that the rules of a guide can have. Each has a number, so that it is compared fast."""

    def __init__(self, guide: GuideContent) -> None:
        self.choices = {
            question.key: frozenset(choice.key for choice in question.choices)
            for question in guide.questions
        }
        self._rules = guide.rules
        self._residuals = [Residual(False, frozenset()), Residual(True, frozenset())]
        self._numbers = {residual: number for number, residual in enumerate(self._residuals)}
        self._questions: list[frozenset[str]] = [frozenset(), frozenset()]
        """The keys of the questions in each residual."""
        self._after_answers: dict[tuple[int, str, str], int] = {}
        self._condition_literals: dict[ConditionContent, Literal | bool] = {}
        self._looking_at: dict[str, list[int]] = {question: [] for question in self.choices}
        self._asking: dict[str, list[int]] = {question: [] for question in self.choices}
        for position, rule in enumerate(guide.rules):
            for question in questions_of_rule(rule):
                self._looking_at[question].append(position)
            if rule.effect is Effect.ASK:
                self._asking[rule.target].append(position)
        self._ask_rules = [
            position for position, rule in enumerate(guide.rules) if rule.effect is Effect.ASK
        ]
        self._is_advice = [rule.effect is Effect.ADVISE for rule in guide.rules]
        self.initial_residuals = tuple(map(self.initial_residual, guide.rules))
        """The numbers of the residuals of all rules before the first answer, in rule order."""
        self._representatives: dict[str, Mapping[str, str]] = {}

    def initial_vector(self) -> ResidualVector:
        """Returns the residuals of all rules before the first answer."""
        return self._ignore_settled_advice(self.initial_residuals)

    def representative_choices(self, question: QuestionContent) -> Mapping[str, str]:
        """Returns, for each choice of a question, the first choice that no rule tells apart from it.

        Both lead to the same state. It is the choice itself if rules tell it apart from earlier ones.
        """
        if question.key not in self._representatives:
            literals = [
                literal
                for literal in self._condition_literals.values()
                if not isinstance(literal, bool) and question.key in literal.questions
            ]
            firsts: dict[Hashable, str] = {}
            self._representatives[question.key] = {
                choice.key: firsts.setdefault(
                    tuple(
                        self._literal_after_answer(literal, question.key, choice.key)
                        for literal in literals
                    ),
                    choice.key,
                )
                for choice in question.choices
            }
        return self._representatives[question.key]

    def initial_residual(self, rule: RuleContent) -> int:
        """Returns the number of the residual of a rule before the first answer."""
        is_conjunction = rule.match is Match.ALL or not rule.when
        return self._simplify_residual(is_conjunction, map(self._condition_literal, rule.when))

    def vector_after_answer(
        self, vector: ResidualVector, question: str, choice: str
    ) -> ResidualVector:
        """Returns the residuals of all rules after one more answer.

        Rules that ask the answered question count as refuted, because they have no effect any more.
        """
        after = vector[:]
        for position in self._looking_at[question]:
            if after[position] != REFUTED:
                number = self.residual_after_answer(after[position], question, choice)
                is_settled_advice = number == SATISFIED and self._is_advice[position]
                after[position] = REFUTED if is_settled_advice else number
        for position in self._asking[question]:
            after[position] = REFUTED
        return after

    def residual_after_answer(self, number: int, question: str, choice: str) -> int:
        """Returns the number of what remains of a residual after one more answer."""
        if number in (REFUTED, SATISFIED):
            return number
        key = (number, question, choice)
        if key not in self._after_answers:
            is_conjunction, literals = self._residuals[number]
            after = (self._literal_after_answer(each, question, choice) for each in literals)
            self._after_answers[key] = self._simplify_residual(is_conjunction, after)
        return self._after_answers[key]

    def drop_unaskable_questions(self, vector: ResidualVector) -> ResidualVector:
        """Simplifies residuals: questions that cannot be asked any more will stay unanswered.

        `askable` is the least fixpoint of: a question is askable if a rule that asks it may hold with
        answers to askable questions only. It contains all questions that may still be asked, and
        sometimes a few more. Each round goes through the rules in the opposite direction of the
        round before, so that few rounds suffice for any order of rules.
        """
        askable: set[str] = set()
        size = -1
        waiting = [position for position in self._ask_rules if vector[position] != REFUTED]
        while len(askable) > size:
            size, later = len(askable), []
            for position in waiting:
                if self._may_hold(vector[position], askable):
                    askable.add(self._rules[position].target)
                else:
                    later.append(position)
            waiting = later[::-1]
        restricted = {number: self._restrict_residual(number, askable) for number in set(vector)}
        numbers = map(restricted.__getitem__, vector)
        if any(after == SATISFIED != before for before, after in restricted.items()):
            return self._ignore_settled_advice(numbers)
        return array("I", numbers)

    def holds_without_answers(self, number: int) -> bool:
        """True if a residual is true while all its questions are unanswered."""
        return self._restrict_residual(number, frozenset()) == SATISFIED

    def comparison_literals(self, number: int) -> list[ComparisonLiteral]:
        literals = self._residuals[number].literals
        return [literal for literal in literals if isinstance(literal, ComparisonLiteral)]

    def _ignore_settled_advice(self, numbers: Iterable[int]) -> ResidualVector:
        """Returns the residuals of all rules, in which satisfied advice rules count as refuted.

        An advice rule that can no longer change, whether it holds or not, does not distinguish states.
        """
        pairs = zip(numbers, self._is_advice, strict=True)
        return array(
            "I",
            [
                REFUTED if number == SATISFIED and is_advice else number
                for number, is_advice in pairs
            ],
        )

    def _may_hold(self, number: int, askable: Set[str]) -> bool:
        """True if a residual may become true with answers to askable questions only.

        It is not exact: it looks at each literal alone.
        """
        if self._questions[number] <= askable:
            return True
        is_conjunction, literals = self._residuals[number]
        restricted = [_restrict_literal(literal, askable) for literal in literals]
        return (False not in restricted) if is_conjunction else any(restricted)

    def _restrict_residual(self, number: int, askable: Set[str]) -> int:
        """Returns what remains of a residual if all questions except `askable` stay unanswered."""
        if self._questions[number] <= askable:
            return number
        is_conjunction, literals = self._residuals[number]
        restricted = (_restrict_literal(literal, askable) for literal in literals)
        return self._simplify_residual(is_conjunction, restricted)

    def _condition_literal(self, condition: ConditionContent) -> Literal | bool:
        """Returns the literal of a condition, or False for a comparison that can never be true."""
        if condition not in self._condition_literals:
            self._condition_literals[condition] = self._make_literal(condition)
        return self._condition_literals[condition]

    def _make_literal(self, condition: ConditionContent) -> Literal | bool:
        terms = OPERATORS[condition.operator].terms(condition)
        for term in terms:
            if term.other_question:
                question, other = term.property.question, term.other_question
                if term.is_equality and not self.choices[question] & self.choices[other]:
                    return False
                return ComparisonLiteral(question, other, term.is_equality)
        (term,) = terms
        question = term.property.question
        choices = frozenset(key for key in self.choices[question] if _term_holds(term, key))
        return AnswerLiteral(question, choices, _term_holds(term, UNANSWERED))

    def _literal_after_answer(self, literal: Literal, question: str, choice: str) -> Literal | bool:
        if isinstance(literal, AnswerLiteral):
            return choice in literal.choices if literal.question == question else literal
        if question not in (literal.question, literal.other_question):
            return literal
        other = literal.other_question if literal.question == question else literal.question
        same = self.choices[other] & {choice}
        return AnswerLiteral(
            other, same if literal.is_equality else self.choices[other] - same, False
        )

    def _simplify_residual(self, is_conjunction: bool, literals: Iterable[Literal | bool]) -> int:
        """Returns the number of the residual that consists of these literals.

        A false literal refutes a conjunction and changes nothing in a disjunction; a true literal
        satisfies a disjunction and changes nothing in a conjunction.
        """
        remaining: set[Literal] = set()
        for literal in self._merge_literals(is_conjunction, literals):
            if not isinstance(literal, bool):
                remaining.add(literal)
            elif literal is not is_conjunction:
                return REFUTED if is_conjunction else SATISFIED
        residual = Residual(is_conjunction, frozenset(remaining))
        if residual not in self._numbers:
            self._numbers[residual] = len(self._residuals)
            self._residuals.append(residual)
            self._questions.append(frozenset(key for lit in remaining for key in lit.questions))
        return self._numbers[residual]

    def _merge_literals(
        self, is_conjunction: bool, literals: Iterable[Literal | bool]
    ) -> Iterator[Literal | bool]:
        """Joins the literals about one question, and replaces those that are always true or false."""
        join = and_ if is_conjunction else or_
        by_question: dict[str, AnswerLiteral] = {}
        for literal in literals:
            if isinstance(literal, AnswerLiteral):
                question, choices, unanswered = by_question.get(literal.question, literal)
                by_question[question] = AnswerLiteral(
                    question, join(choices, literal.choices), join(unanswered, literal.unanswered)
                )
            else:
                yield literal
        for literal in by_question.values():
            if literal.unanswered and literal.choices == self.choices[literal.question]:
                yield True
            else:
                yield literal if literal.unanswered or literal.choices else False


def questions_of_rule(rule: RuleContent) -> frozenset[str]:
    """Returns the keys of all questions in the conditions of a rule."""
    keys = {key for condition in rule.when for key in (condition.question, condition.other)}
    return frozenset(keys - {""})


def _term_holds(term: Term, answer: str) -> bool:
    return (term.property.value_of(answer) == term.value) is term.is_equality


def _restrict_literal(literal: Literal, askable: Set[str]) -> Literal | bool:
    """Returns a literal if all its questions are askable, or else its truth if they stay unanswered."""
    if isinstance(literal, AnswerLiteral):
        return literal if literal.question in askable else literal.unanswered
    return literal if {literal.question, literal.other_question} <= askable else False
