"""The page that opens a diagnostic again by its code.

The code is sent by POST, so that it is never part of an address that logs or histories contain.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from diagnostics.codes import parse_code
from diagnostics.errors import too_many_requests_sentence
from diagnostics.redirects import SeeOther
from diagnostics.throttles.token_bucket import TooManyRequestsError
from diagnostics.throttles.visitor_networks import CUSTOMER_PREFIX, visitor_network
from diagnostics.web.public_view import public_view, with_retry_after
from diagnostics.wrong_codes import session_by_typed_code

CODE_MISSING = "Saisissez le code de votre diagnostic"
NOT_A_CODE = "Ce n’est pas un code\u00a0: un code a huit lettres et chiffres, sans 0, O, 1, I ni L"
CODE_UNKNOWN = (
    "Aucun diagnostic n’a ce code. Vérifiez-le\u00a0: les réponses sont gardées {days} jours, puis "
    "effacées"
)
TOO_MANY_CODES = "Trop de codes faux sont venus de votre réseau. Attendez {wait}, puis choisissez de nouveau Ouvrir"


@cache_control(no_store=True)
@public_view("GET", "HEAD", "POST")
def resume(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "diagnostics/resume.html")
    typed = request.POST.get("code", "")
    code = parse_code(typed)
    if code is None:
        error = NOT_A_CODE if typed.strip() else CODE_MISSING
        return _form_with_error(request, typed, error, status=400)
    try:
        session = session_by_typed_code(code, visitor_network(request, CUSTOMER_PREFIX))
    except TooManyRequestsError as refused:
        error = too_many_requests_sentence(refused, TOO_MANY_CODES)
        return with_retry_after(_form_with_error(request, typed, error, status=429), refused)
    if session is None:
        error = CODE_UNKNOWN.format(days=settings.SESSION_DAYS)
        return _form_with_error(request, typed, error, status=404)
    return SeeOther(reverse("web:diagnostic", args=[session.pk]))


def _form_with_error(request: HttpRequest, typed: str, error: str, status: int) -> HttpResponse:
    page = {"typed": typed, "error": error}
    return render(request, "diagnostics/resume.html", page, status=status)
