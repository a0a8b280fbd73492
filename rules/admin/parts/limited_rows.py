"""Inline rows of which a page may have a limited number."""

from typing import ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.text import capfirst

from rules.document.limits import CountLimit

Row = TypeVar("Row", bound=Model)
Owner = TypeVar("Owner", bound=Model)


class LimitedFormSet(forms.BaseInlineFormSet[Row, Owner, forms.ModelForm[Row]]):
    """Inline rows that are refused if they become more than the limit allows.

    A page that has more already may have fewer: it was stored before there was a limit.
    """

    limit: ClassVar[CountLimit]

    @property
    def remaining_forms(self) -> list[forms.ModelForm[Row]]:
        """The forms of the rows that will exist after the save. All forms were validated already."""
        filled = [form for form in self.forms if form.instance.pk or form.has_changed()]
        return [form for form in filled if not form.cleaned_data.get(DELETION_FIELD_NAME)]

    def clean(self) -> None:
        count = len(self.remaining_forms)
        if count > max(self.limit.maximum, len(self.get_queryset())):
            raise ValidationError(str(capfirst(self.limit.refusal_sentence(count, "aurait"))))
        super().clean()
