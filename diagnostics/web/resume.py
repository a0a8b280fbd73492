"""The page that opens a diagnostic again by its code.

The code is sent by POST, so that it is never part of an address that logs or histories contain.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from diagnostics.codes import parse_code
from diagnostics.models import Session
from diagnostics.redirects import SeeOther
from diagnostics.selectors import session_by_code
from diagnostics.throttling import Throttle
from diagnostics.web.public_view import public_view

WRONG_CODES = Throttle("wrong-codes", limit=20)

CODE_MISSING = "Saisissez le code de votre diagnostic"
NOT_A_CODE = "Ce n’est pas un code\u00a0: un code a huit lettres et chiffres, sans 0, O, 1, I ni L"
CODE_UNKNOWN = (
    "Aucun diagnostic n’a ce code. Vérifiez-le\u00a0: un diagnostic est effacé {days} jours après "
    "sa dernière réponse"
)


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
    session = _find_session(request, code)
    if session is None:
        error = CODE_UNKNOWN.format(days=settings.SESSION_DAYS)
        return _form_with_error(request, typed, error, status=404)
    return SeeOther(reverse("web:diagnostic", args=[session.pk]))


def _find_session(request: HttpRequest, code: str) -> Session | None:
    """Returns the session with this code, if any, and counts wrong codes.

    Raises `TooManyRequestsError` after too many wrong codes, even if this code is right.
    """
    place = WRONG_CODES.take(request)
    session = session_by_code(code)
    if session:
        WRONG_CODES.give_back(place)
    return session


def _form_with_error(request: HttpRequest, typed: str, error: str, status: int) -> HttpResponse:
    page = {"typed": typed, "error": error}
    return render(request, "diagnostics/resume.html", page, status=status)
