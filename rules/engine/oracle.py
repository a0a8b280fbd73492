"""The oracle: the reference meaning of rules, in plain Python.

The tests compare durable_rules with the oracle. In production, the oracle is used only when
durable_rules fails (`rules.engine.compiled`).
"""

from collections.abc import Sequence

from rules.engine.content import Answers, Match, RuleContent
from rules.engine.operators import condition_holds


def rule_holds(rule: RuleContent, answers: Answers) -> bool:
    """True if a rule holds for these answers. A rule without conditions always holds."""
    if rule.is_left_out:
        return False
    held = (condition_holds(condition, answers) for condition in rule.when)
    if rule.match is Match.ANY and rule.when:
        return any(held)
    return all(held)


def fired_positions(rules: Sequence[RuleContent], answers: Answers) -> tuple[int, ...]:
    """Returns the positions of all rules that hold for these answers, in order."""
    return tuple(position for position, rule in enumerate(rules) if rule_holds(rule, answers))
