"""Rows posted from a page that others have changed meanwhile, beside those there are now."""

import re
from collections.abc import Iterable
from typing import Any

from django.forms import BaseInlineFormSet
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict

from rules.admin.conflicts.merged_forms import Made, Row, merged, row_shown, same


def rows_settle(
    data: QueryDict, formset: "BaseInlineFormSet[Any, Any, Any]", made: Made, *, changed: bool
) -> None:
    """Makes new rows of those that are gone: what was typed in them is not lost.

    `formset` says which rows there are. Where others `changed` them, what they added joins the
    page, and what was left as the page showed it is as they left it, changed or gone.
    """
    prefix = str(formset.prefix)
    posted = _posted(data, prefix)
    there = {str(form.instance.pk): form for form in formset.initial_forms}
    gone = [row for row in posted if _pk(row) and _pk(row) not in there]
    ids = {_pk(row) for row in posted}
    others = [form for pk, form in there.items() if pk not in ids] if changed else []
    owner = formset.instance.pk
    if owner and not gone and not changed:
        return
    kept = [row for row in posted if _pk(row) in there]
    if changed:
        kept = [merged(row, there[_pk(row)], made) for row in kept]
    new = [row | {"id": [""]} for row in posted if not _pk(row)]
    again = [
        row | {"id": [""]}
        for row in gone
        if DELETION_FIELD_NAME not in row
        and not (owner and _left(row, made.get(f"{prefix}-{_pk(row)}")))
    ]
    for row in (*kept, *again, *new):
        row[formset.fk.name] = [str(owner or "")]
    _put(data, prefix, [*kept, *map(row_shown, others)], [*again, *new])


def _posted(data: QueryDict, prefix: str) -> list[Row]:
    rows: dict[int, Row] = {}
    for name, values in data.lists():
        if found := re.fullmatch(rf"{prefix}-(\d{{1,4}})-(\w+)", name):
            rows.setdefault(int(found[1]), {})[found[2]] = [str(value) for value in values]
    return [row for _, row in sorted(rows.items())]


def _pk(row: Row) -> str:
    return row.get("id", [""])[-1]


def _left(row: Row, was: Row | None) -> bool:
    """Whether a row is sent as the page showed it."""
    return was is not None and all(same(row.get(name, []), was[name]) for name in was)


def _put(data: QueryDict, prefix: str, old: list[Row], new: Iterable[Row]) -> None:
    for name in [name for name in data if re.match(rf"{prefix}-\d+-", name)]:
        del data[name]
    rows = [*old, *new]
    data[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(len(old))
    data[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows))
    for at, row in enumerate(rows):
        for field, values in row.items():
            data.setlist(f"{prefix}-{at}-{field}", values)
