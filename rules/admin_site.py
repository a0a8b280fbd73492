"""Outside of `rules.admin`: making the site must not import what registers itself there."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from rules.drafts.history import latest_changes
from rules.models import Guide

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class EditorsSite(AdminSite):
    site_header = "Diagnostics guidés – administration"
    site_title = "Diagnostics guidés"
    index_title = "Administration"
    enable_nav_sidebar = False

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Of a guide that someone deletes while it is read or written, the list says so."""

        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except Guide.DoesNotExist:
                return _guide_gone(request)

        return cast("View", super().admin_view(answer, cacheable))

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """With what was last changed, for those who may see guides."""
        seen = request.user.has_perm("rules.view_guide")
        changes = {"changes": latest_changes() if seen else []}
        return super().index(request, changes | (extra_context or {}))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Guides first: they are what editors come for."""
        return sorted(
            super().get_app_list(request, app_label), key=lambda app: app["app_label"] != "rules"
        )


def _guide_gone(request: HttpRequest) -> HttpResponse:
    messages.warning(request, "Ce guide n’existe plus.")
    return redirect("admin:rules_guide_changelist")
