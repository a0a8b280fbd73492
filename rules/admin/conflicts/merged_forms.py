"""Fields of a page that others have saved meanwhile: what each side changed.

A page says what it showed when it was made (`made`). What is posted as it was shown takes the
value that others saved; what both sides changed keeps what was typed, with a word of the other.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.text import Truncator

from rules.comparison.change import MAX_EXCERPT_CHARACTERS
from rules.sentences import quote_text

Row = dict[str, list[str]]
"""What is shown or posted of a form, by field."""
Made = dict[str, Row]
"""What a page showed, by `place`."""


class MarkedForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's has no parameter
    """Refused where `others` changed a field that is changed here too; tells their value."""

    made: ClassVar[Made] = {}
    changed_by: ClassVar[str] = ""
    """Who else saved since the page was made; empty where nobody did."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self._changed_twice() if self.changed_by else ():
            self.add_error(name, f"{self.changed_by}\u00a0: {_words(self, name)}")
        return cleaned

    def _changed_twice(self) -> list[str]:
        data: Any = self.data
        sent = {name: data.getlist(self.add_prefix(name)) for name in self.fields}
        return [
            name
            for name, was in self.made.get(place(self), {}).items()
            if name in sent and _three(sent[name], was, shown(self, name))
        ]


def place(form: Any) -> str:
    """Nothing for the form of the page; the formset and the id for that of a row."""
    return f"{form.prefix.rpartition('-')[0]}-{form.instance.pk}" if form.prefix else ""


def row_shown(form: Any) -> Row:
    """As it is saved, whatever is posted."""
    names = [name for name in form.fields if name != DELETION_FIELD_NAME]
    return {name: shown(form, name) for name in names}


def shown(form: Any, name: str) -> list[str]:
    value = form.fields[name].prepare_value(form[name].initial)
    listed = value if isinstance(value, list) else [value]
    return ["" if each is None else str(each) for each in listed]


def made_written(form: Any, formsets: Iterable[Any]) -> str:
    rows = [row for formset in formsets for row in formset.initial_forms]
    return json.dumps({place(each): row_shown(each) for each in (form, *rows)})


def made_read(text: str) -> Made:
    """Nothing of what no page of ours has written."""
    try:
        made = json.loads(text)
        return {
            str(at): {str(name): [str(each) for each in values] for name, values in row.items()}
            for at, row in made.items()
        }
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}


def form_settle(data: QueryDict, form: Any, made: Made) -> None:
    """`form` says what is saved now."""
    sent = {name: data.getlist(name) for name in form.fields}
    for name, values in merged(sent, form, made).items():
        data.setlist(name, values)


def merged(sent: Row, form: Any, made: Made) -> Row:
    """What was sent, but what is saved now where the page was left as it was."""
    was, now = made.get(place(form), {}), row_shown(form)
    left = {name for name in was if name in now and same(sent.get(name, []), was[name])}
    return sent | {name: now[name] for name in left}


def same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Forms send Windows line ends, and check boxes in their own order."""
    return _plain(one) == _plain(other)


def _plain(values: Sequence[str]) -> list[str]:
    return sorted(value.replace("\r\n", "\n") for value in values)


def _three(sent: Sequence[str], was: Sequence[str], now: Sequence[str]) -> bool:
    return not (same(sent, was) or same(now, was) or same(sent, now))


def _words(form: Any, name: str) -> str:
    """What is saved now in a field, as people read it."""
    choices: Any = flatten_choices(getattr(form.fields[name], "choices", ()))
    labels = {str(key): label for key, label in choices}
    words = [str(labels.get(value, value)) for value in shown(form, name) if value]
    listed = [quote_text(Truncator(each).chars(MAX_EXCERPT_CHARACTERS)) for each in words]
    return ", ".join(listed) or "vide"
