"""What remains of the conditions of rules once the answer of a line is given.

What remains are conditions about the answers before it, in clauses: one condition of each clause must
hold.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rules.engine.content import (
    ConditionContent,
    Effect,
    GuideContent,
    Match,
    Operator,
    RuleContent,
)
from rules.engine.operators import condition_holds
from rules.engine.state import Answer
from rules.parcours.stops import Requirement

ConditionClause = tuple[ConditionContent, ...]
"""Conditions of which one must hold."""

_OPPOSITES = {
    Operator.IS: Operator.IS_NOT,
    Operator.IS_NOT: Operator.IS,
    Operator.SAME_AS: Operator.DIFFERS_FROM,
    Operator.DIFFERS_FROM: Operator.SAME_AS,
    Operator.ANSWERED: Operator.UNANSWERED,
    Operator.UNANSWERED: Operator.ANSWERED,
}
"""For each operator, the one that holds for all other answers."""


def clauses_of_deciding_rules(
    guide: GuideContent, rules: Iterable[int], answer: Answer
) -> Iterator[ConditionClause]:
    """Yields what remains, after an answer, of the rules that decide what follows it.

    The question of a rule that asks must also have no answer yet.
    """
    for position in rules:
        rule = guide.rules[position]
        yield from _remaining_clauses(guide, rule, answer)
        if rule.effect is Effect.ASK:
            yield (ConditionContent(rule.target, Operator.UNANSWERED),)


def clauses_of_beginning_rule(
    guide: GuideContent, rule: RuleContent, answer: Answer
) -> Iterator[ConditionClause]:
    """Yields what the answers before must be, so that a rule begins to fire with an answer."""
    yield from _remaining_clauses(guide, rule, answer)
    if rule.match is Match.ANY and len(rule.when) > 1:
        for condition in rule.when:
            if answer[0] not in (condition.question, condition.other):
                yield negate_condition(condition)


def requirements_of_clauses(clauses: Iterable[ConditionClause]) -> tuple[Requirement, ...]:
    """Returns clauses as requirements: all clauses of one condition together, then the others."""
    distinct = dict.fromkeys(clauses)
    single = tuple(clause[0] for clause in distinct if len(clause) == 1)
    others = (Requirement(Match.ANY, clause) for clause in distinct if len(clause) > 1)
    return (*([Requirement(Match.ALL, single)] if single else []), *others)


def _remaining_clauses(
    guide: GuideContent, rule: RuleContent, answer: Answer
) -> Iterator[ConditionClause]:
    """Yields what remains of the conditions of a rule after an answer.

    The rule must hold after some paths that end with this answer, so no clause is empty.
    """
    after = [remaining_condition(guide, condition, answer) for condition in rule.when]
    remaining = tuple(dict.fromkeys(one for one in after if not isinstance(one, bool)))
    if rule.match is Match.ALL:
        yield from ((condition,) for condition in remaining)
    elif remaining and True not in after:
        yield remaining


def remaining_condition(
    guide: GuideContent, condition: ConditionContent, answer: Answer
) -> ConditionContent | bool:
    """Returns what remains of a condition after an answer: a condition, or whether it is true.

    At the start, the question of the answer is empty, as `other` is in a condition on one question: such
    a condition is then tested without answers.
    """
    question, choice = answer
    if question not in (condition.question, condition.other):
        return condition
    if not condition.other:
        return condition_holds(condition, {question: choice})
    is_same = condition.operator is Operator.SAME_AS
    other = condition.other if condition.question == question else condition.question
    if choice not in guide.question[other].choice:
        return False if is_same else ConditionContent(other, Operator.ANSWERED)
    return ConditionContent(other, Operator.IS if is_same else Operator.IS_NOT, (choice,))


def negate_condition(condition: ConditionContent) -> ConditionClause:
    """Returns conditions of which one holds if a condition does not hold."""
    opposite = replace(condition, operator=_OPPOSITES[condition.operator])
    if condition.operator in (Operator.ANSWERED, Operator.UNANSWERED):
        return (opposite,)
    unanswered = (ConditionContent(key, Operator.UNANSWERED) for key in condition.questions)
    return (opposite, *unanswered)
