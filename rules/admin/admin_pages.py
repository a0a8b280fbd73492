"""Decorators that make a function a page of the admin, such as *Comparer*.

They check the permissions of the user and render the template. The addresses stand in `urls` modules.
"""

from collections.abc import Callable, Mapping
from functools import wraps

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from rules.admin.permissions import require_permissions
from rules.models import Guide
from rules.typed_text import read_typed_form

Context = Mapping[str, object]
Page = Callable[..., Context | HttpResponse]
View = Callable[..., HttpResponse]


def admin_page(
    *permissions: str, template: str = "", title: str = "", act: str = ""
) -> Callable[[Page], View]:
    """Makes a function the view of a page that people with all these permissions can open.

    The function returns a response, or the context of the template, which may replace the title.
    `act` is what the page does, for the sentence that refuses it (see `require_permissions`).
    """

    def make_view(page: Page) -> View:
        @wraps(page)
        def page_view(request: HttpRequest, **kwargs: object) -> HttpResponse:
            require_permissions(request, permissions, act)
            result = page(request, **kwargs)
            if isinstance(result, HttpResponse):
                return result
            return render_admin_page(request, template, {"title": title, **result})

        return admin.site.admin_view(page_view)

    return make_view


def guide_page(
    *permissions: str, template: str = "", title: str = "", act: str = ""
) -> Callable[[Page], View]:
    """Does what `admin_page` does for a function that takes a request and a guide.

    The address of the page has the id of the guide: `pk`. If someone has deleted the guide, the site says
    so with what was typed, if any.
    """

    def make_view(page: Page) -> View:
        @wraps(page)
        def page_of_guide(
            request: HttpRequest, pk: int, **kwargs: object
        ) -> Context | HttpResponse:
            guide = Guide.objects.filter(pk=pk).first()
            if guide is None:
                typed = read_typed_form(request)
                raise Guide.DoesNotExist if typed and typed.texts else Http404
            result = page(request, guide, **kwargs)
            return result if isinstance(result, HttpResponse) else {"guide": guide, **result}

        return admin_page(*permissions, template=template, title=title, act=act)(page_of_guide)

    return make_view


def render_admin_page(
    request: HttpRequest, template: str, context: Context, status: int = 200
) -> HttpResponse:
    """Renders a template with a context and with what the frame of the admin's pages shows."""
    context = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, template, context, status=status)
