"""What remains of the conditions of rules once the answer of a line is given.

What remains are conditions too, about the answers before it.
"""

from collections.abc import Iterable

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

COMPARISONS = (Operator.SAME_AS, Operator.DIFFERS_FROM)


def remaining_condition(
    guide: GuideContent, condition: ConditionContent, answer: Answer
) -> ConditionContent | bool:
    """Returns what remains of a condition after an answer: a condition, or whether it is true."""
    question, choice = answer
    if question not in (condition.question, condition.other):
        return condition
    if condition.operator not in COMPARISONS:
        return condition_holds(condition, {question: choice})
    is_same = condition.operator is Operator.SAME_AS
    other = condition.other if condition.question == question else condition.question
    if other == question:
        return is_same
    if choice not in guide.question[other].choice:
        return False if is_same else ConditionContent(other, Operator.ANSWERED)
    return ConditionContent(other, Operator.IS if is_same else Operator.IS_NOT, (choice,))


def remaining_requirement(
    guide: GuideContent, rule: RuleContent, answer: Answer
) -> Requirement | None:
    """Returns what remains of the conditions of a rule after an answer; None if it always holds.

    The rule must hold after some paths that end with this answer.
    """
    after = [remaining_condition(guide, condition, answer) for condition in rule.when]
    is_any = rule.match is Match.ANY
    if not after or (is_any and True in after):
        return None
    conditions = tuple(dict.fromkeys(c for c in after if not isinstance(c, bool)))
    if not conditions:
        return None
    return Requirement(rule.match if len(conditions) > 1 else Match.ALL, conditions)


def join_requirements(requirements: Iterable[Requirement | None]) -> tuple[Requirement, ...]:
    """Returns requirements that must all hold as one with all plain conditions, then the others."""
    given = [requirement for requirement in requirements if requirement]
    plain = (c for match, conditions in given if match is Match.ALL for c in conditions)
    together = tuple(dict.fromkeys(plain))
    others = dict.fromkeys(requirement for requirement in given if requirement.match is Match.ANY)
    return (*([Requirement(Match.ALL, together)] if together else []), *others)


def requirements_of_rules(
    guide: GuideContent, answer: Answer, rules: Iterable[int]
) -> tuple[Requirement, ...]:
    """Returns what remains, after an answer, of rules that must all hold.

    The question of a rule that asks must also have no answer yet.
    """
    requirements = []
    for position in rules:
        rule = guide.rules[position]
        requirements.append(remaining_requirement(guide, rule, answer))
        if rule.effect is Effect.ASK:
            unanswered = ConditionContent(rule.target, Operator.UNANSWERED)
            requirements.append(Requirement(Match.ALL, (unanswered,)))
    return join_requirements(requirements)
