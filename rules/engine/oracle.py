"""The reference meaning of rules, in plain Python.

The tests hold the durable_rules engine against it. In production it answers only while
the engine is broken (`rules.engine.compiled`).
"""

from collections.abc import Sequence

from rules.engine.guide import Answers, Match, Rule
from rules.engine.operators import holds


def rule_holds(rule: Rule, answers: Answers) -> bool:
    """An empty `when` always holds, whatever `match` says."""
    terms = (holds(condition, answers) for condition in rule.when)
    if rule.match is Match.ANY and rule.when:
        return any(terms)
    return all(terms)


def fired_positions(rules: Sequence[Rule], answers: Answers) -> tuple[int, ...]:
    """The positions of all rules that hold, in order."""
    return tuple(at for at, rule in enumerate(rules) if rule_holds(rule, answers))
