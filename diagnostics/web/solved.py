"""*Résolu ?*, on the page of a result: said once, changed later."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from diagnostics.models import COMMENT_LENGTH
from diagnostics.personal_data import PersonalData
from diagnostics.redirects import SeeOther
from diagnostics.selectors import session_get
from diagnostics.services import NotAskedError
from diagnostics.throttling import Throttle, TooManyRequestsError
from diagnostics.verdicts import TOO_LONG, UnknownVerdictError, check_has_result, verdict_record
from diagnostics.web.public_view import public_view, retry_later, too_many_requests_sentence
from diagnostics.web.visitor_pages import diagnostic_page

VERDICTS = Throttle("verdicts", limit=60)

UNCHOSEN = "Choisissez Oui, Non ou Pas encore"
WITHOUT_COMMENT = (
    "Votre réponse est notée, mais pas votre commentaire\u00a0: {why}, puis envoyez de nouveau"
)
WHY_DROPPED = {
    TOO_LONG: f"il dépasse {COMMENT_LENGTH} caractères. Raccourcissez-le",
    PersonalData.EMAIL: "il semble contenir une adresse e-mail. Retirez-la",
    PersonalData.INE: "il semble contenir l’INE d’un élève. Retirez-le",
    PersonalData.PHONE: "il semble contenir un numéro de téléphone. Retirez-le",
}


@cache_control(no_store=True)
@public_view("GET", "HEAD", "POST")
def solved(request: HttpRequest, session_id: UUID) -> HttpResponse:
    if request.method == "POST":
        try:
            return _record(request, session_id)
        except NotAskedError:  # another tab went on without a result
            return SeeOther(reverse("web:diagnostic", args=[session_id]))
    return redirect("web:diagnostic", session_id)


def _record(request: HttpRequest, session_id: UUID) -> HttpResponse:
    said, comment = (request.POST.get(name, "") for name in ("solved", "comment"))
    try:
        VERDICTS.take(request)
        dropped = verdict_record(session_id=session_id, solved=said, comment=comment)
    except UnknownVerdictError:
        return _again(request, session_id, UNCHOSEN, field="resolu-yes")
    except TooManyRequestsError as refused:
        page = _again(request, session_id, too_many_requests_sentence(refused), status=429)
        return retry_later(page, refused)
    if dropped:
        return _again(request, session_id, WITHOUT_COMMENT.format(why=WHY_DROPPED[dropped]))
    return SeeOther(f"{reverse('web:diagnostic', args=[session_id])}#resolu")


def _again(
    request: HttpRequest,
    session_id: UUID,
    error: str,
    *,
    field: str = "commentaire",
    status: int = 400,
) -> HttpResponse:
    """The result once more, with what was typed."""
    session = session_get(session_id)
    check_has_result(session)
    _, page = diagnostic_page(request, session)
    page |= {"error": error, "field": field, "sent": request.POST}
    return render(request, "diagnostics/solved.html", page, status=status)
