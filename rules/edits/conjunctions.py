"""Rules as conjunctions: sets of conditions that must all hold, of which one is enough."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from rules.document.keys import unused_key
from rules.engine.content import ConditionContent, GuideContent, Match, Operator, RuleContent
from rules.engine.operators import condition_holds

Conjunction = tuple[ConditionContent, ...]
ON_CHOICES = (Operator.IS, Operator.IS_NOT, Operator.ANSWERED)
"""The operators of conditions that hold for some choices of their question, and only once it is answered."""


MAX_CONJUNCTIONS = 50
"""The most conjunctions that are simplified. Nobody reads rules of more, and it would take too long."""


class TooManyConjunctionsError(Exception):
    """There are more conjunctions than `MAX_CONJUNCTIONS`."""


def conjunctions_of_rule(rule: RuleContent) -> Sequence[Conjunction]:
    """Returns the conjunctions of which one must hold for a rule to hold."""
    if rule.match is Match.ANY and rule.when:
        return [(condition,) for condition in rule.when]
    return [rule.when]


def join_conjunctions(
    guide: GuideContent, first: Conjunction, second: Conjunction
) -> Sequence[Conjunction]:
    """Returns a conjunction that requires what two others do; none if both can never hold.

    Conditions on the choices of one question become one.
    """
    if not first or not second:
        return [first or second]
    joined: list[ConditionContent] = []
    for condition in dict.fromkeys((*first, *second)):
        if condition.operator not in ON_CHOICES:
            joined.append(condition)
            continue
        same = [
            term
            for term in (*first, *second)
            if term.question == condition.question and term.operator in ON_CHOICES
        ]
        joined.append(_join_conditions(guide, condition, same))
    if any(term.operator is Operator.IS and not term.choices for term in joined):
        return []
    return [tuple(dict.fromkeys(joined))]


def _join_conditions(
    guide: GuideContent, condition: ConditionContent, same: Sequence[ConditionContent]
) -> ConditionContent:
    """Returns a condition on the choices of a question that requires what some others do."""
    operators = {term.operator for term in same}
    if len(set(same)) == 1 or operators == {Operator.ANSWERED}:
        return condition
    allowed = [
        key
        for key in guide.question[condition.question].choice
        if all(condition_holds(term, {term.question: key}) for term in same)
    ]
    if Operator.IS in operators:
        return ConditionContent(condition.question, Operator.IS, tuple(allowed))
    refused = [key for key in guide.question[condition.question].choice if key not in allowed]
    return ConditionContent(condition.question, Operator.IS_NOT, tuple(refused))


def simplify_conjunctions(
    guide: GuideContent, conjunctions: Iterable[Conjunction]
) -> Sequence[Conjunction]:
    """Returns fewer conjunctions that say the same.

    One that requires more than another is left out. Two that differ only in the choices of one
    question become one. Raises `TooManyConjunctionsError`.
    """
    conjunctions = [*dict.fromkeys(conjunctions)]
    if len(conjunctions) > MAX_CONJUNCTIONS:
        raise TooManyConjunctionsError
    found: list[Conjunction] = []
    for one in conjunctions:
        if not any(set(other) <= set(one) for other in found):
            found = [other for other in found if not set(one) <= set(other)] + [one]
    for first, second in combinations(found, 2):
        if merged := _merge_conjunctions(guide, first, second):
            rest = [merged if one == first else one for one in found if one != second]
            return simplify_conjunctions(guide, rest)
    return found


def _merge_conjunctions(
    guide: GuideContent, first: Conjunction, second: Conjunction
) -> Conjunction | None:
    """Returns one conjunction that says the same as two, if they differ in the choices of a question."""
    differing = set(first) ^ set(second)
    if len(differing) != 2 or len(first) != len(second):
        return None
    (own,) = differing & set(first)
    (other,) = differing & set(second)
    if own.question != other.question or {own.operator, other.operator} != {Operator.IS}:
        return None
    named = {*own.choices, *other.choices}
    choices = tuple(key for key in guide.question[own.question].choice if key in named)
    is_any = len(choices) == len(guide.question[own.question].choices)
    merged = (
        ConditionContent(own.question, Operator.ANSWERED)
        if is_any
        else replace(own, choices=choices)
    )
    return tuple(merged if term == own else term for term in first)


def write_rules(
    rule: RuleContent, conjunctions: Sequence[Conjunction], taken: set[str]
) -> Iterator[RuleContent]:
    """Yields rules that do what a rule does, and hold if one of the conjunctions does.

    The first one keeps the key of the rule. The keys of the others are added to `taken`.
    """
    if len(conjunctions) > 1 and all(len(one) == 1 for one in conjunctions):
        yield replace(rule, when=tuple(term for (term,) in conjunctions), match=Match.ANY)
        return
    for position, when in enumerate(conjunctions):
        key = unused_key(rule.key, taken=taken, fallback="regle") if position else rule.key
        taken.add(key)
        yield replace(rule, key=key, when=when, match=Match.ALL)
