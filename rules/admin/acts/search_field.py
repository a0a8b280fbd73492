"""The field with search: what people type names one of several things.

It is an input with a list of what can be typed: browsers show the list and search it, without a script.
The server takes whatever is typed, if it is found in one name only.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rules.admin.form_fields import LineField
from rules.counts import cap_list
from rules.lookup.folded_text import fold_text, has_word, search_words
from rules.sentences import quote_text

MAX_NAMES_LISTED = 5
"""How many names that contain what was typed a refusal lists."""


class SearchInput(forms.TextInput):
    """A text with a list of what can be typed, which browsers search."""

    names: Collection[str] = ()
    list_id = ""
    """The id of the list if another field of the page has it already."""

    def render(
        self,
        name: str,
        value: object,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """Adds the list after the input."""
        list_id = self.list_id or f"{(attrs or {}).get('id', name)}_list"
        attrs = {**(attrs or {}), "list": list_id, "autocomplete": "off"}
        shown = super().render(name, value, attrs, renderer)
        return (
            shown if self.list_id else format_html("{}{}", shown, render_names(list_id, self.names))
        )


def render_names(list_id: str, names: Collection[str]) -> SafeString:
    """Returns the list of what can be typed into a field."""
    options = format_html_join("", '<option value="{}">', ((name,) for name in names))
    return format_html('<datalist id="{}">{}</datalist>', list_id, options)


class SearchField(LineField):
    """A field whose value is one of several things, found by its name; None if nothing is typed."""

    widget = SearchInput
    creates = False
    """True if what is found in no name is the value of the field: the name of something new."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.named: Mapping[str, object] = {}
        """What the field can find, by its names."""

    def offer_names(self, named: Mapping[str, object]) -> None:
        """Says what the field can find, by its names."""
        self.named = self.widget.names = named

    def clean(self, value: object) -> object:
        text = str(super().clean(value))
        if text in self.named:
            return self.named[text]
        words = search_words(text)
        fitting = [
            name for name in self.named if all(has_word(fold_text(name), word) for word in words)
        ]
        if not words:
            return text if self.creates and text else None
        if len(fitting) == 1:
            return self.named[fitting[0]]
        if not fitting:
            if self.creates:
                return text
            raise ValidationError(f"Rien dans ce guide ne s’appelle {quote_text(text)}.")
        listed = cap_list(map(quote_text, fitting), "nom{s}", str, limit=MAX_NAMES_LISTED)
        names_listed = ", ".join(listed).removesuffix(".")
        raise ValidationError(
            f"Plusieurs noms contiennent {quote_text(text)}\u00a0: {names_listed}."
        )
