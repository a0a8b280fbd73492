from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt, xframe_options_sameorigin


def allow_framing(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """Lets this site and the origins of FRAME_ANCESTORS show the page in a frame.

    X-Frame-Options knows no list of origins: if there is one, only the CSP is sent.
    """
    options = xframe_options_exempt if settings.FRAME_ANCESTORS else xframe_options_sameorigin
    ancestors = ["'self'", *settings.FRAME_ANCESTORS]
    csp_replace({"frame-ancestors": ancestors})(options(lambda _: page))(request)
    return page
