"""Addresses as other devices reach them: absolute, and as a code that a phone reads."""

import segno
from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe


def absolute_url(request: HttpRequest, path: str) -> str:
    return (
        f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
    )


def qr_code(address: str, title: str) -> SafeString:
    """Returns an SVG element, black on white in any theme: scanners need that contrast."""
    svg = segno.make(address, error="m", micro=False).svg_inline(
        border=4, light="#fff", omitsize=True, lineclass=None, title=title
    )
    return mark_safe(svg)  # noqa: S308 (made of numbers only, but for the title, which is ours)
