"""The part of a form that says where something leads: to a part of the guide, or to a new one."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rules.admin.acts.search_field import SearchField, SearchInput
from rules.admin.form_fields import LineField, LinesField, RadioButtons
from rules.document.labels import label_refusals
from rules.document.limits import CHOICE_LIMIT, TITLE_LENGTH
from rules.edits.acts.new_parts import NewConclusion, NewQuestion
from rules.engine.content import GuideContent, Scope, Tone
from rules.parcours.stops import Destination
from rules.sentences import SCOPE_LABELS, TONE_LABELS, question_name

YES_OR_NO = ("Oui", "Non")


class DestinationKind(StrEnum):
    EXISTING = "existing"
    NEW_QUESTION = "question"
    NEW_CONCLUSION = "conclusion"


KIND_LABELS = {
    DestinationKind.EXISTING: "Déjà dans le guide",
    DestinationKind.NEW_QUESTION: "Nouvelle question…",
    DestinationKind.NEW_CONCLUSION: "Nouvelle conclusion…",
}


def name_destinations(draft: GuideContent) -> Iterator[tuple[str, Destination]]:
    """Yields all questions and conclusions of a guide, each with its name."""
    for question in draft.questions:
        yield question_name(draft, question.key), Destination(question.key)
    for outcome in draft.outcomes:
        if outcome.final:
            yield outcome.title, Destination(outcomes=(outcome.key,))


class DestinationForm(forms.Form):
    """A form of which the valid one has a `destination`: existing parts, or a part to be created."""

    kinds = tuple(DestinationKind)
    """What the form offers; the first is ticked when it opens."""

    legend = "Mène à"

    kind = forms.ChoiceField(widget=RadioButtons)
    sought = SearchField(
        label="Question ou conclusion",
        required=False,
        widget=SearchInput(attrs={"class": "vTextField"}),
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
        label="Porte sur",
        choices=[(scope.value, SCOPE_LABELS[scope]) for scope in Scope],
        initial=Scope.PUPIL.value,
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
        kind.initial = self.initial.get("kind", self.kinds[0])
        sought = self.fields["sought"]
        assert isinstance(sought, SearchField)
        sought.offer_names(dict(self.list_destinations()))
        is_sought = self["kind"].value() == DestinationKind.EXISTING
        first = sought if is_sought else self.fields["title"]
        first.widget.attrs["autofocus"] = True

    def list_destinations(self) -> Iterator[tuple[str, Destination]]:
        """Yields what can be a destination, each with its name."""
        return name_destinations(self.draft)

    def clean_kind(self) -> DestinationKind:
        return DestinationKind(self.cleaned_data["kind"])

    def clean(self) -> None:
        """Makes the `destination`, and refuses what is missing for it."""
        super().clean()
        if self.cleaned_data.get("kind") is not DestinationKind.EXISTING:
            self.errors.pop("sought", None)
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

    def find_destination(self) -> object:
        """Returns what was found, which is refused unless it is something."""
        found = self.cleaned_data.get("sought")
        if found is None and "sought" not in self.errors:
            self.add_error("sought", "Choisissez où cela mène.")
        return found

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
