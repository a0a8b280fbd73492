"""*Résolu ?*: stores the verdict that a visitor sends from the page of a result.

A second verdict replaces the first.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from diagnostics.answered_guide import QuestionNotAskedError
from diagnostics.errors import too_many_requests_sentence
from diagnostics.models import COMMENT_LENGTH
from diagnostics.personal_data import PersonalDataKind
from diagnostics.redirects import SeeOther
from diagnostics.selectors import session_get
from diagnostics.throttles.token_bucket import TokenBucket, TooManyRequestsError
from diagnostics.verdicts import TOO_LONG, UnknownVerdictError, check_has_result, verdict_record
from diagnostics.web.public_view import public_view, with_retry_after
from diagnostics.web.visitor_pages import diagnostic_page

VERDICTS = TokenBucket("verdicts", capacity=5, seconds_per_token=60)
"""The limit on the verdicts of one diagnostic, from wherever they come."""

VERDICT_MISSING = "Choisissez Oui, Non ou Pas encore"
TOO_MANY_VERDICTS = "Trop de réponses ont été envoyées pour ce diagnostic. Réessayez dans {wait}"
WITHOUT_COMMENT = (
    "Votre réponse est notée, mais pas votre commentaire\u00a0: {why}, puis envoyez de nouveau"
)
WHY_DROPPED = {
    TOO_LONG: f"il dépasse {COMMENT_LENGTH} caractères. Raccourcissez-le",
    PersonalDataKind.EMAIL: "il semble contenir une adresse e-mail. Retirez-la",
    PersonalDataKind.INE: "il semble contenir l’INE d’un élève. Retirez-le",
    PersonalDataKind.PHONE: "il semble contenir un numéro de téléphone. Retirez-le",
}


@cache_control(no_store=True)
@public_view("GET", "HEAD", "POST")
def solved(request: HttpRequest, session_id: UUID) -> HttpResponse:
    if request.method == "POST":
        try:
            return _record_verdict(request, session_id)
        except QuestionNotAskedError:  # an answer changed in another tab, and a question is asked
            return SeeOther(reverse("web:diagnostic", args=[session_id]))
    return redirect("web:diagnostic", session_id)


def _record_verdict(request: HttpRequest, session_id: UUID) -> HttpResponse:
    verdict, comment = (request.POST.get(name, "") for name in ("solved", "comment"))
    try:
        check_has_result(session_get(session_id))
        VERDICTS.take(str(session_id))
        why = verdict_record(session_id=session_id, solved=verdict, comment=comment)
    except UnknownVerdictError:
        return _result_with_error(request, session_id, VERDICT_MISSING, field="resolu-yes")
    except TooManyRequestsError as refused:
        error = too_many_requests_sentence(refused, TOO_MANY_VERDICTS)
        page = _result_with_error(request, session_id, error, status=429)
        return with_retry_after(page, refused)
    if why:
        error = WITHOUT_COMMENT.format(why=WHY_DROPPED[why])
        return _result_with_error(request, session_id, error)
    return SeeOther(f"{reverse('web:diagnostic', args=[session_id])}#resolu")


def _result_with_error(
    request: HttpRequest,
    session_id: UUID,
    error: str,
    *,
    field: str = "commentaire",
    status: int = 400,
) -> HttpResponse:
    """Returns the page of the result with an error and with the verdict and comment as sent."""
    session = session_get(session_id)
    check_has_result(session)
    _, page = diagnostic_page(request, session)
    page |= {"error": error, "field": field, "sent": request.POST}
    return render(request, "diagnostics/solved.html", page, status=status)
