"""*Historique*: who has changed a guide, or one of its parts, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from rules.admin.admin_pages import render_admin_page
from rules.admin.change_groups import part_urls
from rules.admin.links import action_url
from rules.admin.permissions import CHANGE_PERMISSION
from rules.drafts.history import Part, part_changes
from rules.models import Change, Guide, Snapshot

MOMENTS_PER_PAGE = 20
MAX_CHANGES_OF_MOMENT = 100
"""The most changes that a page shows as one moment; what an import changes may be many of these."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What was changed at once, and by whom, as the history of a guide or of a legal page shows it."""

    changed_at: datetime
    author_name: str
    lines: Sequence[tuple[Model, str]]
    """The changes, each with the address of the part that was changed, if it has one."""
    sentence: str = ""
    """A sentence that sums up the changes if they have several lines; otherwise empty."""
    revert_url: str = ""
    """The page that sets the draft back to what it was just before; empty if that is not stored."""


def render_history(request: HttpRequest, part: Part, subtitle: str = "") -> HttpResponse:
    """Renders the history of a part or, if `part` is a guide, of the guide and all its parts."""
    is_guide = isinstance(part, Guide)
    guide = part if isinstance(part, Guide) else part.guide
    changes = guide.changes.all() if is_guide else part_changes(part)
    page = Paginator(list_moments(changes), MOMENTS_PER_PAGE).get_page(request.GET.get("page"))
    shown = changes.filter(pk__in=chain.from_iterable(page)).defer("snapshot__content")
    found = shown.select_related("snapshot").in_bulk()
    urls = part_urls(guide) if is_guide else {}
    may_revert = request.user.has_perm(CHANGE_PERMISSION)
    context = {
        "guide": guide,
        "title": "Historique",
        "subtitle": subtitle or None,
        "page": page,
        "moments": [
            Moment(
                together[0].at,
                together[0].author_name,
                [(change, urls.get((change.kind, change.key), "")) for change in together],
                moment_sentence(together) if is_guide else "",
                revert_url(guide, together[0].snapshot) if may_revert else "",
            )
            for ids in page
            if (together := [found[pk] for pk in ids if pk in found])
        ],
        "is_guide": is_guide,
        "may_revert": may_revert,
    }
    return render_admin_page(request, "admin/rules/history.html", context)


def list_moments(changes: QuerySet[Change]) -> Sequence[Sequence[int]]:
    """Returns the ids of the changes that follow each other and have the same snapshot.

    Those without one are each alone.
    """
    rows = changes.values_list("pk", "snapshot_id")
    groups = (
        [pk for pk, _ in group]
        for _, group in groupby(rows, lambda row: row[1] or f"alone {row[0]}")
    )
    return [
        ids[start : start + MAX_CHANGES_OF_MOMENT]
        for ids in groups
        for start in range(0, len(ids), MAX_CHANGES_OF_MOMENT)
    ]


def moment_sentence(changes: Sequence[Change]) -> str:
    """Returns what several changes did together; empty for a single one, and if that is not stored."""
    snapshot = changes[0].snapshot
    return snapshot.full_sentence if snapshot and len(changes) > 1 else ""


def revert_url(guide: Guide, snapshot: Snapshot | None) -> str:
    """Returns the address of *Revenir juste avant*; empty if the moment is not stored."""
    return f"{action_url(guide, 'revert')}?snapshot={snapshot.number}" if snapshot else ""
