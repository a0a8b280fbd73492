import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from diagnostics.errors import refusal_response

Respond = Callable[[HttpRequest], HttpResponse]

NO_LENGTH = "La demande doit dire sa longueur (en-tête Content-Length)."
_MANY_ROWS = re.compile(r"/api/v1/guides/[^/]+/evaluate-batch|/[^/]+/classe/")


class PublicCookieMiddleware:
    """Public pages see no cookie, so that Django never answers a damaged one with another."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/admin/"):
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)


class BodyLimitMiddleware:
    """Refuses a body over the limit before anything reads it; the admin has Django's own limit.

    A body in chunks says no length: Django would take it for none.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "Transfer-Encoding" in request.headers:
            return refusal_response(request, 400, NO_LENGTH)
        if not request.path.startswith("/admin/") and _length(request) > _limit(request):
            return refusal_response(request, 413)
        return self.get_response(request)


class FileCompressionMiddleware(GZipMiddleware):
    """Files hold no secret whose length would have to be blurred."""

    max_random_bytes = 0


class CompressionMiddleware(GZipMiddleware):
    """For phones on a slow network. Answers of the API that have an `ETag` go as they are, since
    the tag would no longer be a strong one; so do parts of a file. Files are known by their date.
    """

    def __init__(self, get_response: Respond) -> None:
        super().__init__(get_response)
        self.of_files = FileCompressionMiddleware(get_response)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_tagged = request.path.startswith("/api/") and response.has_header("ETag")
        if is_tagged or response.has_header("Content-Range"):
            return response
        if request.path.startswith(settings.STATIC_URL):
            del response["ETag"]  # WhiteNoise would not know it again, made weak
            return self.of_files.process_response(request, response)
        return super().process_response(request, response)


def _limit(request: HttpRequest) -> int:
    has_rows = _MANY_ROWS.fullmatch(request.path)
    return int(settings.BATCH_BODY_LIMIT if has_rows else settings.BODY_LIMIT)


def _length(request: HttpRequest) -> int:
    """As Django counts it: where the header is no number, there is no body."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
