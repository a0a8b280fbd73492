"""The rows of a form that has all choices of a question: their order, where they lead, and new ones."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import takewhile
from typing import Any, cast

from django import forms

from rules.admin.acts.destination_form import YES_OR_NO, name_destinations
from rules.admin.acts.search_field import SearchField
from rules.admin.form_fields import LineField
from rules.document.limits import CHOICE_LIMIT, TITLE_LENGTH
from rules.edits.acts.add_choices import NewChoice
from rules.edits.acts.lead import NewDestination
from rules.edits.acts.new_parts import NewConclusion, NewQuestion
from rules.edits.edit import MappedDraft
from rules.engine.content import GuideContent
from rules.lookup.folded_text import fold_text
from rules.parcours.stops import Destination, Line
from rules.sentences import quote_text

EMPTY_ROWS = 3
"""How many rows for new choices a form has when it opens."""
DESTINATIONS_ID = "destinations"
"""The id of the list of what can be typed, which all rows share."""
NEW_ROW_NAMES_ID = "destinations-ou-comme"
"""The id of the list for new choices, which may also be like another one."""
CLOSE_ENOUGH = 0.85
"""How much of two names must be the same for one to be taken for a slip of the pen."""
DEPENDS_ON_ANSWERS = "selon les réponses précédentes"


@dataclass(frozen=True, slots=True)
class LikeChoice:
    """What is typed as « comme Mail »: the new choice goes where that one goes."""

    key: str


class TypedDestinationField(SearchField):
    """A destination by its name. What no part is called is a new one.

    A new question ends with a question mark, and its choices may follow: « À jour ? Fait / À faire ».
    Otherwise they are Oui and Non.
    """

    creates = True

    def clean(self, value: object) -> object:
        found = super().clean(value)
        return read_new_part(found) if isinstance(found, str) else found

    def find_close_name(self, text: str) -> str:
        """Returns the name that differs from a text by a slip of the pen; empty if none does."""
        names = {fold_text(name): name for name in self.named if digits_in(name) == digits_in(text)}
        close = get_close_matches(fold_text(text), names, n=1, cutoff=CLOSE_ENOUGH)
        return names[close[0]] if close else ""


def digits_in(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def read_new_part(text: str) -> NewQuestion | NewConclusion:
    title, mark, answers = text.rpartition("?")
    labels = tuple(filter(None, map(str.strip, re.split("/", answers))))
    if mark and (len(labels) > 1 or not labels):
        return NewQuestion(f"{title}{mark}", labels or YES_OR_NO)
    return NewConclusion(text)


class ChoiceRowForm(forms.Form):
    """One choice: of those that the question has, only where it leads can be changed."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    """A new name that is close to another one, and that the editor was asked about."""
    label = LineField(label="Réponse", required=False, max_length=TITLE_LENGTH)
    leads = TypedDestinationField(
        label="Mène à", required=False, max_length=TITLE_LENGTH, show_hidden_initial=True
    )

    def __init__(
        self, *args: Any, named: Mapping[str, object], names_id: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        leads = self.fields["leads"]
        assert isinstance(leads, TypedDestinationField)
        leads.offer_names(named)
        leads.widget.list_id = names_id
        self.fields["label"].widget.attrs["placeholder"] = "Nouvelle réponse"
        if self.initial.get("leads") == DEPENDS_ON_ANSWERS:
            del self.fields["leads"]

    def clean(self) -> None:
        super().clean()
        if not self.cleaned_data.get("key") and not self.cleaned_data.get("label"):
            self.add_error("label", "Écrivez la réponse.")
        if "leads" in self.changed_data and self.cleaned_data.get("leads", self) is None:
            self.add_error("leads", "Écrivez où mène cette réponse.")
        self.refuse_other_destination()
        self.ask_about_close_name()

    def refuse_other_destination(self) -> None:
        """Refuses to lead a choice that someone has led elsewhere since the form was opened, once."""
        seen, now = self.add_initial_prefix("leads"), str(self.initial.get("leads", ""))
        if "leads" in self.changed_data and self.data.get(seen, now) != now:
            self.data = {**dict(self.data.items()), seen: now}
            place = f"mène maintenant à {quote_text(now)}" if now else "ne mène plus nulle part"
            self.add_error("leads", f"Quelqu’un l’a changée entre-temps\u00a0: elle {place}.")

    def ask_about_close_name(self) -> None:
        """Refuses, once, a new name that differs from another one by a slip of the pen."""
        leads = self.cleaned_data.get("leads")
        if "leads" not in self.changed_data or not isinstance(leads, NewQuestion | NewConclusion):
            return
        field = self.fields["leads"]
        assert isinstance(field, TypedDestinationField)
        close = field.find_close_name(leads.title)
        if close and self.cleaned_data["asked"] != leads.title:
            self.data = {**dict(self.data.items()), self.add_prefix("asked"): leads.title}
            self.add_error(
                "leads",
                f"Vouliez-vous dire {quote_text(close)}\u00a0? Si {quote_text(leads.title)} est "
                "nouveau, enregistrez de nouveau.",
            )

    @property
    def new_choice(self) -> NewChoice:
        label, leads = self.cleaned_data["label"], self.cleaned_data.get("leads")
        if isinstance(leads, LikeChoice):
            return NewChoice(label, like=leads.key)
        return NewChoice(label, destination=leads)


class ChoiceRows(forms.BaseFormSet[ChoiceRowForm]):
    """The rows of a question. The valid ones say its choices in order, and where some of them lead."""

    def __init__(self, data: Any, *, draft: MappedDraft, question: str) -> None:
        self.asked = draft.guide.question[question]
        self.named = dict(name_destinations(draft.guide))
        self.like_named = {
            f"comme {each.label}": LikeChoice(each.key) for each in self.asked.choices
        }
        stops = (stop for stop in draft.parcours.stops if stop.question == question)
        lines = {line.choice: line for stop in stops for line in stop.lines}
        rows = {
            choice.key: {
                "key": choice.key,
                "label": choice.label,
                "leads": line_destination(draft.guide, lines.get(choice.key)),
            }
            for choice in self.asked.choices
        }
        # Someone may have added or ordered choices since the form was opened: each keeps its row.
        keys = shown_keys(data) if data else [*rows]
        super().__init__(data, initial=[rows.get(key, {}) for key in keys])
        if not self.is_bound:
            self.focus_first_empty()

    def focus_first_empty(self) -> None:
        """Gives the focus to the first choice that leads nowhere, or else to the first new one."""
        for form in self.forms:
            name = "leads" if form.initial else "label"
            if name in form.fields and not form.initial.get(name):
                form.fields[name].widget.attrs["autofocus"] = True
                return

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        is_new = index is None or index >= self.initial_form_count()
        named = self.named | self.like_named if is_new else self.named
        return {"named": named, "names_id": NEW_ROW_NAMES_ID if is_new else DESTINATIONS_ID}

    @property
    def rows(self) -> list[str | NewChoice]:
        """The choices in their order, by their keys, and the new ones.

        Unless the editor has changed their order, it is the one that the question has now.
        """
        forms_in_order = self.ordered_forms
        new = [form.new_choice for form in forms_in_order if not form.cleaned_data["key"]]
        if not any("ORDER" in form.changed_data for form in forms_in_order):
            return [*self.asked.choice, *new]
        return [form.cleaned_data["key"] or form.new_choice for form in forms_in_order]

    @property
    def destinations(self) -> Mapping[str, NewDestination]:
        """The destinations that the editor has changed, by the keys of choices that the question has."""
        return {
            form.cleaned_data["key"]: form.cleaned_data["leads"]
            for form in self.ordered_forms
            if form.cleaned_data["key"] and "leads" in form.changed_data
        }


make_choice_rows = cast(
    "type[ChoiceRows]",
    forms.formset_factory(ChoiceRowForm, formset=ChoiceRows, extra=EMPTY_ROWS, can_order=True),
)


def shown_keys(posted: Mapping[str, str]) -> Sequence[str]:
    """Returns the keys of the choices that a posted form showed, in the order of its rows."""
    keys = (posted.get(f"form-{index}-key", "") for index in range(CHOICE_LIMIT.maximum))
    return [*takewhile(bool, keys)]


def line_destination(guide: GuideContent, line: Line | None) -> str:
    """Returns the name of the only place that a line leads to; nothing if it leads nowhere yet."""
    if line is None or not line.cases:
        return ""
    destinations = {case.destination for case in line.cases}
    names = {destination: name for name, destination in name_destinations(guide)}
    (first, *others) = destinations
    if not others and first == Destination():
        return ""
    return DEPENDS_ON_ANSWERS if others else names.get(first, DEPENDS_ON_ANSWERS)
