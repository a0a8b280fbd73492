"""Absolute addresses that other devices can open, and QR codes of them."""

import segno
from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe


def absolute_url(request: HttpRequest, path: str) -> str:
    """Returns the path after PUBLIC_URL or, if that is not set, after the host of the request."""
    return (
        f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
    )


def qr_code(address: str, title: str) -> SafeString:
    """Returns an SVG element: black on white even in a dark theme, since scanners need contrast."""
    svg = segno.make(address, error="m", micro=False).svg_inline(
        border=4, light="#fff", omitsize=True, lineclass=None, title=title
    )
    return mark_safe(svg)  # noqa: S308 (only numbers, and a title that this project writes)
