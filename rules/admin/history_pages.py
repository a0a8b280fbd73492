"""*Historique*: who did what to a guide, or to one of its parts, and when."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from rules.admin.change_groups import part_urls
from rules.admin.guide_actions import GuideActions
from rules.admin.parts_of_guide import GUIDE_LIST
from rules.drafts.history import Part, part_changes
from rules.models import Guide

PER_PAGE = 100


class HistoryAdmin(GuideActions):
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        guide = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, guide):
            raise PermissionDenied
        return history_page(self, request, guide) if guide else redirect(GUIDE_LIST)


def history_page(
    page: "ModelAdmin[Any]", request: HttpRequest, part: Part, subtitle: str = ""
) -> HttpResponse:
    """All of a guide's history, or what concerns one part of its draft."""
    is_guide = isinstance(part, Guide)
    guide = part if isinstance(part, Guide) else part.guide
    changes = guide.changes.select_related("author") if is_guide else part_changes(part)
    shown = Paginator(changes, PER_PAGE).get_page(request.GET.get("page"))
    urls = part_urls(guide) if is_guide else {}
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "guide": guide,
        "title": "Historique",
        "subtitle": subtitle or None,
        "page": shown,
        "lines": [(change, urls.get((change.kind, change.key), "")) for change in shown],
        "of_guide": is_guide,
    }
    return TemplateResponse(request, "admin/rules/history.html", context)
