"""Turns the exceptions of calls into refusals, as `application/problem+json`."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404
from rest_framework.exceptions import (
    APIException,
    MethodNotAllowed,
    NotFound,
    ParseError,
    UnsupportedMediaType,
    ValidationError,
)
from rest_framework.response import Response

from diagnostics.answered_guide import QuestionNotAskedError
from diagnostics.databases.outages import (
    RETRY_AFTER_SECONDS,
    find_outage,
    free_cursors,
    log_outage,
)
from diagnostics.errors import (
    UNREADABLE_GUIDE,
    FieldError,
    ProblemDetails,
    log_altered_version,
    outage_sentence,
    problem_body,
    too_many_requests_detail,
)
from diagnostics.evaluation import UNKNOWN_QUESTION, unknown_answer_sentence
from diagnostics.models import Session
from diagnostics.selectors import GuideClosedError, SessionExpiredError
from diagnostics.throttles.large_batches import TooManyRowsError
from diagnostics.throttles.token_bucket import TooManyRequestsError
from rules.counts import count_label, format_number
from rules.engine.resolve import UnknownAnswerError
from rules.markdown import to_html, to_plain_text
from rules.publication.versions import VersionAlteredError

UNKNOWN_SESSION = "Aucun diagnostic n’a cet identifiant."
EXPIRED_SESSION = "Ce diagnostic a expiré\u00a0: commencez-en un autre."
MAX_FIELDS_LISTED = 20
"""How many wrong fields a refusal lists. A batch has a refusal for each row, and up to 1,000 rows."""
NOT_JSON = "Le corps de la demande doit être du JSON (Content-Type\u00a0: application/json)."
TOO_MANY_ROWS = "Ce guide a {rules}\u00a0: une demande a {rows} au plus. Envoyez les lignes en plusieurs demandes."
METHOD_NOT_ALLOWED = "Cette adresse ne répond pas à cette méthode\u00a0: voir l’en-tête Allow."


def exception_handler(exception: Exception, context: dict[str, Any]) -> Response | None:
    body = problem_of_exception(exception)
    outage = None if body else find_outage(exception)
    if outage:
        body = problem_body(503, outage_sentence(outage, context["request"].method))
    if body is None:
        return None
    response = Response(body, status=body["status"], content_type="application/problem+json")
    if isinstance(exception, TooManyRequestsError):
        response["Retry-After"] = str(exception.retry_after)
    if outage:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        log_outage(response, outage)
        free_cursors(exception)
    if isinstance(exception, VersionAlteredError):
        log_altered_version(response, exception)
    return response


def problem_of_exception(exception: Exception) -> ProblemDetails | None:
    """Returns the body of a refusal, or `None` if the exception is an unexpected fault."""
    match exception:
        case Session.DoesNotExist():
            return problem_body(404, UNKNOWN_SESSION)
        case SessionExpiredError():
            return problem_body(410, EXPIRED_SESSION)
        case GuideClosedError(version=version):
            message = version.guide.closing_message
            body = problem_body(403, to_plain_text(message))
            return {**body, "detail_html": to_html(message)}
        case TooManyRequestsError():
            return problem_body(429, too_many_requests_detail(exception))
        case VersionAlteredError():
            return problem_body(500, UNREADABLE_GUIDE)
        case UnknownAnswerError(choice=None):
            return problem_body(404, UNKNOWN_QUESTION)
        case UnknownAnswerError():
            return _invalid_fields(
                [FieldError(field="choice", detail=unknown_answer_sentence(exception))]
            )
        case QuestionNotAskedError(asked=asked):
            return {**problem_body(409, _not_asked_sentence(asked)), "question": asked}
        case ValidationError(detail=detail):
            return _invalid_fields(list(_flatten_errors(detail)))
        case _:
            return _problem_of_request(exception)


def _problem_of_request(exception: Exception) -> ProblemDetails | None:
    """Returns the body of the refusal of a wrong address, method, format or JSON, or `None`."""
    match exception:
        case ParseError(detail=detail):
            return problem_body(400, str(detail))
        case NotFound(detail=detail):
            return problem_body(404, str(detail))
        case Http404():
            return problem_body(404)
        case MethodNotAllowed():
            return problem_body(405, METHOD_NOT_ALLOWED)
        case UnsupportedMediaType():
            return problem_body(415, NOT_JSON)
        case TooManyRowsError(rules=rules, most=most):
            counts = {
                "rules": count_label(rules, "règle{s}"),
                "rows": count_label(most, "ligne{s}"),
            }
            return problem_body(413, TOO_MANY_ROWS.format(**counts))
        case APIException(status_code=status):
            return problem_body(status)
        case _:
            return None


def _not_asked_sentence(asked: str | None) -> str:
    if asked is None:
        return "Cette question n’est pas posée\u00a0: le diagnostic n’attend plus de réponse."
    return f"Cette question n’est pas posée. La question posée est «\u00a0{asked}\u00a0»."


def _invalid_fields(errors: list[FieldError]) -> ProblemDetails:
    """Returns the body of the refusal of some fields. It lists the first ones, and counts the others."""
    if len(errors) == 1:
        detail = errors[0]["detail"]
    elif len(errors) <= MAX_FIELDS_LISTED:
        detail = "Plusieurs champs sont à corriger."
    else:
        detail = (
            f"{format_number(len(errors))} champs sont à corriger\u00a0; seuls les "
            f"{MAX_FIELDS_LISTED} premiers sont dans «\u00a0errors\u00a0»."
        )
    listed = errors[:MAX_FIELDS_LISTED]
    return problem_body(400, detail, [error for error in listed if error["field"]])


def _flatten_errors(detail: object, field: str = "") -> Iterator[FieldError]:
    """Yields an error for each field at fault, from the nested errors of DRF.

    `{"answers": {"liste-a-jour": ["…"]}}` yields an error of the field `answers.liste-a-jour`.
    """
    if isinstance(detail, dict):
        for name, nested in detail.items():
            own_name = "" if name == "non_field_errors" else str(name)
            yield from _flatten_errors(nested, ".".join(filter(None, (field, own_name))))
    elif isinstance(detail, list):
        for item in detail:
            yield from _flatten_errors(item, field)
    else:
        yield FieldError(field=field, detail=str(detail))
