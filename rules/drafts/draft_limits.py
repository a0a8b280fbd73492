"""Refuses rows and changes with which a draft would exceed the limits of a document."""

from collections.abc import Iterator

from rules.document.limits import (
    CHOICE_LIMIT,
    CONDITION_LIMIT,
    GUIDE_LIMITS,
    CountLimit,
    count_refusals,
    size_refusal,
)
from rules.document.serialising import document_size, guide_to_document
from rules.engine.content import GuideContent
from rules.models import Example, Outcome, Question, Rule
from rules.sentences import quoted_question, rule_name

ROW_LIMITS: dict[type[Question | Outcome | Rule | Example], CountLimit] = {
    Question: GUIDE_LIMITS["questions"],
    Outcome: GUIDE_LIMITS["outcomes"],
    Rule: GUIDE_LIMITS["rules"],
    Example: GUIDE_LIMITS["examples"],
}


class LimitExceededError(ValueError):
    """A draft would exceed a limit. `str(error)` is a French sentence that names the limit."""

    def __init__(self, refusal: str) -> None:
        super().__init__(refusal[:1].upper() + refusal[1:])


def check_new_row(row: Question | Outcome | Rule | Example) -> None:
    """Raises `LimitExceededError` if the guide of a new row has as many rows as are allowed."""
    limit = ROW_LIMITS[type(row)]
    count = type(row)._default_manager.filter(guide=row.guide).count()
    if count >= limit.maximum:
        raise LimitExceededError(limit.refusal_sentence(count + 1, "aurait"))


def check_draft_size(before: GuideContent, after: GuideContent) -> None:
    """Raises `LimitExceededError` if a change makes a draft larger than a document may be.

    It is then longer, or has more parts. A draft that was too large already may become smaller.
    """
    for refusal in _count_refusals_of_change(before, after):
        raise LimitExceededError(refusal)
    size = document_size(after)
    if (refusal := size_refusal(size, "ce guide")) and size > document_size(before):
        raise LimitExceededError(refusal)


def _count_refusals_of_change(before: GuideContent, after: GuideContent) -> Iterator[str]:
    """Yields the refusal of each list that is too long, unless it was as long before a change."""
    for name, limit in GUIDE_LIMITS.items():
        count = len(getattr(after, name))
        if count > max(limit.maximum, len(getattr(before, name))):
            yield limit.refusal_sentence(count, "aurait")
    for key, question in after.question.items():
        count, older = len(question.choices), before.question.get(key)
        if count > max(CHOICE_LIMIT.maximum, len(older.choices) if older else 0):
            refusal = CHOICE_LIMIT.refusal_sentence(count, "aurait")
            yield f"{quoted_question(after, key)}\u00a0: {refusal}"
    for key, rule in after.rule.items():
        count, earlier = len(rule.when), before.rule.get(key)
        if count > max(CONDITION_LIMIT.maximum, len(earlier.when) if earlier else 0):
            refusal = CONDITION_LIMIT.refusal_sentence(count, "aurait")
            yield f"{rule_name(after, rule)}\u00a0: {refusal}"


def check_copied_draft(draft: GuideContent) -> None:
    """Raises `LimitExceededError` if a draft, from which a guide is made, exceeds a limit."""
    refusals = [refusal for _, refusal in count_refusals(guide_to_document(draft))]
    refusals += filter(None, [size_refusal(document_size(draft), "ce guide")])
    if refusals:
        raise LimitExceededError(" ".join(refusals))
