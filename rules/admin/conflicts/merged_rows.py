"""The merge of the rows that a page posts with the rows that others have changed meanwhile."""

import re
from collections.abc import Iterable
from typing import Any

from django.forms import BaseInlineFormSet
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict

from rules.admin.conflicts.merged_forms import (
    FieldValues,
    PageValues,
    are_same_values,
    merge_values,
    saved_values,
)


def merge_posted_rows(
    data: QueryDict,
    formset: "BaseInlineFormSet[Any, Any, Any]",
    shown_values: PageValues,
    *,
    changed: bool,
) -> None:
    """Merges in `data` the posted rows of `formset`, which holds the saved ones.

    A row that is no longer saved becomes a new row, so that what was typed in it is not lost. If
    someone else has `changed` the page meanwhile, the rows that they added join it, and what was
    posted as it was shown becomes what they made of it, changed or deleted.
    """
    prefix = str(formset.prefix)
    posted = _posted_rows(data, prefix)
    saved = {str(form.instance.pk): form for form in formset.initial_forms}
    deleted = [row for row in posted if _row_id(row) and _row_id(row) not in saved]
    owner = formset.instance.pk
    if owner and not deleted and not changed:
        return
    old = [row for row in posted if _row_id(row) in saved]
    added: list[FieldValues] = []
    if changed:
        old = [merge_values(row, saved[_row_id(row)], shown_values) for row in old]
        posted_ids = {_row_id(row) for row in posted}
        added = [saved_values(form) for pk, form in saved.items() if pk not in posted_ids]
    typed = [
        row
        for row in deleted
        if DELETION_FIELD_NAME not in row
        and not (owner and _is_unchanged(row, shown_values.get(f"{prefix}-{_row_id(row)}")))
    ]
    new = [row | {"id": [""]} for row in (*typed, *(row for row in posted if not _row_id(row)))]
    for row in (*old, *new):
        row[formset.fk.name] = [str(owner or "")]
    _write_rows(data, prefix, [*old, *added], new)


def _posted_rows(data: QueryDict, prefix: str) -> list[FieldValues]:
    rows: dict[int, FieldValues] = {}
    for name, values in data.lists():
        if found := re.fullmatch(rf"{prefix}-(\d{{1,4}})-(\w+)", name):
            rows.setdefault(int(found[1]), {})[found[2]] = [str(value) for value in values]
    return [row for _, row in sorted(rows.items())]


def _row_id(row: FieldValues) -> str:
    """The primary key of a posted row; empty for a new one."""
    return row.get("id", [""])[-1]


def _is_unchanged(posted: FieldValues, shown: FieldValues | None) -> bool:
    """True if a row is posted as the page showed it."""
    return shown is not None and all(
        are_same_values(posted.get(name, []), shown[name]) for name in shown
    )


def _write_rows(
    data: QueryDict, prefix: str, old: list[FieldValues], new: Iterable[FieldValues]
) -> None:
    """Replaces the rows of a formset in `data`: rows that are saved, then rows to create."""
    for name in [name for name in data if re.match(rf"{prefix}-\d+-", name)]:
        del data[name]
    rows = [*old, *new]
    data[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(len(old))
    data[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows))
    for index, row in enumerate(rows):
        for field, values in row.items():
            data.setlist(f"{prefix}-{index}-{field}", values)
