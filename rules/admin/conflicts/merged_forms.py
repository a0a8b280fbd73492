"""The three-way merge of a form that someone else has saved since its page was opened.

Each field has three values: the value that the page showed, the posted value and the value that is
saved now. A field that is posted as it was shown takes the saved value. A field that both people
have changed keeps the posted value, and an error beside it quotes the saved value.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import ClassVar, TypeVar

from django import forms
from django.db.models import Model
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.text import Truncator

from rules.comparison.change_sentences import MAX_EXCERPT_CHARACTERS
from rules.sentences import quote_text

SHOWN_VALUES_FIELD = "made"  # its name in the HTML, which has not changed
"""The name of the hidden field that holds the values that a page shows when it is opened."""

FieldValues = dict[str, list[str]]
"""The values of one form by field name. A group of check boxes has several values or none."""
FieldDigests = dict[str, str]
"""The `values_digest` of the values of each field of one form, by field name."""
PageDigests = dict[str, FieldDigests]
"""The digests of all the forms of a page, by the `form_id` of the form."""
DIGEST_LENGTH = 16
"""How many hexadecimal digits of its SHA-256 stand for a value that a page showed."""

Row = TypeVar("Row", bound=Model)


class MergedForm(forms.ModelForm[Row]):
    """A form with an error on each field that two people have changed to different values."""

    shown_values: ClassVar[PageDigests] = {}
    """The digests of the values that the page showed when it was opened."""
    changed_by: ClassVar[str] = ""
    """Who else has saved since the page was opened; empty if nobody has."""

    @property
    def form_id(self) -> str:
        """The formset and the primary key of an inline row, such as `choices-12`.

        It is empty for the main form of a page.
        """
        return f"{self.prefix.rpartition('-')[0]}-{self.instance.pk}" if self.prefix else ""

    @property
    def saved_values(self) -> FieldValues:
        """The saved values by field name, whatever is posted."""
        names = [name for name in self.fields if name != DELETION_FIELD_NAME]
        return {name: self.saved_field_values(name) for name in names}

    def saved_field_values(self, name: str) -> list[str]:
        """Returns the saved values of a field."""
        return _listed_values(self.fields[name].prepare_value(self[name].initial))

    def merge_posted_values(self, posted: FieldValues) -> FieldValues:
        """Returns the posted values, with the saved value of each field that is posted as shown."""
        shown, saved = self.shown_values.get(self.form_id, {}), self.saved_values
        unchanged = {
            name
            for name in shown
            if name in saved and values_digest(posted.get(name, [])) == shown[name]
        }
        return posted | {name: saved[name] for name in unchanged}

    def clean(self) -> None:
        super().clean()
        for name in self._conflicting_fields() if self.changed_by else ():
            choices: Iterable[tuple[object, object]]
            choices = flatten_choices(getattr(self.fields[name], "choices", ()))
            labels = {str(key): str(label) for key, label in choices}
            excerpts = [
                Truncator(labels.get(value, value)).chars(MAX_EXCERPT_CHARACTERS)
                for value in self.saved_field_values(name)
                if value
            ]
            quoted = ", ".join(map(quote_text, excerpts)) or "vide"
            self.add_error(name, f"{self.changed_by}\u00a0: {quoted}")

    def _conflicting_fields(self) -> list[str]:
        """Returns the fields whose shown, posted and saved values are all different."""
        found = []
        for name, shown in self.shown_values.get(self.form_id, {}).items():
            if name in self.fields:
                posted, saved = _listed_values(self[name].data), self.saved_field_values(name)
                if len({shown, values_digest(posted), values_digest(saved)}) == 3:
                    found.append(name)
        return found


MergedFormSet = forms.BaseInlineFormSet[Model, Model, MergedForm[Model]]


def _listed_values(value: object) -> list[str]:
    """Returns the values of a field, which may have several values or one, as texts."""
    values = value if isinstance(value, list) else [value]
    return ["" if value is None else str(value) for value in values]


def write_shown_values(form: MergedForm[Row], formsets: Iterable[MergedFormSet]) -> str:
    """Returns, as JSON, the digests of the values that a page shows in its form and its inline rows.

    The values themselves would double the length of the page and of what it sends.
    """
    rows = [row for formset in formsets for row in formset.initial_forms]
    saved = {form.form_id: form.saved_values} | {row.form_id: row.saved_values for row in rows}
    return json.dumps(
        {
            form_id: {name: values_digest(values) for name, values in fields.items()}
            for form_id, fields in saved.items()
        }
    )


def read_shown_values(text: str) -> PageDigests:
    """Returns the digests in a text of `write_shown_values`; an empty dict for any other text."""
    try:
        return {
            str(name): {str(field): str(digest) for field, digest in fields.items()}
            for name, fields in json.loads(text).items()
        }
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}


def merge_posted_form(data: QueryDict, form: MergedForm[Row]) -> None:
    """Merges the posted values in `data` with the saved values, which `form` has."""
    posted = {name: data.getlist(name) for name in form.fields}
    for name, values in form.merge_posted_values(posted).items():
        data.setlist(name, values)


def values_digest(values: Sequence[str]) -> str:
    """Returns a short text that is the same for the same values in any order, with any line ends.

    Empty values do not count: a browser does not send a field that is disabled.
    """
    text = json.dumps(sorted(value.replace("\r\n", "\n") for value in values if value))
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]
