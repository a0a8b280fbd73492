"""Refusals, i.e. answers to requests that cannot be served: problem+json under /api/, else a page."""

import logging
import sys
from collections.abc import Sequence
from http import HTTPStatus
from math import ceil
from typing import NotRequired, TypedDict

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.messages.storage.base import Message
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.security import SecurityMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils.log import log_response

from diagnostics.browser_policy import BrowserPolicyMiddleware
from diagnostics.databases.outages import (
    RETRY_AFTER_SECONDS,
    UnknownCommitError,
    find_outage,
    free_cursors,
    log_outage,
)
from diagnostics.framing import allow_framing
from diagnostics.redirects import redirect_to_small_letters
from diagnostics.throttles.large_batches import BatchesUnderWayError
from diagnostics.throttles.token_bucket import TooManyRequestsError
from rules.counts import count_label, format_number
from rules.models import Guide
from rules.publication.versions import VersionAlteredError
from rules.typed_text import (
    SEND_AGAIN,
    TypedForm,
    is_sent_from_this_site,
    read_typed_form,
    render_earlier_login,
    render_ended_session,
)

TITLES = {
    400: "Demande incorrecte",
    403: "Accès refusé",
    404: "Adresse introuvable",
    405: "Méthode non permise",
    409: "Cette question n’est plus posée",
    410: "Ce diagnostic a été effacé",
    413: "Demande trop longue",
    414: "Adresse trop longue",
    415: "Format non pris en charge",
    429: "Trop de demandes",
    431: "Demande trop longue",
    500: "Erreur du service",
    501: "Demande incorrecte",
    503: "Service indisponible pour le moment",
}
DETAILS = {
    400: "La demande n’a pas pu être lue.",
    403: "Vous n’avez pas accès à cette page.",
    404: "Rien ne se trouve à cette adresse.",
    405: "Cette page ne répond pas à une demande de cette sorte.",
    413: "La demande dépasse la taille permise.",
    414: "L’adresse demandée dépasse 8\u00a0000 caractères. Si un lien vous a mené ici, il contient trop "
    "de réponses\u00a0: commencez un diagnostic sans elles.",
    431: "Les en-têtes de la demande dépassent la taille permise. Effacez les cookies de ce site dans "
    "votre navigateur, puis réessayez.",
    500: "Une erreur est survenue. Rien n’est perdu\u00a0: réessayez dans un instant.",
    501: "La demande n’a pas pu être lue.",
    503: "Le site ne répond pas pour le moment\u00a0: réessayez dans quelques secondes.",
}
NOT_RECEIVED = "Votre réponse n’a pas été reçue"
PAGE_TITLES = TITLES | {
    400: NOT_RECEIVED,
    404: "Cette page n’existe pas",
    405: "Cette page ne s’ouvre pas ainsi",
    413: "Votre envoi est trop long",
    414: "Cette adresse est trop longue",
    431: "Votre navigateur envoie trop de données",
    500: "Une erreur est survenue",
    501: NOT_RECEIVED,
    503: "Le site est indisponible",
}
"""The titles of pages, in the words of people; `TITLES` are for programs."""
PAGE_DETAILS = DETAILS | {
    400: "Revenez en arrière et recommencez.",
    404: "Son adresse est peut-être mal écrite, ou la page a été supprimée.",
    405: "Elle ne fait que recevoir ce qu’un bouton envoie. Revenez en arrière et recommencez.",
    413: "Le site ne peut pas recevoir autant de texte à la fois. Revenez en arrière et "
    "raccourcissez-le.",
    431: "Effacez les cookies de ce site dans votre navigateur, puis réessayez.",
    500: "Rien n’est perdu\u00a0: réessayez dans un instant.",
    501: "Revenez en arrière et recommencez.",
}
BATCHES_UNDER_WAY = "Le site traite déjà d’autres longues listes. Réessayez dans {wait}."
TOO_MANY_REQUESTS = "Trop de demandes sont venues de votre réseau. Réessayez dans {wait}."
NOTHING_STORED = (
    "Le site ne peut rien enregistrer pour le moment\u00a0: ce que vous venez d’envoyer n’est pas "
    "enregistré. Ce qui l’était avant n’est pas perdu. Réessayez dans quelques secondes."
)
MAYBE_STORED = (
    "Le site n’a pas répondu à temps\u00a0: nous ne savons pas si ce que vous venez d’envoyer est "
    "enregistré. Ce qui l’était avant n’est pas perdu. Vérifiez, ou envoyez-le de nouveau."
)
UNREADABLE_GUIDE = "Ce guide ne peut pas être affiché pour le moment."
"""The sentence about a guide whose version was altered in the database."""
OVERSIZED_FORM = (
    "Rien n’est enregistré\u00a0: cette page a envoyé {sent}. Le bouton "
    "«\u00a0Précédent\u00a0» du navigateur ramène ce que vous aviez saisi."
)
OLD_LOGIN_PAGE = (
    "Vous vous êtes connecté ailleurs depuis l’ouverture de cette page, ou le navigateur refuse les "
    "cookies. Ouvrez l’administration de nouveau."
)
FOREIGN_FORM = "Ce formulaire ne vient pas d’une page de ce site\u00a0: rien n’est enregistré."


