"""*Revenir juste avant*: sets a draft back to what it was before a change."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rules.admin.admin_pages import Context, guide_page
from rules.admin.change_groups import group_changes
from rules.admin.links import action_url, change_url
from rules.admin.permissions import CHANGE_PERMISSION
from rules.admin.problems_after_save import warn_of_problems
from rules.admin.recording import request_author
from rules.admin.undo_messages import find_outdated_request, message_with_undo
from rules.comparison import compare_guides
from rules.document.serialising import canonical_json, document_digest
from rules.drafts.cached_changes import compared_draft, sentences_for_visitors
from rules.drafts.content import draft_read, find_readable_draft
from rules.drafts.snapshots import MAX_SNAPSHOTS, SnapshotAlteredError, snapshot_content
from rules.drafts.undo import draft_revert
from rules.models import Guide, Snapshot
from rules.typed_text import leave_deleted_page

GONE = (
    "Ce moment n’est plus gardé\u00a0: seuls les moments d’avant les "
    f"{MAX_SNAPSHOTS} dernières modifications le sont."
)
ALTERED = (
    "Ce moment n’est plus ce qui a été gardé\u00a0: il a été altéré dans la base de données. "
    "Prévenez l’équipe technique."
)
NOTHING_TO_DO = "Le brouillon est déjà ainsi\u00a0: rien n’a changé."
READABLE_AGAIN = "Le brouillon se lit de nouveau\u00a0: il est comme il était à ce moment."
DRAFT_CHANGED = "Le brouillon a changé entre-temps\u00a0: rien n’est fait. Comparez de nouveau."


@guide_page(
    CHANGE_PERMISSION,
    template="admin/rules/guide/revert.html",
    title="Revenir juste avant une modification",
)
def revert_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    try:
        return compare_or_revert(request, guide)
    except Snapshot.DoesNotExist:
        messages.warning(request, GONE)
    except SnapshotAlteredError:
        messages.error(request, ALTERED)
    except Guide.DoesNotExist:
        return leave_deleted_page(request, "Ce guide n’existe plus.")
    return redirect(action_url(guide, "history"))


def compare_or_revert(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    """Compares a draft with what it was, and sets it back if the editor has seen this comparison.

    Raises `Snapshot.DoesNotExist`, `SnapshotAlteredError` or `Guide.DoesNotExist`.
    """
    snapshot = find_snapshot(guide, request.GET.get("snapshot", ""))
    draft, content = find_readable_draft(guide), snapshot_content(snapshot)
    digest = document_digest(canonical_json(draft)) if draft else ""
    if request.method == "POST" and request.POST.get("compared") == digest:
        reverted = draft_revert(snapshot=snapshot, author=request_author(request))
        report_return(request, reverted, was_readable=draft is not None)
        return redirect(change_url(guide))
    if request.method == "POST":
        messages.warning(request, DRAFT_CHANGED)
    context: Context = {
        "snapshot": snapshot,
        "digest": digest,
        "is_readable": draft is not None,
        "is_same": draft == content,
        "outdated_request": find_outdated_request(guide, digest),
    }
    if draft is None:
        return context
    sides = compared_draft(draft), compared_draft(content)
    return {
        **context,
        "changes": group_changes(guide, compare_guides(draft, content)),
        "sentences": sentences_for_visitors(*sides),
    }


def find_snapshot(guide: Guide, number: str) -> Snapshot:
    """Returns the snapshot of a guide with this number. Raises `Snapshot.DoesNotExist`."""
    if not re.fullmatch("[0-9]{1,9}", number):
        raise Snapshot.DoesNotExist
    return guide.snapshots.get(number=number)


def report_return(
    request: HttpRequest, snapshot: Snapshot | None, *, was_readable: bool = True
) -> None:
    """Adds the messages about a draft that was set back.

    Without a snapshot, the draft was so already, unless it could not be read: then nothing of it is stored.
    """
    if snapshot is None:
        messages.info(request, NOTHING_TO_DO if was_readable else READABLE_AGAIN)
        return
    message_with_undo(request, snapshot.full_sentence, snapshot)
    warn_of_problems(request, snapshot.guide, draft_read(snapshot.guide))
