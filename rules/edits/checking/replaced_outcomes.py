"""A guide whose rules give another outcome instead of one, which is compared with what an edit makes."""

from dataclasses import replace

from rules.edits.promises import ReplacesOutcome
from rules.engine.content import Effect, GuideContent


def with_outcome_replaced(
    older: GuideContent, newer: GuideContent, promise: ReplacesOutcome
) -> GuideContent:
    """Returns the older content in which all rules that gave the outcome give its replacement."""
    added = newer.outcome.get(promise.replacement)
    outcomes = {**older.outcome, **({added.key: added} if added else {})}
    rules = (
        replace(rule, target=promise.replacement)
        if rule.effect is not Effect.ASK and rule.target == promise.outcome
        else rule
        for rule in older.rules
    )
    return replace(older, outcomes=tuple(outcomes.values()), rules=tuple(rules))
