"""Decides which other sites may show a public page in a frame."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt, xframe_options_sameorigin


def allow_framing(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """Lets this site and the origins of FRAME_ANCESTORS show the page in a frame; returns the page.

    The header X-Frame-Options cannot list origins, so it is sent only if FRAME_ANCESTORS is empty.
    The Content-Security-Policy is sent in any case. A site that isolates itself from others shows
    only frames that say that other sites may load them.
    """
    if settings.FRAME_ANCESTORS:
        page["Cross-Origin-Resource-Policy"] = "cross-origin"
    xframe_decorator = (
        xframe_options_exempt if settings.FRAME_ANCESTORS else xframe_options_sameorigin
    )
    ancestors = ["'self'", *settings.FRAME_ANCESTORS]
    csp_replace({"frame-ancestors": ancestors})(xframe_decorator(lambda _: page))(request)
    return page
