"""Tests the headers of public pages: cookies, Content-Security-Policy, framing and caching."""

from typing import cast
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from pytest_django import Settings

from diagnostics.models import Session
from tests.web.visitor import Visitor

PAGE_URLS = (
    "/",
    "/corriger-comptes-pix/",
    "/corriger-comptes-pix/affiche/",
    "/corriger-comptes-pix/classe/",
    "/accessibilite/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/integration/",
    "/plan-du-site/",
    "/nulle-part/",
    "/nulle/part/ailleurs/",
    "/reprendre/",
    "/diagnostics/{id}/",
    "/diagnostics/{id}/questions/liste-a-jour/",
)


@pytest.fixture(params=PAGE_URLS)
def page(request: pytest.FixtureRequest, visitor: Visitor) -> HttpResponse:
    """Each public page in turn, opened in a browser that is logged in to the admin."""
    visitor.start().answer("oui")
    visitor.client.force_login(User.objects.create_superuser("admin"))
    address = str(request.param).format(id=Session.objects.get().pk)
    return cast("HttpResponse", visitor.client.get(address))


def test_no_page_sets_or_reads_a_cookie(page: HttpResponse) -> None:
    assert not page.cookies
    assert "Cookie" not in page.get("Vary", "")


@pytest.mark.parametrize("cookie", ["sessionid=x", "sessionid=", "csrftoken=x", "messages=x"])
@pytest.mark.parametrize("address", ["/corriger-comptes-pix/", "/api/v1/guides", "/zzz/"])
def test_a_damaged_cookie_is_not_replaced(address: str, cookie: str, visitor: Visitor) -> None:
    page = visitor.client.get(address, headers={"cookie": cookie})
    assert not page.cookies
    assert "Cookie" not in page.get("Vary", "")


def test_no_page_has_inline_scripts_or_styles(page: HttpResponse) -> None:
    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    html = page.content.decode()
    assert "<style" not in html
    assert " style=" not in html
    assert " onclick=" not in html


def test_only_the_site_itself_may_frame_pages_by_default(page: HttpResponse) -> None:
    assert "frame-ancestors 'self';" in page["Content-Security-Policy"] + ";"
    assert page["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("address", ["/corriger-comptes-pix/", f"/diagnostics/{UUID(int=0)}/"])
def test_origins_of_the_settings_may_frame_pages(
    visitor: Visitor, settings: Settings, address: str
) -> None:
    settings.FRAME_ANCESTORS = ["https://ent.example.fr"]
    response = visitor.client.get(address)
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://ent.example.fr" in policy
    assert "X-Frame-Options" not in response


def test_the_admin_may_not_be_framed(visitor: Visitor, settings: Settings) -> None:
    settings.FRAME_ANCESTORS = ["https://ent.example.fr"]
    response = visitor.client.get("/admin/login/")
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("end", ["", "questions/liste-a-jour/"])
def test_the_pages_of_a_diagnostic_are_neither_cached_nor_indexed(
    visitor: Visitor, end: str
) -> None:
    visitor.start().answer("oui")
    response = visitor.client.get(f"/diagnostics/{Session.objects.get().pk}/{end}")
    assert response["Cache-Control"] == "no-store"
    assert b'<meta name="robots" content="noindex">' in response.content


def test_the_start_page_may_be_indexed(visitor: Visitor) -> None:
    assert not visitor.open("/corriger-comptes-pix/").page.select("meta[name=robots]")


def test_answering_needs_no_cookie_and_sets_none(visitor: Visitor) -> None:
    visitor.client.handler.enforce_csrf_checks = True
    visitor.start().answer("oui")
    assert visitor.answers == ["Oui"]
    assert not visitor.client.cookies


def test_head_answers_as_get_does(visitor: Visitor) -> None:
    assert visitor.client.head("/corriger-comptes-pix/").status_code == 200
