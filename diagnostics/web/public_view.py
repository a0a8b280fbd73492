"""Gives all public views their methods, framing, errors as French pages, live versions, and the
answers of links.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from diagnostics.errors import (
    UNREADABLE_GUIDE,
    log_altered_version,
    refusal_response,
    too_many_requests_detail,
)
from diagnostics.framing import allow_framing
from diagnostics.models import Session
from diagnostics.redirects import redirect_to_small_letters, redirect_whole_request
from diagnostics.selectors import GuideClosedError, SessionExpiredError, check_open
from diagnostics.throttles.token_bucket import TooManyRequestsError
from rules.engine.content import Answers
from rules.engine.resolve import known_answers
from rules.models import Version
from rules.publication.timeline import live_version, version_of_former_slug
from rules.publication.versions import VersionAlteredError, compiled_version

View = Callable[..., HttpResponse]

UNKNOWN_DIAGNOSTIC = "Ce diagnostic n’existe pas ou a été effacé. Vérifiez l’adresse de la page."
EXPIRED_DIAGNOSTIC = (
    "Les réponses sont gardées {days} jours après la dernière, puis effacées. Vous pouvez commencer "
    "un autre diagnostic."
)


def public_view(*methods: str) -> Callable[[View], View]:
    """Returns a decorator for public views, which accept only `methods`.

    Such a view needs no CSRF token, may be shown in a frame by the origins of the settings, and
    answers errors with a page in French.
    """

    def make_public(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def serve_public(request: HttpRequest, **kwargs: object) -> HttpResponse:
            request.encoding = "utf-8"  # that of the forms; a request may declare another
            return allow_framing(request, _answer_or_refusal(view, methods, request, **kwargs))

        return serve_public

    return make_public


def _answer_or_refusal(
    view: View, methods: tuple[str, ...], request: HttpRequest, **kwargs: object
) -> HttpResponse:
    """Returns the answer of the view, or the page of its error or of a wrong method."""
    if request.method not in methods:
        return HttpResponseNotAllowed(methods)
    try:
        return view(request, **kwargs)
    except Http404:  # handled here rather than by Django, so that a frame may show the page
        right = redirect_to_small_letters(request) or _redirect_from_former_slug(request)
        return right or refusal_response(request, 404)
    except Session.DoesNotExist:
        return refusal_response(request, 404, UNKNOWN_DIAGNOSTIC)
    except SessionExpiredError:
        return refusal_response(request, 410, EXPIRED_DIAGNOSTIC.format(days=settings.SESSION_DAYS))
    except VersionAlteredError as altered:
        response = refusal_response(request, 500, UNREADABLE_GUIDE)
        log_altered_version(response, altered)
        return response
    except GuideClosedError as closed:
        # The page is a normal answer to a visit, and a refusal to a POST that begins a diagnostic.
        status = 200 if request.method in {"GET", "HEAD"} else 403
        version = closed.version
        page = {"title": version.title, "message": version.guide.closing_message}
        return render(request, "diagnostics/closed.html", page, status=status)
    except TooManyRequestsError as refused:
        response = refusal_response(request, 429, too_many_requests_detail(refused))
        return with_retry_after(response, refused)


def _redirect_from_former_slug(request: HttpRequest) -> HttpResponse | None:
    """Leads from a page of a guide, by its slug until the site reserved it, to the same page now."""
    slug, _, page = request.path_info.removeprefix("/").partition("/")
    version = version_of_former_slug(slug)
    return redirect_whole_request(request, f"/{version.guide.slug}/{page}") if version else None


def with_retry_after(response: HttpResponse, refused: TooManyRequestsError) -> HttpResponse:
    response["Retry-After"] = str(refused.retry_after)
    return response


def live_version_or_404(slug: str) -> Version:
    """Returns the live version of a guide, closed or not. Raises `Http404` if there is none."""
    version = live_version(slug)
    if version is None:
        raise Http404
    return version


def open_version(slug: str) -> Version:
    """Returns the live version of an open guide. Raises `Http404` and `GuideClosedError`."""
    version = live_version_or_404(slug)
    check_open(version)
    return version


def answers_of_link(request: HttpRequest, version: Version) -> Answers:
    """Returns the answers in the query of an address, which a link may contain.

    Left out are answers that the guide does not know, and questions with two answers.
    """
    answers = {key: values[0] for key, values in request.GET.lists() if len(values) == 1}
    return known_answers(compiled_version(version).guide, answers)
