"""The admin site. `rules.admin` cannot hold it, because its modules need it to register pages."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import TypeVar, cast

from django.apps import apps
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from rules.drafts.content import UnreadableDraftError
from rules.drafts.history import latest_changes
from rules.models import Guide

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

ADMIN_METHODS = ["GET", "HEAD", "POST"]


class EditorsSite(AdminSite):
    """The admin site of this project, which replaces Django's default one."""

    site_header = "Diagnostics guidés – administration"
    site_title = "Diagnostics guidés"
    index_title = "Administration"
    enable_nav_sidebar = False

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Makes a view redirect to the list of guides if its guide was deleted meanwhile.

        If the draft of its guide cannot be read, a page says so, and how to replace the draft. A view
        answers only the methods that browsers use, because Django's own take others for a GET.
        """

        @wraps(view)
        def view_or_redirect(
            request: HttpRequest, *args: object, **kwargs: object
        ) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except Guide.DoesNotExist:
                messages.warning(request, "Ce guide n’existe plus.")
                return redirect("admin:rules_guide_changelist")
            except UnreadableDraftError as error:
                context = self.each_context(request) | {"title": "Ce brouillon ne se lit pas"}
                context |= {"guide": error.guide, "detail": str(error)}
                template = "admin/rules/guide/unreadable.html"
                return TemplateResponse(request, template, context, status=HTTPStatus.CONFLICT)

        admin_view = super().admin_view(view_or_redirect, cacheable)
        return cast("View", require_http_methods(ADMIN_METHODS)(admin_view))

    @method_decorator(require_http_methods(ADMIN_METHODS))
    def login(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Answers as Django's page does, which is none of those that `admin_view` wraps."""
        return super().login(request, extra_context)

    def index(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> TemplateResponse:
        """Adds the latest changes of guides to the first page, if the user may see guides."""
        may_see = request.user.has_perm("rules.view_guide")
        context = {"changes": latest_changes() if may_see else []}
        return super().index(request, context | (extra_context or {}))

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, object] | None = None
    ) -> TemplateResponse:
        """Replaces a title such as « Administration de Authentification »."""
        title = (
            {"title": apps.get_app_config(app_label).verbose_name}
            if app_label in apps.app_configs
            else {}
        )
        return super().app_index(request, app_label, title | (extra_context or {}))

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, object]]:
        """Puts the models of guides before those of accounts and diagnostics."""
        return sorted(
            super().get_app_list(request, app_label), key=lambda app: app["app_label"] != "rules"
        )
