"""What the pages about the rows of one guide share: the address names the guide or one of its rows."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rules.models import Guide

GUIDE_LIST = "admin:rules_guide_changelist"


def guide_from_request(request: HttpRequest) -> Guide | None:
    """Returns the guide that `guide` names in the address, or in the form in case the row is gone."""
    guide_id = request.GET.get("guide") or request.POST.get("guide", "")
    try:
        return Guide.objects.filter(pk=guide_id).first()
    except ValueError:
        return None


class PartsOfGuideAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's has no parameter
    """The pages of rows that belong to a guide; a list shows the rows of one guide only."""

    actions = None
    list_per_page = 1000
    preserve_filters = False
    list_title: str

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Returns no permission, so that the front page has no link: the guide's page has one."""
        return {}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        guide = guide_from_request(request)
        if guide is None:
            return redirect(GUIDE_LIST)
        return super().changelist_view(request, {"guide": guide, "title": self.list_title})
