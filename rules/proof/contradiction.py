"""Why a rule can never hold: the condition that cannot, or two that cannot together."""

from dataclasses import replace
from itertools import combinations

from rules.engine.guide import Condition, Guide, Match, Rule
from rules.proof.residuals import Residuals
from rules.proof.satisfiable import impossible_rules


def contradiction(guide: Guide, rule: Rule) -> tuple[Condition, ...]:
    """Empty where it takes more than two, or where one of many would do."""
    if rule.match is Match.ANY and len(rule.when) > 1:
        return ()
    tried = [(term,) for term in rule.when] + list(combinations(rule.when, 2))
    rules = tuple(replace(rule, when=terms, match=Match.ALL) for terms in tried)
    alone = replace(guide, rules=rules)
    first = next(iter(impossible_rules(alone, Residuals(alone))), None)
    return () if first is None else rules[first].when
