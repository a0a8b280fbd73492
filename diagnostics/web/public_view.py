"""What all public views share: no cookie, who may frame them, refusals as French pages."""

from collections.abc import Callable
from functools import wraps
from math import ceil

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from diagnostics.errors import refusal_response
from diagnostics.framing import allow_framing
from diagnostics.models import Session
from diagnostics.selectors import GuideClosedError, SessionExpiredError, check_open
from diagnostics.throttling import TooManyRequestsError
from rules.models import Guide, Version
from rules.publication.timeline import live_version

View = Callable[..., HttpResponse]

UNKNOWN = "Ce diagnostic n’existe pas ou a été effacé. Vérifiez l’adresse de la page."
EXPIRED = (
    "Ce diagnostic a été effacé\u00a0: chacun l’est {days} jours après sa dernière réponse. "
    "Vous pouvez en commencer un autre."
)
TOO_MANY = "Trop de demandes sont venues de votre réseau. Réessayez dans {minutes}\u00a0minute{s}."
NOT_ALLOWED = "Cette page ne répond pas à une demande de cette sorte."


def public_view(*methods: str) -> Callable[[View], View]:
    """A view of anyone: without the cookie that CSRF would need, framed where settings allow."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def served(request: HttpRequest, **kwargs: object) -> HttpResponse:
            request.encoding = "utf-8"  # the only one of our forms, whatever a request claims
            return allow_framing(request, _answer(view, methods, request, **kwargs))

        return served

    return decorate


def _answer(
    view: View, methods: tuple[str, ...], request: HttpRequest, **kwargs: object
) -> HttpResponse:
    if request.method not in methods:
        return _not_allowed(request, methods)
    try:
        return view(request, **kwargs)
    except Http404:  # not left to Django: these pages keep what `public_view` promises
        return refusal_response(request, 404)
    except Session.DoesNotExist:
        return refusal_response(request, 404, UNKNOWN)
    except SessionExpiredError:
        return refusal_response(request, 410, EXPIRED.format(days=settings.SESSION_DAYS))
    except GuideClosedError as closed:
        return _closed_page(request, closed.guide)
    except TooManyRequestsError as refused:
        return retry_later(
            refusal_response(request, 429, too_many_requests_sentence(refused)), refused
        )


def too_many_requests_sentence(refused: TooManyRequestsError) -> str:
    minutes = ceil(refused.retry_after / 60)
    return TOO_MANY.format(minutes=minutes, s="s" if minutes > 1 else "")


def retry_later(response: HttpResponse, refused: TooManyRequestsError) -> HttpResponse:
    response["Retry-After"] = str(refused.retry_after)
    return response


def known_version(slug: str) -> Version:
    """The live one. Raises `Http404`."""
    version = live_version(slug)
    if version is None:
        raise Http404
    return version


def open_version(slug: str) -> Version:
    """The live one. Raises `Http404` and `GuideClosedError`."""
    version = known_version(slug)
    check_open(version)
    return version


def _not_allowed(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse:
    response = refusal_response(request, 405, NOT_ALLOWED)
    response["Allow"] = ", ".join(methods)
    return response


def _closed_page(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Whoever only looks is told; what was to begin is refused."""
    status = 200 if request.method in {"GET", "HEAD"} else 403
    page = {"title": guide.title, "message": guide.closing_message}
    return render(request, "diagnostics/closed.html", page, status=status)
