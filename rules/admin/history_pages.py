"""*Historique*: who has changed a guide, or one of its parts, and when."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from rules.admin.change_groups import part_urls
from rules.admin.guide_pages import GuidePageAdmin
from rules.admin.parts_of_guide import GUIDE_LIST_URL_NAME
from rules.drafts.history import Part, part_changes
from rules.models import Guide

CHANGES_PER_PAGE = 100


class HistoryAdmin(GuidePageAdmin):
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        guide = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, guide):
            raise PermissionDenied
        return render_history(self, request, guide) if guide else redirect(GUIDE_LIST_URL_NAME)


def render_history(
    model_admin: "ModelAdmin[Any]", request: HttpRequest, part: Part, subtitle: str = ""
) -> HttpResponse:
    """Renders the history of a part or, if `part` is a guide, of the guide and all its parts."""
    is_guide = isinstance(part, Guide)
    guide = part if isinstance(part, Guide) else part.guide
    changes = guide.changes.select_related("author") if is_guide else part_changes(part)
    page = Paginator(changes, CHANGES_PER_PAGE).get_page(request.GET.get("page"))
    urls = part_urls(guide) if is_guide else {}
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "guide": guide,
        "title": "Historique",
        "subtitle": subtitle or None,
        "page": page,
        "lines": [(change, urls.get((change.kind, change.key), "")) for change in page],
        "is_guide": is_guide,
    }
    return TemplateResponse(request, "admin/rules/history.html", context)
