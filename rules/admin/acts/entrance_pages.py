"""The page that asks where a question is asked, or a conclusion given, if no path leads to it yet.

It leads on to the page that inserts the question on arrows, or that leads arrows to the part.
"""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rules.admin.acts.offered_arrows import (
    ARROW,
    find_tokens,
    offer_arrows,
    question_and_choice,
)
from rules.admin.acts.search_field import SearchField, SearchInput
from rules.admin.admin_pages import Context, guide_page
from rules.admin.links import action_url, change_url, place_url
from rules.admin.permissions import CHANGE_PERMISSION
from rules.drafts.acts import map_draft
from rules.drafts.content import draft_read
from rules.edits.edit import MappedDraft
from rules.models import Guide
from rules.parcours.anchors import outcome_anchor, stop_anchor
from rules.sentences import question_name, quote_text
from rules.typed_text import leave_deleted_page

START_NAME = "Départ"


class Entrance(NamedTuple):
    """The link to the page, for one part."""

    label: str
    url: str


def question_entrance(guide: Guide, question: str) -> Entrance:
    return Entrance("Poser cette question…", f"{action_url(guide, 'enter')}?question={question}")


def outcome_entrance(guide: Guide, outcome: str) -> Entrance:
    return Entrance("Y mener une réponse…", f"{action_url(guide, 'enter')}?outcome={outcome}")


class EntranceForm(forms.Form):
    """Says after which answers of the parcours a part comes."""

    after = SearchField(
        label="Après",
        widget=SearchInput(attrs={"class": "vTextField", "autofocus": True}),
        help_text="Tapez quelques lettres d’une question ou d’une réponse.",
        error_messages={"required": "Dites après quelle réponse."},
    )

    def __init__(self, *args: object, named: Mapping[str, str]) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        after = self.fields["after"]
        assert isinstance(after, SearchField)
        after.offer_names(named)


@guide_page(CHANGE_PERMISSION, template="admin/rules/acts/enter.html")
def enter_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    draft = map_draft(draft_read(guide))
    question, outcome = request.GET.get("question", ""), request.GET.get("outcome", "")
    if question in draft.guide.question:
        name, place = question_name(draft.guide, question), stop_anchor(question)
        title = f"Poser la question {quote_text(name)}"
    elif outcome in draft.guide.outcome:
        name, place = draft.guide.outcome[outcome].title, outcome_anchor(outcome)
        title = f"Mener une réponse à {quote_text(name)}"
    else:
        sentence = "Cette question ou cette conclusion n’existe plus."
        return leave_deleted_page(request, sentence, change_url(guide))
    form = EntranceForm(request.POST or None, named=name_places(draft))
    if form.is_valid():
        token = str(form.cleaned_data["after"])
        offered = offer_arrows(draft, question_and_choice(token)[0])
        is_led = any(offered[one].arrow.rules for one in find_tokens(offered, [token]))
        act = "insert" if question and is_led else "lead"
        query = urlencode({ARROW: token, "kind": "existing", "sought": name})
        return redirect(f"{action_url(guide, act)}?{query}")
    return {"title": title, "form": form, "back": place_url(guide, place)}


def name_places(draft: MappedDraft) -> Mapping[str, str]:
    """Returns the texts by which `find_tokens` finds arrows, by what editors type for them.

    Editors name the start, a question, or one of its choices.
    """
    named = {START_NAME: "."}
    for stop in draft.parcours.stops:
        name = question_name(draft.guide, stop.question)
        named[f"{name} → toutes les réponses"] = stop.question
        named |= {
            f"{name} → {choice.label}": f"{stop.question}.{choice.key}"
            for choice in draft.guide.question[stop.question].choices
        }
    return named
