"""*Historique*: who has changed a guide, or one of its parts, and when."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from rules.admin.admin_pages import render_admin_page
from rules.admin.change_groups import part_urls
from rules.drafts.history import Part, part_changes
from rules.models import Guide

CHANGES_PER_PAGE = 100


def render_history(request: HttpRequest, part: Part, subtitle: str = "") -> HttpResponse:
    """Renders the history of a part or, if `part` is a guide, of the guide and all its parts."""
    is_guide = isinstance(part, Guide)
    guide = part if isinstance(part, Guide) else part.guide
    changes = guide.changes.all() if is_guide else part_changes(part)
    page = Paginator(changes, CHANGES_PER_PAGE).get_page(request.GET.get("page"))
    urls = part_urls(guide) if is_guide else {}
    context = {
        "guide": guide,
        "title": "Historique",
        "subtitle": subtitle or None,
        "page": page,
        "lines": [(change, change.at, urls.get((change.kind, change.key), "")) for change in page],
        "is_guide": is_guide,
    }
    return render_admin_page(request, "admin/rules/history.html", context)
