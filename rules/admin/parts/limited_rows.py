"""Inline rows of which a page may have a limited number, and which are saved together."""

from functools import cached_property
from typing import ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.text import capfirst

from rules.admin.form_fields import KnownRowField
from rules.counts import format_number
from rules.document.limits import CountLimit

Row = TypeVar("Row", bound=Model)
Owner = TypeVar("Owner", bound=Model)


class LimitedFormSet(forms.BaseInlineFormSet[Row, Owner, forms.ModelForm[Row]]):
    """Inline rows that are refused if they become more than the limit allows.

    If more are stored already, from before there was a limit, the page shows as many as the limit
    allows, so that it can always be sent, and some can be deleted. The number of queries of a save
    does not depend on the number of rows.
    """

    model: type[Row]
    limit: ClassVar[CountLimit]

    @cached_property
    def hidden_count(self) -> int:
        """How many rows the page does not show, after those that it shows."""
        return max(0, len(super().get_queryset()) - self.limit.maximum)

    @cached_property
    def _shown_rows(self) -> QuerySet[Row]:
        rows = super().get_queryset()
        if self.hidden_count:
            rows = rows.filter(pk__in=[row.pk for row in rows[: self.limit.maximum]])
        return rows

    def get_queryset(self) -> QuerySet[Row]:
        """Returns the rows that the page shows."""
        return self._shown_rows

    @property
    def hidden_sentence(self) -> str:
        """Says that the page does not show all rows; empty if it does."""
        if not self.hidden_count:
            return ""
        shown, stored = len(self.get_queryset()), len(self.get_queryset()) + self.hidden_count
        sentence = capfirst(self.limit.refusal_sentence(stored))
        return (
            f"{sentence} Cette page montre les {format_number(shown)} premières. Supprimez-en\u00a0: "
            "les suivantes apparaîtront ensuite."
        )

    @cached_property
    def saved_rows(self) -> dict[str, Row]:
        """The rows that were read for this page, by their ids."""
        return {str(row.pk): row for row in self.get_queryset()}

    def add_fields(self, form: forms.ModelForm[Row], index: int | None) -> None:
        super().add_fields(form, index)
        name = self.model._meta.pk.name
        row_id = KnownRowField(
            initial=form.fields[name].initial, required=False, widget=forms.HiddenInput
        )
        row_id.rows = self.saved_rows
        form.fields[name] = row_id
        # Django's admin asks, row by row, whether something protects a row that is deleted.
        form.hand_clean_DELETE = _do_nothing  # type: ignore[attr-defined]  # of Django's subclass

    @property
    def remaining_forms(self) -> list[forms.ModelForm[Row]]:
        """The forms of the rows that will exist after the save. All forms were validated already."""
        filled = [form for form in self.forms if form.instance.pk or form.has_changed()]
        return [form for form in filled if not form.cleaned_data.get(DELETION_FIELD_NAME)]

    def clean(self) -> None:
        count = len(self.remaining_forms) + self.hidden_count
        if count > max(self.limit.maximum, len(self.get_queryset()) + self.hidden_count):
            raise ValidationError(str(capfirst(self.limit.refusal_sentence(count, "aurait"))))
        super().clean()

    def save(self, commit: bool = True) -> list[Row]:
        """Saves all rows with one query for each kind of change, or a few if they are very many."""
        saved = super().save(commit=False)
        table = self.model._default_manager
        table.filter(pk__in=[row.pk for row in self.deleted_objects]).delete()
        if self.changed_objects:
            table.bulk_update([row for row, _ in self.changed_objects], self._editable_columns)
        table.bulk_create(self.new_objects)
        self.save_m2m()
        return saved

    @property
    def _editable_columns(self) -> list[str]:
        """The columns that a form of a row may change."""
        columns = {field.name for field in self.model._meta.local_concrete_fields}
        return [name for name in self.form.base_fields if name in columns]


def _do_nothing() -> None:
    """Replaces a check that no row needs: the formset refuses to delete a row in use."""
