"""The part of a form that says where something leads: to a part of the guide, or to a new one.

The field with search is an input with a list of what can be typed: browsers show the list and search it,
without a script. The server takes whatever is typed, if it is found in one name only.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rules.admin.form_fields import LineField, LinesField, RadioButtons
from rules.counts import cap_list
from rules.document.labels import label_refusals
from rules.document.limits import CHOICE_LIMIT, TITLE_LENGTH
from rules.edits.new_parts import NewConclusion, NewQuestion
from rules.engine.content import GuideContent, Scope, Tone
from rules.lookup.folded_text import fold_text, has_word, search_words
from rules.parcours.stops import Destination
from rules.sentences import SCOPE_LABELS, TONE_LABELS, question_name, quote_text

YES_OR_NO = ("Oui", "Non")
MAX_NAMES_LISTED = 5
"""How many names that contain what was typed a refusal lists."""


class DestinationKind(StrEnum):
    EXISTING = "existing"
    NEW_QUESTION = "question"
    NEW_CONCLUSION = "conclusion"


KIND_LABELS = {
    DestinationKind.EXISTING: "Déjà dans le guide",
    DestinationKind.NEW_QUESTION: "Nouvelle question…",
    DestinationKind.NEW_CONCLUSION: "Nouvelle conclusion…",
}


class SearchInput(forms.TextInput):
    """A text with a list of what can be typed, which browsers search."""

    names: Mapping[str, Destination] = {}

    def render(
        self,
        name: str,
        value: object,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """Adds the list after the input."""
        list_id = f"{(attrs or {}).get('id', name)}_list"
        attrs = {**(attrs or {}), "list": list_id, "autocomplete": "off"}
        options = format_html_join("", '<option value="{}">', ((text,) for text in self.names))
        shown = super().render(name, value, attrs, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', shown, list_id, options)


class DestinationForm(forms.Form):
    """A form of which the valid one has a `destination`: existing parts, or a part to be created."""

    kinds = tuple(DestinationKind)
    """What the form offers; the first is ticked when it opens."""

    kind = forms.ChoiceField(label="Mène à", widget=RadioButtons)
    sought = LineField(
        label="Question ou conclusion",
        required=False,
        widget=SearchInput(attrs={"class": "vTextField", "autofocus": True}),
        help_text="Tapez quelques lettres de son nom.",
    )
    title = LineField(
        label="Titre",
        required=False,
        max_length=TITLE_LENGTH,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    choices = LinesField(
        label="Réponses", required=False, help_text="Une par ligne. Vide\u00a0: Oui et Non."
    )
    scope = forms.ChoiceField(
        label="Porte sur", choices=[(scope.value, SCOPE_LABELS[scope]) for scope in Scope]
    )
    tone = forms.ChoiceField(
        label="Ton", choices=[(tone.value, TONE_LABELS[tone]) for tone in Tone]
    )

    def __init__(self, *args: Any, draft: GuideContent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(value, KIND_LABELS[value]) for value in self.kinds]
        kind.initial = self.kinds[0]
        widget = self.fields["sought"].widget
        assert isinstance(widget, SearchInput)
        widget.names = dict(self.list_destinations())

    def list_destinations(self) -> Iterator[tuple[str, Destination]]:
        """Yields the name of each part of the guide that can be a destination."""
        for question in self.draft.questions:
            yield question_name(self.draft, question.key), Destination(question.key)
        for outcome in self.draft.outcomes:
            if outcome.final:
                yield outcome.title, Destination(outcomes=(outcome.key,))

    def clean_kind(self) -> DestinationKind:
        return DestinationKind(self.cleaned_data["kind"])

    def clean(self) -> None:
        """Makes the `destination`, and refuses what is missing for it."""
        super().clean()
        match self.cleaned_data.get("kind"):
            case DestinationKind.EXISTING:
                self.cleaned_data["destination"] = self.find_destination()
            case DestinationKind.NEW_QUESTION:
                self.cleaned_data["destination"] = self.make_question()
            case DestinationKind.NEW_CONCLUSION:
                title, tone = self.require_title(), self.cleaned_data.get("tone", Tone.INFO)
                self.cleaned_data["destination"] = NewConclusion(title, Tone(tone))

    @property
    def destination(self) -> Destination | NewQuestion | NewConclusion:
        chosen = self.cleaned_data["destination"]
        assert isinstance(chosen, Destination | NewQuestion | NewConclusion)
        return chosen

    def find_destination(self) -> Destination | None:
        """Returns what was typed in full, or else the only destination with all its words."""
        names = dict(self.list_destinations())
        text = self.cleaned_data.get("sought", "")
        if found := names.get(text):
            return found
        words = search_words(text)
        fitting = [name for name in names if all(has_word(fold_text(name), word) for word in words)]
        if words and len(fitting) == 1:
            return names[fitting[0]]
        if not words:
            refusal = "Choisissez où cela mène."
        elif not fitting:
            refusal = f"Rien dans ce guide ne s’appelle {quote_text(text)}."
        else:
            listed = cap_list(map(quote_text, fitting), "nom{s}", str, limit=MAX_NAMES_LISTED)
            names_listed = ", ".join(listed).removesuffix(".")
            refusal = f"Plusieurs noms contiennent {quote_text(text)}\u00a0: {names_listed}."
        self.add_error("sought", refusal)
        return None

    def make_question(self) -> NewQuestion:
        labels = tuple(self.cleaned_data.get("choices") or YES_OR_NO)
        refusals = [refusal for _, refusal in label_refusals([(label, ()) for label in labels])]
        if len(labels) > CHOICE_LIMIT.maximum:
            refusals = [CHOICE_LIMIT.refusal_sentence(len(labels))]
        if refusals:
            self.add_error("choices", ValidationError(refusals))
        scope = Scope(self.cleaned_data.get("scope", Scope.PUPIL))
        return NewQuestion(self.require_title(), labels, scope)

    def require_title(self) -> str:
        title = str(self.cleaned_data.get("title", ""))
        if not title and "title" not in self.errors:
            self.add_error("title", "Donnez-lui un titre.")
        return title
