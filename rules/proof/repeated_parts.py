"""Parts of a guide that repeat an earlier part: the same rule, title, name or answers."""

from collections.abc import Hashable, Iterator

from rules.document.labels import normalise_label
from rules.engine.content import (
    ConditionContent,
    GuideContent,
    Match,
    Operator,
    RuleContent,
)
from rules.proof.bounds import Effort
from rules.proof.findings import Finding, FindingKind


def find_repeated_parts(guide: GuideContent, effort: Effort) -> Iterator[Finding]:
    """Yields a finding for each part that repeats an earlier one. Raises `BoundReachedError`."""
    for kind, list_name, identities in (
        (FindingKind.SAME_RULE, "rules", map(_rule_identity, guide.rules)),
        (
            FindingKind.SAME_NAME,
            "questions",
            (normalise_label(part.title) for part in guide.questions),
        ),
        (
            FindingKind.SAME_NAME,
            "outcomes",
            (normalise_label(part.title) for part in guide.outcomes),
        ),
        (
            FindingKind.SAME_NAME,
            "examples",
            (normalise_label(part.name) for part in guide.examples),
        ),
        (
            FindingKind.SAME_ANSWERS,
            "examples",
            (frozenset(part.answers.items()) for part in guide.examples),
        ),
    ):
        first_positions: dict[Hashable, int] = {}
        for position, identity in enumerate(effort.watch_time(identities)):
            earlier = first_positions.setdefault(identity, position)
            if earlier != position:
                yield Finding(kind, (list_name, position), earlier=(list_name, earlier))


def _rule_identity(rule: RuleContent) -> Hashable:
    """Returns the same value for rules that fire on the same answers and have the same effect.

    The order of conditions and of choices does not count, and `match` only for several conditions.
    """
    conditions = frozenset(map(_condition_identity, rule.when))
    match = rule.match if len(conditions) > 1 else Match.ALL
    return conditions, match, rule.effect, rule.target


def _condition_identity(condition: ConditionContent) -> Hashable:
    questions = condition.question, condition.other
    if condition.operator in (Operator.SAME_AS, Operator.DIFFERS_FROM):
        return condition.operator, frozenset(questions)
    return condition.operator, questions, frozenset(condition.choices)
