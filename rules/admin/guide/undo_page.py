"""*Annuler* and *Rétablir*: undoes a change of a draft, or does it again."""

from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe

from rules.admin.admin_pages import guide_page
from rules.admin.guide.revert_page import ALTERED, GONE, find_snapshot, report_return
from rules.admin.links import SOUGHT_PLACE, action_url, change_url
from rules.admin.permissions import CHANGE_PERMISSION
from rules.admin.recording import request_author
from rules.admin.saved_meanwhile import modified_clause
from rules.drafts.content import find_readable_draft
from rules.drafts.draft_limits import LimitExceededError
from rules.drafts.snapshots import SnapshotAlteredError
from rules.drafts.undo import UndoRefusedError, draft_undo
from rules.models import Guide, Snapshot
from rules.typed_text import leave_deleted_page

MAX_SENTENCES_QUOTED = 5
"""How many changes that stand in the way of an undo its refusal quotes."""


@guide_page(CHANGE_PERMISSION)
def undo_page(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Undoes a change, and returns to the page with the message about it."""
    if request.method != "POST":
        return redirect(change_url(guide))
    try:
        snapshot = find_snapshot(guide, request.POST.get("snapshot", ""))
        was_readable = find_readable_draft(guide) is not None
        undone = draft_undo(snapshot=snapshot, author=request_author(request))
        undone = undone or find_same_undo(snapshot)
        report_return(request, undone, was_readable=was_readable)
    except UndoRefusedError as error:
        messages.error(request, refusal_message(request, guide, error))
    except LimitExceededError as error:
        messages.error(request, f"Rien n’est annulé. {error}")
    except SnapshotAlteredError:
        messages.error(request, ALTERED)
    except Snapshot.DoesNotExist:
        messages.warning(request, GONE)
    except Guide.DoesNotExist:
        return leave_deleted_page(request, "Ce guide n’existe plus.")
    return redirect(address_to_return_to(request, guide))


def find_same_undo(snapshot: Snapshot) -> Snapshot | None:
    """Returns the snapshot of the last change if this has undone the same: a second click finds it done."""
    last = snapshot.guide.snapshots.defer("content").first()
    is_same = last and last.step != snapshot.step and last.sentence == snapshot.sentence
    return last if is_same else None


def refusal_message(request: HttpRequest, guide: Guide, error: UndoRefusedError) -> str:
    """Says who has changed the same parts since, and what, with a link to the history."""
    changes, reader = error.changes, request_author(request)
    return format_html(
        'Rien n’est annulé. {}\u00a0:<br>{}<br>L’<a href="{}">historique</a> permet de '
        "revenir à un moment d’avant.",
        modified_clause(changes, reader, "la même partie depuis,", changes[0].at),
        format_html_join(
            mark_safe("<br>"),
            "{}",
            ((change.sentence,) for change in changes[:MAX_SENTENCES_QUOTED]),
        ),
        action_url(guide, "history"),
    )


def address_to_return_to(request: HttpRequest, guide: Guide) -> str:
    """Returns the address of the page with the message, if this is the page of the guide or a list.

    The page of a part may be gone after the undo: the page of the guide takes its place.
    """
    address = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return change_url(guide)
    parts = urlsplit(address)
    try:
        name = str(resolve(parts.path).url_name)
    except Resolver404:
        return change_url(guide)
    if name != "rules_guide_change" and not name.endswith("_changelist"):
        return change_url(guide)
    place = parse_qs(parts.query).get(SOUGHT_PLACE)
    return f"{address}#{place[0]}" if place else address
