"""The base of the pages about one guide, such as *Comparer*: their addresses and their frame."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from rules.admin.links import list_url
from rules.models import Guide, Version


class GuidePageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's has no parameter
    """A base class. Each of its subclasses adds a page about a guide to the pages of Django."""

    def action_paths(self, **views: Callable[..., HttpResponse]) -> list[URLPattern]:
        """Returns a URL pattern for each view.

        `publish=self.publish_view` gives `<pk>/publish/` with the name `rules_guide_publish`.
        """
        return [
            path(
                f"<int:pk>/{action}/",
                self.admin_site.admin_view(view),
                name=f"rules_guide_{action}",
            )
            for action, view in views.items()
        ]

    def render_page(
        self, request: HttpRequest, template: str, guide: Guide, **context: Any
    ) -> HttpResponse:
        """Renders a template with `context` and what the frame of the admin's pages needs."""
        context |= self.admin_site.each_context(request)
        context |= {"opts": self.opts, "guide": guide, "versions": list_url(Version, guide)}
        return TemplateResponse(request, template, context)
