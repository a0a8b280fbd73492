"""The form fields of the texts that editors write."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.utils.text import capfirst

from rules.document.labels import line_refusal
from rules.document.limits import TITLE_LENGTH
from rules.document.link_addresses import markdown_link_refusals

LAST_POSITION = 10_000
"""The position of a new row, after all others. The save then numbers the rows from 1 again."""

_NO_CONTROL_CHARACTERS = RegexValidator(
    r"[\x00-\x08\x0b-\x1f\x7f]",
    "Ce texte contient un caractère invisible interdit.",
    inverse_match=True,
)
_ONE_LINE = RegexValidator(r"\n", "Ce texte tient sur une seule ligne.", inverse_match=True)


def validate_line(text: str) -> None:
    """Raises `ValidationError` if documents refuse a text of one line."""
    if refusal := line_refusal(text):
        raise ValidationError(capfirst(refusal))


def validate_links(text: str) -> None:
    """Raises `ValidationError`, with all refusals, if documents refuse a link of a Markdown text."""
    if refusals := markdown_link_refusals(text):
        raise ValidationError([capfirst(refusal) for refusal in refusals])


class LineField(forms.CharField):
    """A text on a single line."""

    default_validators = [_NO_CONTROL_CHARACTERS, _ONE_LINE, validate_line]


class SentenceField(LineField):
    """A sentence, such as a reason, that people write when they publish, restore or refuse."""

    widget = AdminTextInputWidget(attrs={"class": "vTextField"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, **kwargs)


class RadioButtons(forms.RadioSelect):
    """Radio buttons of which the first, and no other, may have the focus when a page opens."""

    def create_option(
        self,
        name: str,
        value: object,
        label: str | int,
        selected: bool,
        index: int,
        subindex: int | None = None,
        attrs: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        if index:
            option["attrs"].pop("autofocus", None)
        return option


class LongTextField(forms.CharField):
    """A text of several lines. It is saved as it was typed, but with Unix line ends."""

    default_validators = [_NO_CONTROL_CHARACTERS]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"strip": False})

    def to_python(self, value: object) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class MarkdownField(LongTextField):
    """A long text in Markdown, in which no link is refused."""

    default_validators = [_NO_CONTROL_CHARACTERS, validate_links]


class LinesField(forms.Field):
    """A list of short texts, with one text on each line."""

    widget = AdminTextareaWidget(attrs={"rows": 3})

    def prepare_value(self, value: object) -> object:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: object) -> list[str]:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def run_validators(self, value: list[str]) -> None:
        for line in value:
            for validate in (
                _NO_CONTROL_CHARACTERS,
                MaxLengthValidator(TITLE_LENGTH),
                validate_line,
            ):
                validate(line)

    def has_changed(self, initial: object, data: object) -> bool:
        return bool((initial or []) != self.to_python(data))


class KnownRowField(forms.ModelChoiceField[models.Model]):
    """A choice among rows that are read already: unlike Django's field, it makes no query."""

    rows: Mapping[str, models.Model]
    """The rows by their ids."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(None, **kwargs)
        self.rows = {}

    def to_python(self, value: object) -> models.Model | None:
        if value in self.empty_values:
            return None
        if row := self.rows.get(str(value)):
            return row
        raise ValidationError(
            self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
        )


FORM_FIELDS: dict[type[models.Field[str, str]], dict[str, object]] = {
    models.CharField: {"form_class": LineField, "widget": AdminTextInputWidget},
    models.TextField: {
        "form_class": MarkdownField,
        "widget": AdminTextareaWidget(attrs={"rows": 4}),
    },
}
"""The form field of each kind of model field, for the `formfield_overrides` of Django's admin."""