class FieldError(TypedDict):
    """A problem with one field; `field` is its path, such as `answers.liste-a-jour`."""

    field: str
    detail: str


class ProblemDetails(TypedDict):
    """The body of an `application/problem+json` answer.

    RFC 9457 defines its fields, except `errors` and those that may be absent, which this API adds.
    """

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError]
    detail_html: NotRequired[str]
    """The detail of a closed guide as HTML: its closing message, in which editors write Markdown."""
    question: NotRequired[str | None]
    """The key of the question being asked, if the refused answer is to another question."""


def problem_body(
    status: int, detail: str = "", errors: Sequence[FieldError] = ()
) -> ProblemDetails:
    return {
        "type": "about:blank",
        "title": TITLES.get(status, HTTPStatus(status).phrase),
        "status": status,
        "detail": detail or DETAILS.get(status, ""),
        "errors": list(errors),
    }


def refusal_response(
    request: HttpRequest, status: int, detail: str = "", done: Sequence[Message] = ()
) -> HttpResponse:
    """Returns the refusal of a request; `detail` replaces the sentence of the status.

    `done` are the messages about what earlier requests have done, whatever happens to this one.
    """
    if request.path_info.startswith("/api/"):
        return JsonResponse(
            problem_body(status, detail),
            status=status,
            content_type="application/problem+json",
            json_dumps_params={"ensure_ascii": False},
        )
    page_context: dict[str, object] = {
        **_page_words(status, detail),
        "status": status,
        "done": done,
    }
    is_of_admin = request.path_info.startswith(settings.ADMIN_PATH)
    if is_of_admin or status == 503:
        page_context["typed"] = _typed_form(request)
        page_context["button"] = SEND_AGAIN if status >= 500 else ""
    if status == 503:
        page_context |= _addresses_to_try(request)
    page = render(request, "diagnostics/error.html", page_context, status=status)
    if is_of_admin:
        return page
    return allow_framing(request, page)  # a site that shows the form in a frame shows refusals too


def _page_words(status: int, detail: str) -> dict[str, object]:
    """Returns the title and the detail of the page of a refusal."""
    title = PAGE_TITLES.get(status, HTTPStatus(status).phrase)
    return {"title": title, "detail": detail or PAGE_DETAILS.get(status, "")}


def too_many_requests_detail(refused: TooManyRequestsError) -> str:
    under_way = isinstance(refused, BatchesUnderWayError)
    return too_many_requests_sentence(
        refused, BATCHES_UNDER_WAY if under_way else TOO_MANY_REQUESTS
    )


def too_many_requests_sentence(refused: TooManyRequestsError, pattern: str) -> str:
    """Returns the pattern with the time to wait in place of `{wait}`, such as « 12 secondes »."""
    units = {"heure": 3_600, "minute": 60, "seconde": 1}
    unit = next((name for name in units if refused.retry_after > units[name]), "seconde")
    count = ceil(refused.retry_after / units[unit])
    return pattern.format(wait=count_label(count, unit + "{s}"))


def refusal_message(status: int, path: str, detail: str = "") -> bytes:
    """Returns the whole HTTP message that refuses a request which Django has not received."""
    request = HttpRequest()
    request.path_info = path
    response = refusal_response(request, status, detail)
    response["Cache-Control"], response["Connection"] = "no-store", "close"
    response["Content-Length"] = str(len(response.content))
    if status == 429:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    for middleware in (CSPMiddleware, SecurityMiddleware):
        middleware(lambda _: response).process_response(request, response)
    BrowserPolicyMiddleware(lambda _: response)(request)
    line = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n"
    return line.encode() + response.serialize()


