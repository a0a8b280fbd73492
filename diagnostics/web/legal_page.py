"""The legal pages: the texts of editors, or else the shipped texts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from diagnostics.web.public_view import public_view
from rules.legal.legal_texts import legal_page


@public_view("GET", "HEAD")
def legal(request: HttpRequest, key: str) -> HttpResponse:
    page = legal_page(key)
    body = page.body.replace("{jours}", str(settings.SESSION_DAYS))
    return render(request, "diagnostics/legal.html", {"page": page, "body": body})
