"""Middleware: no cookies on public pages, long bodies and wrong methods refused, and compression."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from diagnostics.errors import refusal_response

GetResponse = Callable[[HttpRequest], HttpResponse]

NO_LENGTH = "La demande doit dire sa longueur (en-tête Content-Length)."
_LARGE_BODY_PATHS = re.compile(r"/api/v1/guides/[^/]+/evaluate-batch|/[^/]+/classe/")


class PublicCookieMiddleware:
    """Removes the cookies of requests to public pages, so that Django never sets a cookie there."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(settings.ADMIN_PATH):
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)


class BodyLimitMiddleware:
    """Refuses a body that is too long before it is read. For the admin, Django has a closer limit.

    A chunked body (Transfer-Encoding) is refused everywhere: it declares no length, and Django
    would read it as empty.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "Transfer-Encoding" in request.headers:
            return refusal_response(request, 400, NO_LENGTH)
        if _body_length(request) > body_limit(request.path_info):
            return refusal_response(request, 413)
        return self.get_response(request)


class MethodRefusalMiddleware:
    """Fills the refusals of a method, which are empty as Django makes them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            page = refusal_response(request, 405)
            response.content, response["Content-Type"] = page.content, page["Content-Type"]
        return response


class FileCompressionMiddleware(GZipMiddleware):
    """Compresses each static file once a process, at its first use, and remembers the result.

    Unlike pages, files contain no secrets whose length random bytes would have to hide.
    """

    max_random_bytes = 0

    def __init__(self, get_response: GetResponse) -> None:
        super().__init__(get_response)
        self.compressed_files: dict[str, tuple[str | None, bytes]] = {}
        """The date and the compressed content of each file, by its path."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        super().process_response(request, response)  # a file is compressed when it is read
        is_whole = request.method == "GET" and response.status_code == HTTPStatus.OK
        if is_whole and isinstance(response, FileResponse) and "Content-Encoding" in response:
            path, changed_at = request.path_info, response.headers.get("Last-Modified")
            if self.compressed_files.get(path, ("",))[0] != changed_at:
                self.compressed_files[path] = changed_at, response.getvalue()
            content = self.compressed_files[path][1]
            response.streaming_content = [content]
            response["Content-Length"] = str(len(content))  # without it the connection is closed
        return response


class CompressionMiddleware(GZipMiddleware):
    """Compresses pages, answers of the API and static files.

    Two kinds are sent as they are: answers of the API with an `ETag`, which compression would turn
    into a weak one, and parts of a file (`Content-Range`). Static files lose their `ETag`: browsers
    recognise a file that they have by its date.
    """

    def __init__(self, get_response: GetResponse) -> None:
        super().__init__(get_response)
        self.file_compression = FileCompressionMiddleware(get_response)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_tagged = request.path_info.startswith("/api/") and response.has_header("ETag")
        if is_tagged or response.has_header("Content-Range"):
            return response
        if request.path_info.startswith(settings.STATIC_URL):
            del response["ETag"]  # compression makes it weak; WhiteNoise would not recognise it
            return self.file_compression.process_response(request, response)
        return super().process_response(request, response)


def body_limit(path: str) -> int:
    """Returns how many bytes the body of a request to this path may have.

    In the admin this is twice as many as Django takes, which says more about a form that is too long.
    """
    if path.startswith(settings.ADMIN_PATH):
        return 2 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return settings.BATCH_BODY_LIMIT if _LARGE_BODY_PATHS.fullmatch(path) else settings.BODY_LIMIT


def _body_length(request: HttpRequest) -> int:
    """Returns the length that Django will read, which is 0 if the header is not a number."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
