import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from diagnostics.errors import refusal_response

GetResponse = Callable[[HttpRequest], HttpResponse]

NO_LENGTH = "La demande doit dire sa longueur (en-tête Content-Length)."
_LARGE_BODY_PATHS = re.compile(r"/api/v1/guides/[^/]+/evaluate-batch|/[^/]+/classe/")


class PublicCookieMiddleware:
    """Hides cookies from public pages, so that Django never replaces a damaged one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/admin/"):
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)


class BodyLimitMiddleware:
    """Refuses a body over the limit before anything reads it; the admin has Django's own limit.

    A body in chunks is refused too: it declares no length, and Django would read it as empty.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "Transfer-Encoding" in request.headers:
            return refusal_response(request, 400, NO_LENGTH)
        has_rows = _LARGE_BODY_PATHS.fullmatch(request.path)
        limit = settings.BATCH_BODY_LIMIT if has_rows else settings.BODY_LIMIT
        if not request.path.startswith("/admin/") and _body_length(request) > limit:
            return refusal_response(request, 413)
        return self.get_response(request)


class FileCompressionMiddleware(GZipMiddleware):
    """Compresses files without random bytes: they hold no secret whose length must be hidden."""

    max_random_bytes = 0


class CompressionMiddleware(GZipMiddleware):
    """Compresses what phones on a slow network load.

    An answer of the API with an `ETag` is not compressed, since the tag would no longer be a strong
    one; a part of a file is not compressed either. Files are known by their date.
    """

    def __init__(self, get_response: GetResponse) -> None:
        super().__init__(get_response)
        self.file_compression = FileCompressionMiddleware(get_response)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_tagged = request.path.startswith("/api/") and response.has_header("ETag")
        if is_tagged or response.has_header("Content-Range"):
            return response
        if request.path.startswith(settings.STATIC_URL):
            del response["ETag"]  # WhiteNoise would not recognise the weak form of it
            return self.file_compression.process_response(request, response)
        return super().process_response(request, response)


def _body_length(request: HttpRequest) -> int:
    """Returns the length that Django will read: none if the header is not a number."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
