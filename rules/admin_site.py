"""Outside of `rules.admin`: making the site must not import what registers itself there."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest


class EditorsSite(AdminSite):
    site_header = "Diagnostics guidés – administration"
    site_title = "Diagnostics guidés"
    index_title = "Administration"
    enable_nav_sidebar = False

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Guides first: they are what editors come for."""
        return sorted(
            super().get_app_list(request, app_label), key=lambda app: app["app_label"] != "rules"
        )
