"""Unsatisfiable rules, which no answers make hold, and their contradicting conditions.

All combinations of answers count here, even those that no visitor can give.
"""

from dataclasses import replace
from itertools import combinations

from rules.engine.content import ConditionContent, GuideContent, Match, RuleContent
from rules.proof.residuals import REFUTED, Residuals


def unsatisfiable_rules(residuals: Residuals) -> list[int]:
    """Returns the positions of the rules that no answers make hold."""
    known: dict[int, bool] = {}
    return [
        position
        for position, residual in enumerate(residuals.initial_residuals)
        if not _is_satisfiable(residuals, residual, known)
    ]


def _is_satisfiable(residuals: Residuals, number: int, known: dict[int, bool]) -> bool:
    """True if some answers satisfy a residual. `known` are the results for other residuals, by number.

    If a residual compares two questions, all answers to one of them are tried. Without comparisons,
    each literal is about a question of its own, so there are answers that make them all true.
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
    """Returns the condition of an unsatisfiable rule that is never true, or two that contradict.

    The result is empty if only three or more conditions together contradict, or if the rule has
    several conditions of which one would suffice (`match: any`).
    """
    if rule.match is Match.ANY and len(rule.when) > 1:
        return ()
    suspects = [(condition,) for condition in rule.when] + list(combinations(rule.when, 2))
    rules = tuple(replace(rule, when=conditions, match=Match.ALL) for conditions in suspects)
    trial = replace(guide, rules=rules)
    positions = unsatisfiable_rules(Residuals(trial))
    return rules[positions[0]].when if positions else ()
