"""Creates, moves, duplicates and changes rows of a draft. Each function is one transaction."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Manager

from rules.document.keys import unused_key
from rules.document.limits import SHORT_NAME_LENGTH, TITLE_LENGTH
from rules.drafts.draft_limits import check_new_row
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
Row = TypeVar("Row", bound=Hashable)
OrderedRow = Question | Rule
"""The kinds of rows that editors can move up and down and duplicate."""


def row_lock(*, row: OrderedRow) -> None:
    """Locks the guide of a row and reads the row again from the database.

    Raises `Guide.DoesNotExist` or the `DoesNotExist` of the row's model if either was deleted.
    """
    guide_lock(guide=row.guide)
    row.refresh_from_db()


@transaction.atomic
def row_create(*, row: DraftRow, title: str) -> None:
    """Saves a new row as the last one of its kind, with a key made from `title`.

    Examples have no key. A rule is not the last one: it comes below its sisters (`_last_sister`).
    Raises `LimitExceededError` if the guide has as many rows as are allowed.
    """
    guide_lock(guide=row.guide)
    check_new_row(row)
    row.position = 1 + max((other.position for other in _rows_of_same_kind(row)), default=0)
    if not isinstance(row, Example):
        taken = type(row)._default_manager.filter(guide=row.guide).values_list("key", flat=True)
        row.key = unused_key(title, taken=set(taken), fallback=str(row._meta.model_name))
    row.full_clean()
    row.save()
    if isinstance(row, Rule) and (sister := _last_sister(row)):
        _place_below(row, sister)


@transaction.atomic
def row_move(*, row: OrderedRow, up: bool) -> bool:
    """Moves a question or a rule up or down by one place, and returns True.

    Returns False and changes nothing if the row is already the first or the last one.
    """
    row_lock(row=row)
    rows = _rows_of_same_kind(row)
    index = rows.index(row)
    new_index = index - 1 if up else index + 1
    if not 0 <= new_index < len(rows):
        return False
    rows[index], rows[new_index] = rows[new_index], rows[index]
    rows_renumber(rows=rows)
    return True


@transaction.atomic
def question_duplicate(*, question: Question) -> Question:
    """Creates a copy of a question and its choices below the question, and returns the copy."""
    row_lock(row=question)
    copy = Question(
        guide=question.guide,
        title=title_of_copy(question.title),
        help=question.help,
        scope=question.scope,
        short=question.short and title_of_copy(question.short, SHORT_NAME_LENGTH),
        for_pupil=question.for_pupil,
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
    """Creates a copy of a rule and its conditions below the rule, and returns the copy."""
    row_lock(row=rule)
    copy = Rule(
        guide=rule.guide, match=rule.match, asks=rule.asks, gives=rule.gives, note=rule.note
    )
    row_create(row=copy, title=rule.key)
    conditions = list(rule.conditions.prefetch_related("choices"))
    named = [list(condition.choices.all()) for condition in conditions]
    for condition in conditions:
        condition.pk, condition.rule = None, copy
    Condition.objects.bulk_create(conditions)
    conditions_set_choices(choices=dict(zip(conditions, named, strict=True)))
    _place_below(copy, rule)
    return copy


@transaction.atomic
def rows_renumber(*, rows: Sequence[DraftRow | Choice | Condition]) -> None:
    """Gives `rows` the positions 1, 2, 3… in the given order, and saves the rows that moved."""
    moved = [row for position, row in enumerate(rows, 1) if row.position != position]
    for position, row in enumerate(rows, 1):
        row.position = position
    if moved:
        table: Manager[Any] = type(moved[0])._default_manager
        table.bulk_update(moved, ["position"])


def rows_at_places(rows: Sequence[Row], places: Mapping[Row, int]) -> list[Row]:
    """Returns `rows` in an order in which each row of `places` has its place, counted from 1.

    The other rows keep their order. A place below 1 is the first one, and one beyond the end is the
    last. Rows with the same place follow each other.
    """
    ordered, index = [row for row in rows if row not in places], -1
    for row, place in sorted(places.items(), key=lambda item: item[1]):
        index = max(place - 1, index + 1)
        ordered.insert(index, row)
    return ordered


@transaction.atomic
def conditions_set_choices(*, choices: Mapping[Condition, Collection[Choice]]) -> None:
    """Replaces the choices of conditions; writes nothing for one that has the same choices already."""
    stored: dict[int, set[int]] = {condition.pk: set() for condition in choices}
    rows = ConditionChoice.objects.filter(condition__in=choices)
    for condition_id, choice_id in rows.values_list("condition", "choice"):
        stored[condition_id].add(choice_id)
    changed = {
        condition: named
        for condition, named in choices.items()
        if {choice.pk for choice in named} != stored[condition.pk]
    }
    ConditionChoice.objects.filter(condition__in=changed).delete()
    ConditionChoice.objects.bulk_create(
        ConditionChoice(condition=condition, choice=choice)
        for condition, named in changed.items()
        for choice in sorted(named, key=lambda choice: choice.position)
    )


@transaction.atomic
def example_update(
    *, example: Example, answers: Mapping[Question, Choice], outcomes: Sequence[Outcome]
) -> None:
    """Replaces the answers of an example if they differ, and likewise its expected outcomes."""
    choice_ids = {question.pk: choice.pk for question, choice in answers.items()}
    if dict(example.answers.values_list("question", "choice")) != choice_ids:
        example.answers.all().delete()
        ExampleAnswer.objects.bulk_create(
            ExampleAnswer(example=example, question=question, choice=choice)
            for question, choice in answers.items()
        )
    outcome_ids = [outcome.pk for outcome in outcomes]
    if list(example.outcomes.values_list("outcome", flat=True)) != outcome_ids:
        example.outcomes.all().delete()
        ExampleOutcome.objects.bulk_create(
            ExampleOutcome(example=example, outcome=outcome, position=position)
            for position, outcome in enumerate(outcomes, 1)
        )


def title_of_copy(title: str, max_length: int = TITLE_LENGTH) -> str:
    """Returns `title` with " (copie)" after it, shortened if the result would be too long."""
    suffix = " (copie)"
    return f"{title[: max_length - len(suffix)]}{suffix}"


def _rows_of_same_kind(row: DraftRow) -> list[DraftRow]:
    """Returns all rows of the same kind in the same guide, in their order."""
    return list(type(row)._default_manager.filter(guide=row.guide))


def _place_below(row: OrderedRow, upper_row: OrderedRow) -> None:
    """Moves `row` to the place below `upper_row`."""
    rows = _rows_of_same_kind(row)
    rows.remove(row)
    rows.insert(rows.index(upper_row) + 1, row)
    rows_renumber(rows=rows)


def _last_sister(rule: Rule) -> Rule | None:
    """Returns the last other rule that asks the same question or gives the same outcome.

    If there is none, returns the last other rule that asks any question, advises or concludes, as
    `rule` does; None if there is none either.
    """
    others = rule.guide.rules.exclude(pk=rule.pk)
    same_target = others.filter(asks=rule.asks, gives=rule.gives)
    same_effect = others.filter(asks__isnull=rule.asks is None)
    if rule.gives:
        same_effect = same_effect.filter(gives__final=rule.gives.final)
    return same_target.last() or same_effect.last()
