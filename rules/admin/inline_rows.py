"""Rows posted from a page that others have changed meanwhile, beside those there are now."""

import re
from collections.abc import Iterable
from typing import Any

from django.forms import BaseInlineFormSet
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict

Row = dict[str, list[str]]
"""What was posted of a row, by field."""


def rows_settle(
    data: QueryDict, formset: "BaseInlineFormSet[Any, Any, Any]", *, show_all: bool
) -> None:
    """Makes new rows of those that are gone: what was typed in them is not lost.

    `formset` says which rows there are. With `show_all`, those that others added join the page.
    """
    prefix = str(formset.prefix)
    posted = _posted(data, prefix)
    there = {str(form.instance.pk): form for form in formset.initial_forms}
    gone = [row for row in posted if _pk(row) and _pk(row) not in there]
    ids = {_pk(row) for row in posted}
    others = [form for pk, form in there.items() if pk not in ids] if show_all else []
    owner = formset.instance.pk
    if owner and not gone and not others:
        return
    kept = [row for row in posted if _pk(row) in there]
    new = [row | {"id": [""]} for row in posted if not _pk(row)]
    again = [row | {"id": [""]} for row in gone if DELETION_FIELD_NAME not in row]
    for row in (*kept, *again, *new):
        row[formset.fk.name] = [str(owner or "")]
    _put(data, prefix, [*kept, *map(_now, others)], [*again, *new])


def _posted(data: QueryDict, prefix: str) -> list[Row]:
    rows: dict[int, Row] = {}
    for name, values in data.lists():
        if found := re.fullmatch(rf"{prefix}-(\d{{1,4}})-(\w+)", name):
            rows.setdefault(int(found[1]), {})[found[2]] = [str(value) for value in values]
    return [row for _, row in sorted(rows.items())]


def _pk(row: Row) -> str:
    return row.get("id", [""])[-1]


def _now(form: Any) -> Row:
    """A row as its form shows it."""
    row = {}
    for name, field in form.fields.items():
        value = field.prepare_value(form[name].value())
        listed = value if isinstance(value, list) else [value]
        row[name] = ["" if each is None else str(each) for each in listed]
    row.pop(DELETION_FIELD_NAME, None)
    return row


def _put(data: QueryDict, prefix: str, old: list[Row], new: Iterable[Row]) -> None:
    for name in [name for name in data if re.match(rf"{prefix}-\d+-", name)]:
        del data[name]
    rows = [*old, *new]
    data[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(len(old))
    data[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows))
    for at, row in enumerate(rows):
        for field, values in row.items():
            data.setlist(f"{prefix}-{at}-{field}", values)
