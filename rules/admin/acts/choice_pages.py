"""The page of the choices of a question: rows that add, order and lead them."""

from django.http import HttpRequest, HttpResponse

from rules.admin.acts.choice_rows import (
    DESTINATIONS_ID,
    NEW_ROW_NAMES_ID,
    make_choice_rows,
)
from rules.admin.acts.run_act import run_act
from rules.admin.acts.search_field import render_names
from rules.admin.admin_pages import Context, guide_page
from rules.admin.links import change_url, place_url
from rules.admin.permissions import CHANGE_PERMISSION
from rules.drafts.acts import map_draft
from rules.drafts.content import draft_read
from rules.edits.acts.add_choices import set_choices
from rules.models import Guide
from rules.parcours.anchors import stop_anchor
from rules.sentences import question_name
from rules.typed_text import leave_deleted_page

QUESTION_IS_GONE = "Cette question n’existe plus."


@guide_page(CHANGE_PERMISSION, template="admin/rules/acts/choices.html")
def choices_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    draft, question = map_draft(draft_read(guide)), request.GET.get("question", "")
    if question not in draft.guide.question:
        return leave_deleted_page(request, QUESTION_IS_GONE, change_url(guide))
    rows = make_choice_rows(request.POST or None, draft=draft, question=question)
    place = stop_anchor(question)
    context = {
        "title": f"Réponses\u00a0: {question_name(draft.guide, question)}",
        "rows": rows,
        "lists": [
            render_names(DESTINATIONS_ID, rows.named),
            render_names(NEW_ROW_NAMES_ID, [*rows.like_named, *rows.named]),
        ],
        "back": place_url(guide, place),
    }
    if rows.is_valid():
        act = set_choices(question, rows.rows, rows.destinations)
        return run_act(request, guide, act, place=place, form=context)
    return context
