"""The summary of errors at the top of a form: each error is a link to its field.

The tags also give the focus to the first field that is wrong. In a template they come before the
fields, because they change attributes of the fields.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.contrib.admin.helpers import AdminForm, InlineAdminFormSet
from django.contrib.admin.utils import flatten, flatten_fieldsets
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms.boundfield import BoundField
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.safestring import SafeData
from django.utils.text import capfirst

register = template.Library()

_TEMPLATE = "admin/rules/error_summary.html"


@dataclass(frozen=True, slots=True)
class FormError:
    """An error of a form."""

    message: str
    anchor: str = ""
    """The id of the field that is wrong; empty if it is hidden, or if the error is about none."""
    attributes: dict[str, Any] | None = None
    """The HTML attributes of that field."""


@register.inclusion_tag(_TEMPLATE)
def form_error_summary(form: forms.BaseForm) -> dict[str, object]:
    """Shows the errors of a form that has no inline rows."""
    return _summary_context(form, [*_field_errors(form, form.fields)])


@register.inclusion_tag(_TEMPLATE)
def rows_error_summary(rows: forms.BaseFormSet[forms.Form], name: str) -> dict[str, object]:
    """Shows the errors of a form that consists of rows, each called by a name and its number."""
    errors = [
        error
        for number, row in enumerate(rows.forms, 1)
        for error in _field_errors(row, row.fields, f"{name} n°\u00a0{number}")
    ]
    return _summary_context(rows.empty_form, errors)


@register.inclusion_tag(_TEMPLATE)
def page_error_summary(
    page_form: AdminForm,
    inlines: Iterable[InlineAdminFormSet],
    fieldsets_before_inlines: int | None = None,
) -> dict[str, object]:
    """Shows the errors of a page of Django's admin, in the order of the page.

    `fieldsets_before_inlines` is how many fieldsets come before the inline rows; None means all.
    """
    form, fieldsets = page_form.form, page_form.fieldsets
    index = len(fieldsets) if fieldsets_before_inlines is None else fieldsets_before_inlines
    before, after = (
        [str(name) for _, options in part for name in flatten([*options["fields"]])]
        for part in (fieldsets[:index], fieldsets[index:])
    )
    unshown = [name for name in form.fields if name not in {*before, *after}]
    errors = [*_field_errors(form, before)]
    for inline in inlines:
        errors += _inline_errors(inline)
    errors += _field_errors(form, after)
    errors += [FormError(error.message) for error in _field_errors(form, unshown)]
    return _summary_context(form, errors)


def _summary_context(form: forms.BaseForm, errors: list[FormError]) -> dict[str, object]:
    """Returns the context of the summary, and gives the focus to the first field that is wrong."""
    attributes = next((error.attributes for error in errors if error.attributes is not None), None)
    if errors or form.non_field_errors():
        for field in form.fields.values():  # Django focuses the first field of some forms
            field.widget.attrs.pop("autofocus", None)
    if attributes is not None:
        attributes["autofocus"] = True
    return {
        "general_errors": form.non_field_errors(),
        "errors": errors,
        "is_focused": attributes is None,
    }


def _field_errors(
    form: forms.BaseForm, names: Iterable[str], row_name: str = ""
) -> Iterator[FormError]:
    """Yields the errors of fields, preceded by the name of their inline row, if any."""
    for name in names:
        if name not in form.errors:
            continue
        field = form[name]
        label = ", ".join(filter(None, (row_name, capfirst(str(field.label)))))
        anchor, attributes = _first_input(field)
        for message in field.errors:
            text = f"{label}\u00a0: {_first_text(message)}"
            yield FormError(text) if field.is_hidden else FormError(text, anchor, attributes)


def _first_input(field: BoundField) -> tuple[str, dict[str, Any]]:
    """Returns the id and the attributes of the first input of a field, which may be a group."""
    widget = field.field.widget
    anchor = widget.id_for_label(field.auto_id) or f"{field.auto_id}_0"
    if widget.use_fieldset:  # Django describes the inputs of a group by nothing
        widget.attrs["aria-describedby"] = f"{field.auto_id}_error"
    if isinstance(widget, RelatedFieldWidgetWrapper):
        return anchor, widget.widget.attrs
    return anchor, (widget.widgets[0] if isinstance(widget, forms.MultiWidget) else widget).attrs


def _inline_errors(inline: InlineAdminFormSet) -> Iterator[FormError]:
    """Yields the errors of inline rows as a whole, then of each row with its number on the page."""
    formset, name = inline.formset, capfirst(str(inline.opts.verbose_name))
    heading: dict[str, Any] = {}
    formset.heading_attributes = heading
    for message in formset.non_form_errors():
        yield FormError(_first_text(message), f"{formset.prefix}-heading", heading)
    for number, row in enumerate(formset.forms, 1):
        if not row.is_bound or getattr(row, "cleaned_data", {}).get(DELETION_FIELD_NAME):
            continue
        row_name = f"{name} n°\u00a0{number}"
        first_input = _first_input(row[flatten_fieldsets(inline.fieldsets)[0]])
        for message in row.non_field_errors():
            yield FormError(f"{row_name}\u00a0: {_first_text(message)}", *first_input)
        yield from _field_errors(row, row.fields, row_name)


def _first_text(message: object) -> str:
    """Returns a message, or what it says before the list or the link that it contains as HTML."""
    text = str(message)
    return text.partition("<")[0].rstrip(" \u00a0:") if isinstance(message, SafeData) else text
