"""Unsatisfiable rules, which no answers make hold, and their contradicting conditions.

All combinations of answers count here, even those that no visitor can give.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from rules.engine.content import ConditionContent, GuideContent, Match, RuleContent
from rules.proof.bounds import BoundReachedError, Effort
from rules.proof.comparison_search import SearchTooLongError, compared_answers_exist
from rules.proof.literals import (
    UNANSWERED_BIT,
    AnswerLiteral,
    ComparisonLiteral,
    GuideLiterals,
    Literal,
)


class RulesThatNeverHold(NamedTuple):
    """The positions of the rules that no answers make hold, and of those that may be such."""

    unsatisfiable: list[int]
    undecided: list[int]


def find_unsatisfiable_rules(guide: GuideContent, effort: Effort) -> RulesThatNeverHold:
    """Looks for answers that make each rule hold. At the bound of `effort`, the rest is undecided.

    Rules that are left out are passed over.
    """
    found, literals = RulesThatNeverHold([], []), GuideLiterals(guide)
    for position, rule in enumerate(guide.rules):
        if rule.is_left_out:
            continue
        try:
            if not is_satisfiable(literals, rule.when, rule.match, effort):
                found.unsatisfiable.append(position)
        except (BoundReachedError, SearchTooLongError):
            found.undecided.append(position)
    return found


def contradicting_conditions(
    guide: GuideContent, rule: RuleContent, effort: Effort
) -> tuple[int, ...]:
    """Returns the position of the condition of a rule that is never true, or of two that contradict.

    The result is empty if only three or more conditions together contradict, or if the rule has
    several conditions of which one would suffice (`match: any`).
    """
    if rule.match is Match.ANY and len(rule.when) > 1:
        return ()
    literals = GuideLiterals(guide)
    for positions in _suspect_conditions(rule.when):
        suspects = [rule.when[position] for position in positions]
        if not is_satisfiable(literals, suspects, Match.ALL, effort):
            return positions
    return ()


def _suspect_conditions(conditions: Sequence[ConditionContent]) -> Iterator[tuple[int, ...]]:
    """Yields the position of each condition, then the positions of each two about one question."""
    questions = [{condition.question, condition.other} - {""} for condition in conditions]
    for position in range(len(conditions)):
        yield (position,)
    for first, second in combinations(range(len(conditions)), 2):
        if questions[first] & questions[second]:
            yield first, second


def is_satisfiable(
    literals: GuideLiterals, conditions: Sequence[ConditionContent], match: Match, effort: Effort
) -> bool:
    """True if some answers make all conditions true or, with `Match.ANY`, one of them.

    Raises `SearchTooLongError` if that is not known after a long search.
    """
    effort.check_time()
    if match is Match.ANY and len(conditions) > 1:
        return any(
            is_satisfiable(literals, [condition], Match.ALL, effort) for condition in conditions
        )
    found = [literals.of_condition(condition) for condition in conditions]
    accepted = _accepted_answers(literals, found)
    if not all(accepted.values()):
        return False
    comparisons = [literal for literal in found if isinstance(literal, ComparisonLiteral)]
    choices = {
        question: literals.choices_among(question, accepted[question])
        for comparison in comparisons
        for question in comparison.questions
    }
    return compared_answers_exist(choices, comparisons, effort)


def _accepted_answers(
    literals: GuideLiterals, found: Iterable[Literal | bool]
) -> Mapping[str, int]:
    """Returns the bits of the answers that each question may have, without a look at comparisons.

    Questions that are compared must have an answer. A literal that is false accepts nothing.
    """
    accepted: dict[str, int] = {}
    for literal in found:
        if isinstance(literal, bool):
            return {"": 0}
        for question in literal.questions:
            every = literals.all_answers[question]
            answers = every & ~UNANSWERED_BIT
            if isinstance(literal, AnswerLiteral):
                answers = literal.answers
            accepted[question] = accepted.get(question, every) & answers
    return accepted
