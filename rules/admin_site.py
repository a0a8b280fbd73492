"""The admin site. `rules.admin` cannot hold it, because its modules need it to register pages."""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import TypeVar, cast

from django.apps import apps
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from rules.drafts.content import UnreadableDraftError
from rules.models import Guide
from rules.typed_text import (
    SEND_AGAIN,
    leave_deleted_page,
    read_typed_form,
    render_ended_session,
)

KEEPS_FILLED_FORM = "private, no-cache"
"""The header with which Back, in Firefox too, returns to a form as it was filled.

Django's `no-store` makes Firefox open it empty. The pages of accounts and of visitors keep that one.
After a logout, `kept_pages.js` asks for such a page again.
"""

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

FrontPageContext = Callable[[HttpRequest], Mapping[str, object]]

ADMIN_METHODS = ["GET", "HEAD", "POST"]


class EditorsSite(AdminSite):
    """The admin site of this project, which replaces Django's default one."""

    site_header = "Diagnostics guidés – administration"
    site_title = "Diagnostics guidés"
    index_title = "Administration"
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.front_page_context: FrontPageContext = lambda request: {}
        """Returns what the first page shows about guides; set by the module that knows it."""

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Makes a view show again what someone has typed if the session has ended meanwhile.

        A view answers only the methods that browsers use, because Django's own take others for a GET.
        """
        admin_view = super().admin_view(self._explain_missing_draft(view), cacheable)
        permitted_view = require_http_methods(ADMIN_METHODS)(admin_view)

        @wraps(permitted_view)
        def view_or_typed_text(
            request: HttpRequest, *args: object, **kwargs: object
        ) -> HttpResponseBase:
            if not self.has_permission(request) and (typed := read_typed_form(request)):
                return render_ended_session(request, typed)
            response = permitted_view(request, *args, **kwargs)
            match = request.resolver_match
            if match and str(match.url_name).startswith("rules_"):
                response["Cache-Control"] = KEEPS_FILLED_FORM
            return response

        return cast("View", view_or_typed_text)

    def _explain_missing_draft(self, view: View) -> View:
        """Makes a view redirect to the list of guides if its guide was deleted meanwhile.

        If the draft of its guide cannot be read, a page says so, and how to replace the draft. Both
        show again what someone has typed.
        """

        @wraps(view)
        def view_or_explanation(
            request: HttpRequest, *args: object, **kwargs: object
        ) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except Guide.DoesNotExist:
                return leave_deleted_page(request, "Ce guide n’existe plus.")
            except UnreadableDraftError as error:
                context = self.each_context(request) | {"title": "Ce brouillon ne se lit pas"}
                context |= {"guide": error.guide, "detail": str(error)}
                context |= {"typed": read_typed_form(request), "button": SEND_AGAIN}
                template = "admin/rules/guide/unreadable.html"
                return TemplateResponse(request, template, context, status=HTTPStatus.CONFLICT)

        return cast("View", view_or_explanation)

    @method_decorator(require_http_methods(ADMIN_METHODS))
    def login(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Answers as Django's page does, which is none of those that `admin_view` wraps."""
        return super().login(request, extra_context)

    def logout(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> TemplateResponse:
        """Asks the browser, after a logout, to forget the pages that it keeps."""
        response = super().logout(request, extra_context)
        response["Clear-Site-Data"] = '"cache"'
        return response

    def index(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> TemplateResponse:
        """Adds what the first page shows about guides."""
        context = {**self.front_page_context(request), **(extra_context or {})}
        return super().index(request, context)

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
