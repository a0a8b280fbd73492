"""The merge of the inline rows that a page posts with the rows that others have saved meanwhile.

A posted row that someone has deleted becomes a new row if it was changed on the page, so that nothing
typed is lost; otherwise it stays deleted. If the part that owns the rows is deleted too, all its posted
rows become new rows.
"""

import re

from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict

from rules.admin.conflicts.merged_forms import (
    FieldDigests,
    FieldValues,
    MergedFormSet,
    values_digest,
)


def merge_posted_rows(data: QueryDict, formset: MergedFormSet, *, changed: bool) -> None:
    """Merges the posted inline rows in `data` with the saved rows, which `formset` has.

    `changed` is true if anything was saved since the page was opened. Rows that others have added
    then appear, and a field that is posted as it was shown takes the saved value. Each row is taken
    once, and which rows are new is told by their ids, whatever the counts that are posted.
    """
    prefix, owner = str(formset.prefix), formset.instance.pk
    posted = _posted_rows(data, prefix)
    saved = {str(form.instance.pk): form for form in formset.initial_forms}
    existing_rows = [row for row in posted if _row_id(row) in saved]
    deleted_rows = [row for row in posted if _row_id(row) and _row_id(row) not in saved]
    rows_of_others = []
    if changed:
        existing_rows = [saved[_row_id(row)].merge_posted_values(row) for row in existing_rows]
        posted_ids = {_row_id(row) for row in posted}
        rows_of_others = [form.saved_values for pk, form in saved.items() if pk not in posted_ids]
    shown = formset.form.shown_values if owner else {}
    rows_to_restore = [
        row
        for row in deleted_rows
        if DELETION_FIELD_NAME not in row
        and not _is_unchanged(row, shown.get(f"{prefix}-{_row_id(row)}"))
    ]
    added_rows = [row for row in posted if not _row_id(row)]
    new_rows = [row | {"id": [""]} for row in (*rows_to_restore, *added_rows)]
    for row in (*existing_rows, *new_rows):
        row[formset.fk.name] = [str(owner or "")]
    _write_rows(data, prefix, [*existing_rows, *rows_of_others], new_rows)


def _posted_rows(data: QueryDict, prefix: str) -> list[FieldValues]:
    """Returns the posted rows of the formset with this prefix, in the order of the page.

    Of several rows with one id, it returns the first.
    """
    rows: dict[int, FieldValues] = {}
    for name, values in data.lists():
        if found := re.fullmatch(rf"{prefix}-(\d{{1,4}})-(\w+)", name):
            rows.setdefault(int(found[1]), {})[found[2]] = [str(value) for value in values]
    ordered = [row for _, row in sorted(rows.items())]
    first_of_id = {_row_id(row): row for row in ordered[::-1]}
    return [row for row in ordered if not _row_id(row) or first_of_id[_row_id(row)] is row]


def _row_id(row: FieldValues) -> str:
    """Returns the primary key of a posted row; empty for a new row."""
    return row.get("id", [""])[-1]


def _is_unchanged(posted: FieldValues, shown: FieldDigests | None) -> bool:
    """True if a row is posted as the page showed it."""
    return shown is not None and all(
        values_digest(posted.get(name, [])) == shown[name] for name in shown
    )


def _write_rows(
    data: QueryDict, prefix: str, existing_rows: list[FieldValues], new_rows: list[FieldValues]
) -> None:
    """Replaces the rows of a formset in `data` with existing rows and, after them, new rows."""
    for name in [name for name in data if re.match(rf"{prefix}-\d+-", name)]:
        del data[name]
    rows = [*existing_rows, *new_rows]
    data[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(len(existing_rows))
    data[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows))
    for index, row in enumerate(rows):
        for field, values in row.items():
            data.setlist(f"{prefix}-{index}-{field}", values)
