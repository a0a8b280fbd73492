"""The merge of the inline rows that a page posts with the rows that others have saved meanwhile."""

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
    """Merges the posted inline rows in `data` with the saved rows, which `formset` has.

    A posted row that someone has deleted becomes a new row, so that nothing typed is lost. It stays
    deleted if it is posted as it was shown, unless the part that owns the rows is deleted too.

    `changed` is true if anything was saved since the page was opened. Rows that others have added
    then appear, and a field that is posted as it was shown takes the saved value.
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
    """Returns the posted rows of the formset with this prefix, in the order of the page."""
    rows: dict[int, FieldValues] = {}
    for name, values in data.lists():
        if found := re.fullmatch(rf"{prefix}-(\d{{1,4}})-(\w+)", name):
            rows.setdefault(int(found[1]), {})[found[2]] = [str(value) for value in values]
    return [row for _, row in sorted(rows.items())]


def _row_id(row: FieldValues) -> str:
    """Returns the primary key of a posted row; empty for a new row."""
    return row.get("id", [""])[-1]


def _is_unchanged(posted: FieldValues, shown: FieldValues | None) -> bool:
    """True if a row is posted as the page showed it."""
    return shown is not None and all(
        are_same_values(posted.get(name, []), shown[name]) for name in shown
    )


def _write_rows(
    data: QueryDict, prefix: str, old: list[FieldValues], new: Iterable[FieldValues]
) -> None:
    """Replaces the rows of a formset in `data` with `old` rows, which exist, and `new` ones."""
    for name in [name for name in data if re.match(rf"{prefix}-\d+-", name)]:
        del data[name]
    rows = [*old, *new]
    data[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(len(old))
    data[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows))
    for index, row in enumerate(rows):
        for field, values in row.items():
            data.setlist(f"{prefix}-{index}-{field}", values)
