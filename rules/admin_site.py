"""Outside of `rules.admin`: making the site must not import what registers itself there."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse

from rules.history import latest_changes


class EditorsSite(AdminSite):
    site_header = "Diagnostics guidés – administration"
    site_title = "Diagnostics guidés"
    index_title = "Administration"
    enable_nav_sidebar = False

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
