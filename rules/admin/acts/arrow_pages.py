"""The pages of two acts on arrows: one leads them to another place, the other inserts a question."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from rules.admin.acts.destination_form import YES_OR_NO, DestinationForm, DestinationKind
from rules.admin.acts.offered_arrows import (
    ARROW,
    BACK,
    GONE,
    SEEN,
    OfferedArrow,
    find_tokens,
    offer_arrows,
    question_and_choice,
    refuse_other_destinations,
)
from rules.admin.acts.run_act import meanwhile_sentence, run_act
from rules.admin.acts.search_field import SearchInput
from rules.admin.admin_pages import Context, guide_page
from rules.admin.form_fields import LineField
from rules.admin.links import change_url, place_url
from rules.admin.permissions import CHANGE_PERMISSION
from rules.counts import cap_list
from rules.document.limits import TITLE_LENGTH
from rules.drafts.acts import map_draft
from rules.drafts.content import draft_read
from rules.edits.acts.insert import count_examples_on_arrows, insert_question
from rules.edits.acts.lead import lead_arrows
from rules.edits.acts.new_parts import NewQuestion
from rules.edits.arrows import Arrow
from rules.edits.edit import Act, MappedDraft
from rules.engine.content import Scope
from rules.lookup.folded_text import fold_text
from rules.models import Guide
from rules.parcours.anchors import line_anchor
from rules.parcours.stops import Destination
from rules.sentences import question_name, quote_text, quoted_question
from rules.typed_text import leave_deleted_page

MAX_NAMED = 5
"""The most answers that the title of a page names."""
START_ID = "depart"
"""The id of the start of a guide on its page."""
NO_ANSWER = "rien"
"""The word that editors type if examples are to get no answer yet."""


class ArrowForm(DestinationForm):
    """A form about some arrows of a stop, of which it offers all.

    It refuses arrows that someone has led elsewhere since it was opened.
    """

    verb = "Mener ailleurs"
    """The French words for what the form does with the arrows, in the title of its page."""

    arrow = forms.MultipleChoiceField(
        label="Depuis",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une réponse.", "invalid_choice": GONE},
    )

    def __init__(
        self, *args: Any, draft: MappedDraft, offered: Mapping[str, OfferedArrow], **kwargs: Any
    ) -> None:
        super().__init__(*args, draft=draft.guide, **kwargs)
        self.offered = offered
        field = self.fields[ARROW]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (token, f"{one.name} → {one.destination}") for token, one in offered.items()
        ]
        question, _ = question_and_choice(next(iter(offered), ""))
        if question:
            field.label = f"Pour les réponses à {quoted_question(draft.guide, question)}"
        if question and all(self.leads_on_about_school(one) for one in self.ticked):
            self.fields["scope"].initial = Scope.SCHOOL.value

    def leads_on_about_school(self, one: OfferedArrow) -> bool:
        """True if both questions, before and after an arrow, are about the school."""
        arrow, place = one.arrow.question, one.next_question
        return all(
            key in self.draft.question and self.draft.question[key].scope is Scope.SCHOOL
            for key in (arrow, place)
        )

    def clean(self) -> None:
        super().clean()
        seen = str(self.data.get(SEEN, "")).split()
        outdated = [one for one in self.ticked if one.is_led_elsewhere(seen)]
        for one in outdated or self.tick_lines_of_gone_arrows():
            self.add_error(ARROW, ValidationError(one.gone_sentence, "invalid_choice"))

    def tick_lines_of_gone_arrows(self) -> list[OfferedArrow]:
        """Ticks what replaces the arrows that are not there any more, on their lines, and returns it."""
        assert isinstance(self.data, QueryDict)
        data = self.data.copy()
        posted = data.getlist(ARROW)
        lines = {question_and_choice(token) for token in posted if token not in self.offered}
        tokens = [token for token in self.offered if question_and_choice(token) in lines]
        if tokens:
            self.errors.pop(ARROW, None)
            data.setlist(ARROW, [token for token in self.offered if token in {*posted, *tokens}])
            self.data = data
        return [self.offered[token] for token in tokens]

    @property
    def is_outdated(self) -> bool:
        """True if someone has led arrows of the form elsewhere since it was opened."""
        return self.has_error(ARROW, "invalid_choice")

    @property
    def seen(self) -> str:
        """The places that all arrows of the form lead to now, for its hidden field."""
        return " ".join(one.seen for one in self.offered.values())

    @property
    def ticked(self) -> list[OfferedArrow]:
        """The arrows that are ticked now, also if the form is not valid."""
        tokens = self[ARROW].value() or ()
        return [self.offered[token] for token in tokens if token in self.offered]

    @property
    def place(self) -> str:
        """The id, on the page of the guide, of the line of the first arrow that is ticked."""
        question, choice = self.arrows[0][:2] if self.arrows else ("", "")
        return line_anchor(question, choice) if question else START_ID

    @property
    def heading(self) -> str:
        """The title of the page: « Mener ailleurs : Méthode Pix Orga → Mail »."""
        question = self.arrows[0].question if self.arrows else ""
        if not question:
            return f"{self.verb}\u00a0: au départ"
        names = (one.name for one in self.ticked)
        choices = ", ".join(cap_list(names, "réponse{s}", str, limit=MAX_NAMED))
        return f"{self.verb}\u00a0: {question_name(self.draft, question)} → {choices}"

    @property
    def arrows(self) -> list[Arrow]:
        return [one.arrow for one in self.ticked]


class LeadForm(ArrowForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.ticked and not any(one.arrow.rules for one in self.ticked):
            self.verb = "Créer la règle qui manque"

    @property
    def act(self) -> Act:
        act = lead_arrows(self.arrows, self.destination)
        return refuse_other_destinations(self.ticked, act)


class InsertForm(ArrowForm):
    kinds = (DestinationKind.NEW_QUESTION, DestinationKind.EXISTING)
    legend = "Insérer"
    verb = "Insérer une question"

    answer = LineField(
        label="Réponse des cas types qui passent par là",
        required=False,
        max_length=TITLE_LENGTH,
        widget=SearchInput(
            attrs={"class": "vTextField", "accesskey": "c", "title": "Touche d’accès\u00a0: C"}
        ),
        help_text="Écrivez une des réponses, ou «\u00a0rien\u00a0» si vous y répondrez plus tard.",
    )

    def __init__(self, *args: Any, draft: MappedDraft, **kwargs: Any) -> None:
        super().__init__(*args, draft=draft, **kwargs)
        self.mapped = draft
        self.fields["title"].label = "Question"
        self.fields["sought"].label = "Question"
        answer = self.fields["answer"]
        answer.widget.names = [*YES_OR_NO, NO_ANSWER]
        if not count_examples_on_arrows(draft, [one.arrow for one in self.offered.values()]):
            answer.widget = forms.HiddenInput()

    def clean(self) -> None:
        """Finds the answer of the examples that take the arrows, which must be given."""
        super().clean()
        if self.errors or not count_examples_on_arrows(self.mapped, self.arrows):
            return
        typed = fold_text(self.cleaned_data["answer"])
        _, answers = self.question_with_answers
        found = [key for key, label in answers.items() if typed and fold_text(label) == typed]
        if not found and typed != NO_ANSWER:
            listed = ", ".join(map(quote_text, answers.values()))
            self.add_error(
                "answer",
                f"Écrivez une de ces réponses\u00a0: {listed}\u00a0; ou «\u00a0rien\u00a0».",
            )
        self.cleaned_data["answer"] = found[0] if found else ""

    def list_destinations(self) -> Iterator[tuple[str, Destination]]:
        for question in self.draft.questions:
            yield question_name(self.draft, question.key), Destination(question.key)

    @property
    def act(self) -> Act:
        question, _ = self.question_with_answers
        answer = self.cleaned_data["answer"]
        act = insert_question(self.arrows, question, answer_in_examples=answer)
        return refuse_other_destinations(self.ticked, act)

    @property
    def question_with_answers(self) -> tuple[str | NewQuestion, Mapping[str, str]]:
        """The question to insert, and its labels: by themselves if it is new, or else by their keys."""
        destination = self.destination
        if isinstance(destination, NewQuestion):
            return destination, {label: label for label in destination.choices}
        assert isinstance(destination, Destination)
        choices = self.draft.question[destination.question].choices
        return destination.question, {choice.key: choice.label for choice in choices}


@guide_page(CHANGE_PERMISSION, template="admin/rules/acts/lead.html")
def lead_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    return run_arrow_page(request, guide, LeadForm)


@guide_page(CHANGE_PERMISSION, template="admin/rules/acts/insert.html")
def insert_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    return run_arrow_page(request, guide, InsertForm)


def run_arrow_page(
    request: HttpRequest, guide: Guide, form_class: type[LeadForm | InsertForm]
) -> Context | HttpResponse:
    """Shows or runs the form of an act at the arrows that the query of the address gives."""
    draft = map_draft(draft_read(guide))
    tokens = request.GET.getlist(ARROW)
    question, _ = question_and_choice(tokens[0] if tokens else "")
    offered = offer_arrows(draft, question)
    ticked = find_tokens(offered, tokens)
    if not (offered if request.method == "POST" else ticked):
        return leave_deleted_page(request, GONE, change_url(guide))
    initial: dict[str, object] = {ARROW: ticked}
    if request.GET.get("kind") in form_class.kinds:
        initial["kind"] = request.GET["kind"]
    initial["sought"] = request.GET.get("sought", "")
    back = request.GET.get(BACK, "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = ""
    form = form_class(request.POST or None, draft=draft, offered=offered, initial=initial)
    context = {
        "title": form.heading,
        "form": form,
        "back": back or place_url(guide, form.place),
        "changed_meanwhile": meanwhile_sentence(request, guide) if form.is_outdated else "",
    }
    if form.is_valid():
        return run_act(request, guide, form.act, place=form.place, back=back, form=context)
    return context
