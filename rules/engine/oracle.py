"""The reference meaning of rules, in plain Python.

The tests hold the durable_rules engine against it. In production it answers only while
the engine is broken (`rules.engine.compiled`).
"""

from collections.abc import Sequence

from rules.engine.content import Answers, Match, RuleContent
from rules.engine.operators import condition_holds


def rule_holds(rule: RuleContent, answers: Answers) -> bool:
    """An empty `when` always holds, whatever `match` says."""
    terms = (condition_holds(condition, answers) for condition in rule.when)
    if rule.match is Match.ANY and rule.when:
        return any(terms)
    return all(terms)


def fired_positions(rules: Sequence[RuleContent], answers: Answers) -> tuple[int, ...]:
    """The positions of all rules that hold, in order."""
    return tuple(at for at, rule in enumerate(rules) if rule_holds(rule, answers))
