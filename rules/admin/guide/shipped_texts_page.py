"""*Nouveaux textes proposés*: puts today's content of the shipped guide into an untouched draft."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rules.admin.admin_pages import Context, guide_page
from rules.admin.change_groups import group_changes
from rules.admin.links import change_url
from rules.admin.permissions import CHANGE_PERMISSION
from rules.admin.recording import request_author
from rules.admin.undo_messages import message_with_undo
from rules.comparison import compare_guides
from rules.document.files import read_guide_file
from rules.document.serialising import canonical_json, document_digest
from rules.drafts.cached_changes import compared_draft, sentences_for_visitors
from rules.drafts.content import draft_write, find_readable_draft
from rules.drafts.locks import guide_lock
from rules.engine.content import GuideContent
from rules.guides import SHIPPED_GUIDE
from rules.guides.shipped_digests import FORMER_DIGESTS
from rules.models import Guide
from rules.publication.timeline import guide_live_version

TAKEN_SENTENCE = "Les nouveaux textes proposés sont dans le brouillon."
NOT_OFFERED = (
    "Ce guide n’a plus les textes fournis à l’installation\u00a0: quelqu’un les a changés, ou les a "
    "déjà remplacés. Rien n’est changé."
)


@guide_page(
    CHANGE_PERMISSION,
    template="admin/rules/guide/new_texts.html",
    title="Nouveaux textes proposés",
)
def shipped_texts_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    if request.method == "POST":
        _take_shipped_texts(request, guide)
        return redirect(change_url(guide))
    draft = find_untouched_draft(guide)
    if draft is None:
        messages.info(request, NOT_OFFERED)
        return redirect(change_url(guide))
    shipped = read_guide_file(SHIPPED_GUIDE)
    return {
        "changes": group_changes(guide, compare_guides(draft, shipped)),
        "sentences": sentences_for_visitors(compared_draft(draft), compared_draft(shipped)),
    }


@transaction.atomic
def _take_shipped_texts(request: HttpRequest, guide: Guide) -> None:
    """Replaces an untouched draft by today's shipped content, and adds a message."""
    guide = guide_lock(guide=guide)
    before = find_untouched_draft(guide)
    if before is None:
        messages.info(request, NOT_OFFERED)
        return
    snapshot = draft_write(
        guide=guide,
        content=read_guide_file(SHIPPED_GUIDE),
        before=before,
        author=request_author(request),
        sentence=TAKEN_SENTENCE,
    )
    message_with_undo(request, TAKEN_SENTENCE, snapshot)


def find_untouched_draft(guide: Guide) -> GuideContent | None:
    """Returns the draft of a guide if it and the live version have former contents of the shipped guide."""
    live, draft = guide_live_version(guide), find_readable_draft(guide)
    if live and draft and is_former_content(live.sha256, document_digest(canonical_json(draft))):
        return draft
    return None


def is_former_content(*digests: str) -> bool:
    """True if all digests are those of contents that the shipped guide had before that of today."""
    return FORMER_DIGESTS.issuperset(digests)
