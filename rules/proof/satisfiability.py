"""Rules that no answers at all can make hold, and the conditions that contradict each other.

Whether visitors can give the answers does not matter here; the walk decides that.
"""

from dataclasses import replace
from itertools import combinations

from rules.engine.content import ConditionContent, GuideContent, Match, RuleContent
from rules.proof.residuals import REFUTED, Residuals


def unsatisfiable_rules(guide: GuideContent, residuals: Residuals) -> list[int]:
    """Returns the positions of the rules that no answers to their questions make hold."""
    known: dict[int, bool] = {}
    return [
        position
        for position, rule in enumerate(guide.rules)
        if not _is_satisfiable(residuals, residuals.initial_residual(rule), known)
    ]


def _is_satisfiable(residuals: Residuals, number: int, known: dict[int, bool]) -> bool:
    """True if some answers satisfy a residual. `known` holds the results for other residuals.

    Without comparisons, each literal looks at a question of its own, which may be answered, or left
    unanswered, to suit it: any residual that is not refuted can be satisfied. A question that is
    compared with another is therefore answered first, in every possible way.
    """
    if number not in known:
        comparisons = residuals.comparison_literals(number)
        if not comparisons:
            known[number] = number != REFUTED
        else:
            question = comparisons[0].question
            after = (
                residuals.residual_after_answer(number, question, choice)
                for choice in residuals.choices[question]
            )
            known[number] = any(_is_satisfiable(residuals, residual, known) for residual in after)
    return known[number]


def contradicting_conditions(
    guide: GuideContent, rule: RuleContent
) -> tuple[ConditionContent, ...]:
    """Returns the condition of an unsatisfiable rule that is never true, or else two that conflict.

    The result is empty if it takes more than two conditions, or if one of several would suffice for
    the rule to hold.
    """
    if rule.match is Match.ANY and len(rule.when) > 1:
        return ()
    suspects = [(condition,) for condition in rule.when] + list(combinations(rule.when, 2))
    rules = tuple(replace(rule, when=conditions, match=Match.ALL) for conditions in suspects)
    trial = replace(guide, rules=rules)
    positions = unsatisfiable_rules(trial, Residuals(trial))
    return rules[positions[0]].when if positions else ()
