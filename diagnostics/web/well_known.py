"""The files that programs look for at the same address on every site: robots.txt and security.txt."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from diagnostics.web.public_view import public_view

ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /api/
Disallow: /diagnostics/
"""
"""Search engines may read the pages about guides and the legal pages, and nothing else.

The address of a diagnostic is the key to its answers. If an engine comes all the same, the pages of
diagnostics say that they are not to be indexed.
"""
SECURITY_TEXT_DAYS = 180
"""How long the contacts may be relied on. RFC 9116 recommends less than a year."""


@public_view("GET", "HEAD")
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@public_view("GET", "HEAD")
def security(request: HttpRequest) -> HttpResponse:
    """Says whom to tell about a weakness of this site, in the form of RFC 9116."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    last_day = datetime.now(UTC).date() + timedelta(days=SECURITY_TEXT_DAYS)
    lines = [
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {datetime.combine(last_day, time(), UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: fr, en",
    ]
    if settings.HTTPS:
        lines.append(f"Canonical: {settings.PUBLIC_URL}{request.path_info}")
    text = "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
