"""Every refusal is a French page of the same look: what happened, and where to go."""

import pytest
from bs4 import BeautifulSoup
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django import Settings

from diagnostics.errors import TITLES, refusal_response
from tests.web.visitor import Visitor


@pytest.fixture
def reader(client: Client) -> Visitor:
    client.raise_request_exception = False
    return Visitor(client)


def page_of(status: int, path: str = "/") -> BeautifulSoup:
    page = refusal_response(RequestFactory().get(path), status)
    assert page.status_code == status
    return BeautifulSoup(page.content, "html.parser")


@pytest.mark.parametrize("status", [400, 404, 405, 410, 413, 429, 500])
def test_each_refusal_says_what_it_is_and_links_to_other_pages(
    status: int, settings: Settings
) -> None:
    """The page needs no database: this test has none."""
    page = page_of(status)
    assert page.title is not None
    assert page.title.text == f"{TITLES[status]} – Pix"
    assert [heading.text for heading in page.select("h1")] == [TITLES[status]]
    ways = {str(link["href"]) for link in page.select("main a")}
    assert ways == {"/", "/reprendre/", settings.SUPPORT_URL}
    assert page.select("meta[name=robots][content=noindex]")


@pytest.mark.parametrize("address", ["/", "/corriger-comptes-pix/", "/accessibilite/", "/admin/"])
def test_the_page_is_whole_while_the_database_is_down(reader: Visitor, address: str) -> None:
    """A query fails in a test without a database, as it does while the database is down."""
    reader.client.cookies["sessionid"] = "x" * 32
    reader.open(address)
    assert reader.status == 500
    assert reader.heading == "Erreur du service"
    assert "Database access not allowed" not in str(reader.page)
    assert "Traceback" not in str(reader.page)


def test_under_the_api_it_stays_a_problem(client: Client) -> None:
    response = client.get("/api/nulle-part")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_an_erased_diagnostic_is_begun_again(visitor: Visitor, settings: Settings) -> None:
    visitor.start()
    address = visitor.address
    settings.SESSION_DAYS = 0
    visitor.open(address)
    assert visitor.status == 410
    assert "Ce diagnostic a été effacé" in visitor.element(".card").text
    assert visitor.follow("Commencer un diagnostic").address == "/corriger-comptes-pix/"


@pytest.mark.parametrize("address", ["/nulle-part/", "/nulle/part/ailleurs/"])
def test_where_the_form_is_framed_its_refusals_are_read(
    visitor: Visitor, settings: Settings, address: str
) -> None:
    settings.FRAME_ANCESTORS = ["https://ent.example.fr"]
    response = visitor.client.get(address)
    policy = response["Content-Security-Policy"]
    assert response.status_code == 404
    assert "frame-ancestors 'self' https://ent.example.fr" in policy
    assert "X-Frame-Options" not in response


@pytest.mark.parametrize("status", [413, 500])
def test_refusals_before_or_after_a_page_are_framed_too(
    client: Client, settings: Settings, status: int
) -> None:
    settings.FRAME_ANCESTORS = ["https://ent.example.fr"]
    client.raise_request_exception = False
    response = client.post("/", {"x": "x" * 70_000}) if status == 413 else client.get("/")
    assert response.status_code == status
    assert "https://ent.example.fr" in response["Content-Security-Policy"]


def test_refusals_of_the_admin_are_never_framed(admin_client: Client, settings: Settings) -> None:
    settings.FRAME_ANCESTORS = ["https://ent.example.fr"]
    response = admin_client.get("/admin/nulle-part/")
    assert response.status_code == 404
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_a_hostile_path_is_not_repeated() -> None:
    request = HttpRequest()
    request.path = "/<script>\udcff\x00/"
    assert b"<script>\xff" not in refusal_response(request, 404).content
