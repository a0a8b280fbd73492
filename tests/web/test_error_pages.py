"""Tests the pages of refusals: what they say, where they lead, and who may show them in a frame."""

import pytest
from bs4 import BeautifulSoup
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django import Settings

from diagnostics.errors import PAGE_TITLES, refusal_response
from tests.web.visitor import Visitor


@pytest.fixture
def reader(client: Client) -> Visitor:
    client.raise_request_exception = False
    return Visitor(client)


def refusal_page(status: int, path: str = "/") -> BeautifulSoup:
    page = refusal_response(RequestFactory().get(path), status)
    assert page.status_code == status
    return BeautifulSoup(page.content, "html.parser")


@pytest.mark.parametrize("status", [400, 404, 405, 410, 413, 414, 429, 431, 500, 501])
def test_each_refusal_has_its_title_and_links_to_other_pages(
    status: int, settings: Settings
) -> None:
    """The test has no database, so that the page must do without one."""
    page = refusal_page(status)
    assert page.title is not None
    assert page.title.text == f"{PAGE_TITLES[status]} – Pix"
    assert [heading.text for heading in page.select("h1")] == [PAGE_TITLES[status]]
    addresses = {str(link["href"]) for link in page.select("main a")}
    assert addresses == {"/", "/reprendre/", settings.SUPPORT_URL}
    assert page.select("meta[name=robots][content=noindex]")


@pytest.mark.parametrize("address", ["/", "/corriger-comptes-pix/", "/accessibilite/", "/admin/"])
def test_without_the_database_a_whole_page_says_that_the_service_fails(
    reader: Visitor, address: str
) -> None:
    """Each query fails in a test without a database, as it does while the database is down."""
    reader.client.cookies["sessionid"] = "x" * 32
    reader.open(address)
    assert reader.status == 500
    assert reader.heading == "Une erreur est survenue"
    assert "Database access not allowed" not in str(reader.page)
    assert "Traceback" not in str(reader.page)


def test_an_unknown_address_of_the_api_gets_problem_json(client: Client) -> None:
    response = client.get("/api/nulle-part")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_the_page_of_an_expired_diagnostic_leads_to_a_new_one(
    visitor: Visitor, settings: Settings
) -> None:
    visitor.start()
    address = visitor.address
    settings.SESSION_DAYS = 0
    visitor.open(address)
    assert visitor.status == 410
    assert "Ce diagnostic a été effacé" in visitor.element(".card").text
    assert visitor.follow("Commencer un diagnostic").address == "/corriger-comptes-pix/"


@pytest.mark.parametrize("address", ["/nulle-part/", "/nulle/part/ailleurs/"])
def test_a_site_that_may_frame_the_form_may_frame_its_refusals(
    visitor: Visitor, settings: Settings, address: str
) -> None:
    settings.FRAME_ANCESTORS = ["https://ent.example.fr"]
    response = visitor.client.get(address)
    policy = response["Content-Security-Policy"]
    assert response.status_code == 404
    assert "frame-ancestors 'self' https://ent.example.fr" in policy
    assert "X-Frame-Options" not in response


@pytest.mark.parametrize("status", [413, 500])
def test_refusals_of_middleware_and_server_errors_may_be_framed_too(
    client: Client, settings: Settings, status: int
) -> None:
    settings.FRAME_ANCESTORS = ["https://ent.example.fr"]
    client.raise_request_exception = False
    response = client.post("/", {"x": "x" * 70_000}) if status == 413 else client.get("/")
    assert response.status_code == status
    assert "https://ent.example.fr" in response["Content-Security-Policy"]


def test_refusals_of_the_admin_may_not_be_framed(admin_client: Client, settings: Settings) -> None:
    settings.FRAME_ANCESTORS = ["https://ent.example.fr"]
    response = admin_client.get("/admin/nulle-part/")
    assert response.status_code == 404
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_a_refusal_does_not_repeat_a_hostile_path() -> None:
    request = HttpRequest()
    request.path = request.path_info = "/<script>\udcff\x00/"
    assert b"<script>\xff" not in refusal_response(request, 404).content
