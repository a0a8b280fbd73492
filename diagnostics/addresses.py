"""Absolute addresses that other devices can open, and QR codes of them."""

import segno
from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.safestring import SafeString, mark_safe


def absolute_url(request: HttpRequest, path: str) -> str:
    """Returns the path after PUBLIC_URL or, if that is not set, after the host of the request.

    Django has checked the name of that host, but not its port: the only port that an address may
    have is that of the server.
    """
    if settings.PUBLIC_URL:
        return f"{settings.PUBLIC_URL}{path}"
    host, port = split_domain_port(request.get_host())
    return f"{request.scheme}://{host}{f':{request.get_port()}' if port else ''}{path}"


def qr_code(address: str, title: str) -> SafeString:
    """Returns an SVG element: black on white even in a dark theme, since scanners need contrast."""
    svg = segno.make(address, error="m", micro=False).svg_inline(
        border=4, light="#fff", omitsize=True, lineclass=None, title=title
    )
    svg = svg.replace("<svg ", '<svg role="img" ', 1)  # or its title is not read aloud everywhere
    return mark_safe(svg)  # noqa: S308 (only numbers, and a title that this project writes)
