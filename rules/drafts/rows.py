"""Writes to the rows of a draft: each is whole or does not happen."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Manager

from rules.document.limits import TITLE_LENGTH
from rules.drafts.keys import free_key
from rules.drafts.locks import guide_lock
from rules.models import (
    Choice,
    Condition,
    ConditionChoice,
    Example,
    ExampleAnswer,
    ExampleOutcome,
    Outcome,
    Question,
    Rule,
)

DraftRow = Question | Outcome | Rule | Example


OrderedRow = Question | Rule


def row_lock(*, row: OrderedRow) -> None:
    """Reads a row again once nobody else writes to its guide.

    Raises its `DoesNotExist`: someone may have deleted it meanwhile.
    """
    guide_lock(guide=row.guide)
    row.refresh_from_db()


@transaction.atomic
def row_create(*, row: DraftRow, title: str) -> None:
    """Saves a new row of a draft in the last place, with a key made from `title`."""
    guide_lock(guide=row.guide)
    row.position = 1 + max((other.position for other in _siblings(row)), default=0)
    if not isinstance(row, Example):
        row.key = _free_key(row, title)
    row.full_clean()
    row.save()


@transaction.atomic
def row_move(*, row: OrderedRow, up: bool) -> bool:
    """Moves a question or a rule by one place; false where it is first or last already."""
    row_lock(row=row)
    rows = _siblings(row)
    at = rows.index(row)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        return False
    rows[at], rows[to] = rows[to], rows[at]
    rows_renumber(rows=rows)
    return True


@transaction.atomic
def question_duplicate(*, question: Question) -> Question:
    """A copy with the same choices, just below."""
    row_lock(row=question)
    copy = Question(
        guide=question.guide,
        title=copy_title(question.title),
        help=question.help,
        scope=question.scope,
    )
    row_create(row=copy, title=question.key)
    choices = list(question.choices.all())
    for choice in choices:
        choice.pk, choice.question = None, copy
    Choice.objects.bulk_create(choices)
    _place_below(copy, question)
    return copy


@transaction.atomic
def rule_duplicate(*, rule: Rule) -> Rule:
    """A copy with the same conditions and the same effect, just below."""
    row_lock(row=rule)
    copy = Rule(
        guide=rule.guide, match=rule.match, asks=rule.asks, gives=rule.gives, note=rule.note
    )
    row_create(row=copy, title=rule.key)
    for condition in rule.conditions.all():
        choices = list(condition.choices.all())
        condition.pk, condition.rule = None, copy
        condition.save()
        condition_set_choices(condition=condition, choices=choices)
    _place_below(copy, rule)
    return copy


@transaction.atomic
def rows_renumber(*, rows: Sequence[DraftRow | Choice | Condition]) -> None:
    """Saves the order of `rows` as their positions, from 1, where it changed."""
    moved = [row for position, row in enumerate(rows, 1) if row.position != position]
    for position, row in enumerate(rows, 1):
        row.position = position
    if moved:
        table: Manager[Any] = type(moved[0])._default_manager
        table.bulk_update(moved, ["position"])


@transaction.atomic
def condition_set_choices(*, condition: Condition, choices: Collection[Choice]) -> None:
    """Which choices a condition names. Those it names already are left as they are."""
    if set(condition.choices.all()) == set(choices):
        return
    condition.conditionchoice_set.all().delete()
    ConditionChoice.objects.bulk_create(
        ConditionChoice(condition=condition, choice=choice)
        for choice in sorted(choices, key=lambda choice: choice.position)
    )


@transaction.atomic
def example_update(
    *, example: Example, answers: Mapping[Question, Choice], outcomes: Sequence[Outcome]
) -> None:
    """What an example answers and expects. What is the same already is left as it is."""
    if {answer.question: answer.choice for answer in example.answers.all()} != answers:
        example.answers.all().delete()
        ExampleAnswer.objects.bulk_create(
            ExampleAnswer(example=example, question=question, choice=choice)
            for question, choice in answers.items()
        )
    if [expected.outcome for expected in example.outcomes.all()] != list(outcomes):
        example.outcomes.all().delete()
        ExampleOutcome.objects.bulk_create(
            ExampleOutcome(example=example, outcome=outcome, position=position)
            for position, outcome in enumerate(outcomes, 1)
        )


def copy_title(title: str) -> str:
    mark = " (copie)"
    return f"{title[: TITLE_LENGTH - len(mark)]}{mark}"


def _siblings(row: DraftRow) -> list[DraftRow]:
    """All the rows of the same kind in the same guide, in order."""
    return list(type(row)._default_manager.filter(guide=row.guide))


def _free_key(row: Question | Outcome | Rule, title: str) -> str:
    taken = type(row)._default_manager.filter(guide=row.guide).values_list("key", flat=True)
    return free_key(title, taken=set(taken), fallback=str(row._meta.model_name))


def _place_below(row: OrderedRow, upper: OrderedRow) -> None:
    rows = _siblings(row)
    rows.remove(row)
    rows.insert(rows.index(upper) + 1, row)
    rows_renumber(rows=rows)
