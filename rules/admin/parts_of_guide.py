"""What the pages of one guide share. Their guide is named by `?guide=` or by the row shown."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rules.models import Guide

GUIDE_LIST = "admin:rules_guide_changelist"


def guide_from_request(request: HttpRequest) -> Guide | None:
    """Forms carry it too: a row may be gone when they are sent."""
    named = request.GET.get("guide") or request.POST.get("guide", "")
    try:
        return Guide.objects.filter(pk=named).first()
    except ValueError:
        return None


class PartsOfGuideAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's has no parameter
    """Rows of a guide. Their list shows those of one guide only."""

    actions = None
    list_per_page = 1000
    preserve_filters = False
    list_title: str

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """None: editors come here from the guide's page, not from the front page."""
        return {}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        guide = guide_from_request(request)
        if guide is None:
            return redirect(GUIDE_LIST)
        return super().changelist_view(request, {"guide": guide, "title": self.list_title})
