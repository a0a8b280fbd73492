"""Answers of two questions that count as the same: those of one key, which no page shows."""

from collections.abc import Iterable

from django.db.models import Q

from rules.models import Choice, Condition, Question, Rule
from rules.sentences import quote_text


def in_common(question: Question, other: Question) -> bool:
    """Whether an answer to one can be the same as an answer to the other."""
    return bool(_keys(question) & _keys(other))


def alike_in_words(choice: Choice, others: Iterable[Question]) -> str:
    """Which answers to the other questions count as this one; empty when none does."""
    alike = [
        f"{quote_text(row.label)} à la question {quote_text(question.title)}"
        for question in others
        for row in question.choices.all()
        if row.key == choice.key
    ]
    return f"Même réponse que\u00a0: {', '.join(alike)}." if alike else ""


def compared_with(question: Question) -> set[int]:
    """The questions that a rule compares with this one."""
    pairs = Condition.objects.filter(Q(question=question) | Q(other=question), other__isnull=False)
    return {pk for pair in pairs.values_list("question", "other") for pk in pair} - {question.pk}


def never_alike(rule: Rule) -> list[str]:
    """Of each comparison that a rule makes, the answers that are the same as no other."""
    compared = Condition.objects.filter(rule=rule, other__isnull=False)
    rows = compared.prefetch_related("question__choices", "other__choices")
    pairs = [(row.question, row.other) for row in rows if row.other]
    return [
        f"{quote_text(choice.label)} à la question {quote_text(question.title)}"
        for pair in pairs
        for question, other in (pair, pair[::-1])
        for choice in question.choices.all()
        if choice.key not in _keys(other)
    ]


def _keys(question: Question) -> set[str]:
    return {choice.key for choice in question.choices.all()}
