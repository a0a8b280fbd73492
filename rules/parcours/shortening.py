"""Drops the conditions that are needless for the answers that visitors can have given."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from rules.engine.content import ConditionContent, Operator
from rules.parcours.answer_sets import AnswerSet, AnswerSets, Test, answers_exist
from rules.parcours.requirements import ConditionClause
from rules.proof.bounds import Effort

TestedClause = Sequence[tuple[ConditionContent, Test]]
"""Conditions of which one must hold, each with its test."""

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
    included: Collection[AnswerSet],
    excluded: Collection[AnswerSet],
    effort: Effort,
) -> Iterator[ConditionClause]:
    """Yields the clauses without needless conditions.

    All clauses hold for the answers in `included`, and some clause does not for those in `excluded`.
    The same is true of the result. Raises `BoundReachedError`.
    """
    effort.check_time()
    needed = [
        [(condition, sets.test_of_condition(condition)) for condition in clause]
        for clause in dict.fromkeys(clauses)
    ]
    for clause in effort.watch_time(needed):
        for one in clause[:] if len(clause) > 1 else ():
            others = [other for other in clause if other is not one]
            if others and not _answers_exist(included, [[one]], others):
                clause[:] = others
    for clause in effort.watch_time(sorted(needed, key=dropping_rank)):
        rest = [other for other in needed if other is not clause]
        if not _answers_exist(excluded, rest, clause):
            needed = rest
    return (tuple(condition for condition, _ in clause) for clause in needed)


def _answers_exist(
    possible: Iterable[AnswerSet], true: Iterable[TestedClause], false: TestedClause
) -> bool:
    """True if some possible answers make all of some clauses true, and another one false."""
    tests = [tuple(test for _, test in clause) for clause in true]
    tests += [(test.negate_test(),) for _, test in false]
    return answers_exist(possible, tests)


def dropping_rank(clause: TestedClause) -> tuple[int, int, int]:
    """Returns the rank of a clause in the order in which needless clauses are looked for."""
    operators = [_LEAST_WANTED.index(condition.operator) for condition, _ in clause]
    choices = sum(len(condition.choices) for condition, _ in clause)
    return -len(clause), min(operators), -choices
