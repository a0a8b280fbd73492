"""The merge of the inline rows that a page posts with the rows that others have saved meanwhile.

A posted row that someone has deleted becomes a new row, so that nothing typed is lost. It stays
deleted if it is posted as it was shown, unless the part that owns the rows is deleted too.
"""

import re
from collections.abc import Iterable

from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict

from rules.admin.conflicts.merged_forms import FieldValues, MergedFormSet, are_same_values


def merge_posted_rows(data: QueryDict, formset: MergedFormSet, *, changed: bool) -> None:
    """Merges the posted inline rows in `data` with the saved rows, which `formset` has.

    `changed` is true if anything was saved since the page was opened. Rows that others have added
    then appear, and a field that is posted as it was shown takes the saved value.
    """
    prefix, owner = str(formset.prefix), formset.instance.pk
    posted = _posted_rows(data, prefix)
    saved = {str(form.instance.pk): form for form in formset.initial_forms}
    old = [row for row in posted if _row_id(row) in saved]
    deleted = [row for row in posted if _row_id(row) and _row_id(row) not in saved]
    if owner and not deleted and not changed:
        return
    added = []
    if changed:
        old = [saved[_row_id(row)].merge_posted_values(row) for row in old]
        posted_ids = {_row_id(row) for row in posted}
        added = [form.saved_values for pk, form in saved.items() if pk not in posted_ids]
    shown = formset.form.shown_values if owner else {}
    typed = [
        row
        for row in deleted
        if DELETION_FIELD_NAME not in row
        and not _is_unchanged(row, shown.get(f"{prefix}-{_row_id(row)}"))
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
