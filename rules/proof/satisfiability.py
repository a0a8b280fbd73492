"""Whether any answers at all make a rule hold, on a path or not."""

from dataclasses import replace
from itertools import combinations

from rules.engine.content import ConditionContent, GuideContent, Match, RuleContent
from rules.proof.residuals import DEAD, Residuals


def impossible_rules(guide: GuideContent, residuals: Residuals) -> list[int]:
    known: dict[int, bool] = {}
    return [
        at
        for at, rule in enumerate(guide.rules)
        if not _can_hold(residuals, residuals.of(rule), known)
    ]


def _can_hold(residuals: Residuals, number: int, known: dict[int, bool]) -> bool:
    """Without comparisons of two questions, what is not dead can hold: each question has an
    answer, or none, that suits it. Otherwise one of the questions compared is answered first.
    """
    if number not in known:
        pairs = residuals.pairs(number)
        known[number] = number != DEAD and (
            not pairs
            or any(
                _can_hold(residuals, residuals.settled(number, pairs[0].question, choice), known)
                for choice in residuals.choices[pairs[0].question]
            )
        )
    return known[number]


def contradicting_conditions(
    guide: GuideContent, rule: RuleContent
) -> tuple[ConditionContent, ...]:
    """Empty where it takes more than two, or where one of many would do."""
    if rule.match is Match.ANY and len(rule.when) > 1:
        return ()
    tried = [(term,) for term in rule.when] + list(combinations(rule.when, 2))
    rules = tuple(replace(rule, when=terms, match=Match.ALL) for terms in tried)
    alone = replace(guide, rules=rules)
    first = next(iter(impossible_rules(alone, Residuals(alone))), None)
    return () if first is None else rules[first].when
