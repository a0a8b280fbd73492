"""Middleware that says to browsers which features pages use, and which sites may load an answer."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class BrowserPolicyMiddleware:
    """Says which features of a device pages may use, and which sites may load an answer.

    Other sites may load static files: they hold nothing of anybody, one of them is the script that
    embeds the form, and a form in a sandboxed frame has no origin of its own. The other headers are
    for pages only, and a page of class mode would be heavier for having them on each of its scripts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(settings.STATIC_URL):
            response["Cross-Origin-Resource-Policy"] = "cross-origin"
        else:
            response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
            response["Cross-Origin-Opener-Policy"] = "same-origin"
            response["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        return response
