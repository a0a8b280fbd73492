"""Drops the conditions that are needless for the answers that visitors can have given."""

from collections.abc import Iterable, Sequence

from rules.engine.content import Operator
from rules.parcours.answer_sets import AnswerSet, AnswerSets, may_hold
from rules.parcours.requirements import ConditionClause

_LEAST_WANTED = (
    Operator.UNANSWERED,
    Operator.ANSWERED,
    Operator.DIFFERS_FROM,
    Operator.SAME_AS,
    Operator.IS_NOT,
    Operator.IS,
)
"""The operators, those first whose conditions say least to a reader."""


def shorten_clauses(
    sets: AnswerSets,
    clauses: Iterable[ConditionClause],
    included: Iterable[AnswerSet],
    excluded: Iterable[AnswerSet],
) -> list[ConditionClause]:
    """Returns the clauses without needless conditions.

    All clauses hold for the answers in `included`, and some clause does not for those in `excluded`.
    The same is true of the result.
    """
    needed = list(dict.fromkeys(clauses))
    for index, clause in enumerate(needed):
        others = [other for other in needed if other != clause]
        for condition in clause:
            smaller = tuple(other for other in needed[index] if other != condition)
            if smaller and not _answers_exist(sets, included, [*others, (condition,)], smaller):
                needed[index] = smaller
    for clause in sorted(needed, key=_dropping_rank):
        others = [other for other in needed if other != clause]
        if not _answers_exist(sets, excluded, others, clause):
            needed = others
    return needed


def _answers_exist(
    sets: AnswerSets,
    possible: Iterable[AnswerSet],
    true_clauses: Sequence[ConditionClause],
    false_clause: ConditionClause,
) -> bool:
    """True if some possible answers make all of some clauses true, and another one false."""
    tests = [tuple(map(sets.test_of_condition, clause)) for clause in true_clauses]
    tests += [(sets.test_of_condition(condition).negate(),) for condition in false_clause]
    return any(may_hold(answers, tests) for answers in possible)


def _dropping_rank(clause: ConditionClause) -> tuple[int, int, int]:
    """Returns the rank of a clause in the order in which needless clauses are looked for."""
    operators = [_LEAST_WANTED.index(condition.operator) for condition in clause]
    choices = sum(len(condition.choices) for condition in clause)
    return -len(clause), min(operators), -choices