def log_altered_version(response: HttpResponse, error: VersionAlteredError) -> None:
    """Logs that a version was altered, without the address asked for."""
    sentence = "A version that was altered in the database is not served: %s"
    log_response(sentence, str(error), response=response, logger=logging.getLogger("diagnostics"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Refuses a request; the refusal of a form that is too large says its size and the limit."""
    match exception:
        case TooManyFieldsSent():
            maximum = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
            sent = f"plus de {format_number(maximum)} champs, le maximum"
        case RequestDataTooBig():
            length, maximum = (
                int(request.META["CONTENT_LENGTH"]),
                settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
            )
            sent = (
                f"{format_number(length)} octets, et le maximum est {format_number(maximum)} "
                f"({maximum // 1_000_000}\u00a0Mo)"
            )
        case _:
            if outage := find_outage(exception):  # Django takes it for the end of a session
                return outage_response(request, outage)
            return refusal_response(request, 400)
    return refusal_response(request, 413, OVERSIZED_FORM.format(sent=sent))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Refuses a request; a page about a guide links to the guide if the user may see it."""
    if not request.path_info.startswith(settings.ADMIN_PATH):
        return refusal_response(request, 403, str(exception))
    guides, match = Guide.objects.none(), request.resolver_match
    if match and "pk" in match.kwargs and request.user.has_perm("rules.view_guide"):
        name, pk = str(match.url_name), match.kwargs["pk"]
        if name in {"rules_version_restore", "rules_version_cancel"}:
            guides = Guide.objects.filter(versions=pk)
        elif name.startswith("rules_guide_"):
            guides = Guide.objects.filter(pk=pk)
    return _refuse_in_admin(request, 403, str(exception), guides.first())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuses a form whose token is not that of the present login, and shows what was typed.

    The refusal of a form from another site shows nothing of it. `reason` is Django's, in English.
    """
    if typed := read_typed_form(request):
        is_logged_in = admin.site.has_permission(request)
        return (render_earlier_login if is_logged_in else render_ended_session)(request, typed)
    is_own = is_sent_from_this_site(request)
    return refusal_response(request, 403, OLD_LOGIN_PAGE if is_own else FOREIGN_FORM)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path_info.startswith(settings.ADMIN_PATH) and admin.site.has_permission(request):
        return _refuse_in_admin(request, 404)
    return redirect_to_small_letters(request) or refusal_response(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Says that the service failed and, in the admin, what the requests before this one have done.

    The page of an outage says what is not stored, and gives what was sent back.
    """
    if outage := find_outage(sys.exception()):
        return outage_response(request, outage)
    return refusal_response(request, 500, done=_pending_messages(request))


def outage_response(request: HttpRequest, outage: BaseException) -> HttpResponse:
    """Returns the refusal of a request during an outage of the database, and logs the outage."""
    response = refusal_response(request, 503, outage_sentence(outage, request.method))
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    log_outage(response, outage)
    free_cursors(sys.exception())
    return response


def outage_sentence(outage: BaseException, method: str | None) -> str:
    """Returns a sentence that says what was not stored of a request with this method."""
    if method in {"GET", "HEAD"}:
        return DETAILS[503]
    return MAYBE_STORED if isinstance(outage, UnknownCommitError) else NOTHING_STORED


def _addresses_to_try(request: HttpRequest) -> dict[str, str]:
    """Returns the addresses to which the page of an outage leads: the same page, and the diagnostic."""
    if request.method in {"GET", "HEAD"}:
        return {"same_page": request.get_full_path()}
    match = request.resolver_match
    if match and "session_id" in match.kwargs:
        return {"diagnostic": reverse("web:diagnostic", args=[match.kwargs["session_id"]])}
    return {}


def _refuse_in_admin(
    request: HttpRequest, status: int, detail: str = "", guide: Guide | None = None
) -> HttpResponse:
    """Returns the refusal of a request of someone who is logged in, framed as a page of the admin."""
    context = admin.site.each_context(request) | {
        **_page_words(status, detail),
        "guide": guide,
        "typed": _typed_form(request),
        "button": SEND_AGAIN if status == 403 else "",
    }
    return render(request, "admin/rules/refused.html", context, status=status)


def _typed_form(request: HttpRequest) -> TypedForm | None:
    """Returns the form that a refused request sends; None if it is too large to be read."""
    try:
        return read_typed_form(request)
    except SuspiciousOperation:
        return None


def _pending_messages(request: HttpRequest) -> list[Message]:
    """Returns the messages that no page has shown yet; none if the database does not answer."""
    if not request.path_info.startswith(settings.ADMIN_PATH) or request.method != "GET":
        return []
    try:
        return list(messages.get_messages(request))
    except Exception:
        return []
