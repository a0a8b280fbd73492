"""Choices of two questions that count as the same answer: they have the same key."""

from collections.abc import Iterable

from django.db.models import Q

from rules.models import Choice, Condition, Question, Rule
from rules.sentences import quote_text


def have_shared_choice(question: Question, other: Question) -> bool:
    """True if some choice of one question counts as the same answer as a choice of the other."""
    return bool(_choice_keys(question) & _choice_keys(other))


def shared_choices_sentence(choice: Choice, others: Iterable[Question]) -> str:
    """Returns « Même réponse que : … », with the choices of `others` that have the key of `choice`.

    It is empty if there are none.
    """
    shared = [
        f"{quote_text(row.label)} à la question {quote_text(str(question))}"
        for question in others
        for row in question.choices.all()
        if row.key == choice.key
    ]
    return f"Même réponse que\u00a0: {', '.join(shared)}." if shared else ""


def compared_question_ids(question: Question) -> set[int]:
    """Returns the ids of the questions that some rule compares with this question."""
    pairs = Condition.objects.filter(Q(question=question) | Q(other=question), other__isnull=False)
    return {pk for pair in pairs.values_list("question", "other") for pk in pair} - {question.pk}


def unmatched_choices(rule: Rule) -> list[str]:
    """Returns the label and the question of each choice for which a comparison is never equal.

    A rule that compares two questions compares the keys of their answers. A choice of one question
    is unmatched if no choice of the other question has its key.
    """
    compared = Condition.objects.filter(rule=rule, other__isnull=False)
    rows = compared.prefetch_related("question__choices", "other__choices")
    pairs = [(row.question, row.other) for row in rows if row.other]
    return [
        f"{quote_text(choice.label)} à la question {quote_text(str(question))}"
        for pair in pairs
        for question, other in (pair, pair[::-1])
        for choice in question.choices.all()
        if choice.key not in _choice_keys(other)
    ]


def _choice_keys(question: Question) -> set[str]:
    return {choice.key for choice in question.choices.all()}
