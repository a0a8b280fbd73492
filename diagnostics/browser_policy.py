"""Middleware that says to browsers which features pages use, and which sites may load an answer."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class BrowserPolicyMiddleware:
    """Says which features of a device pages may use, and which sites may load an answer.

    Other sites may load static files: they hold nothing of anybody, one of them is the script that
    embeds the form, and a form in a sandboxed frame has no origin of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_file = request.path_info.startswith(settings.STATIC_URL)
        readers = "cross-origin" if is_file else "same-origin"
        response.setdefault("Cross-Origin-Resource-Policy", readers)
        response["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        return response
