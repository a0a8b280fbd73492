"""Tests that headers which only a proxy should send change nothing when a visitor sends them."""

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from pytest_django import Settings

from diagnostics.addresses import absolute_url

pytestmark = pytest.mark.usefixtures("shipped_guide")

PREFIX = "/admin"
"""The prefix that a forged SCRIPT_NAME declares: Django puts it before the path that it reads."""


def test_a_declared_prefix_does_not_lift_the_limit_of_bodies(client: Client) -> None:
    body = {"x": "x" * site_settings.BODY_LIMIT}
    response = client.post("/corriger-comptes-pix/", body, SCRIPT_NAME=PREFIX)
    assert response.status_code == 413


def test_a_declared_prefix_does_not_make_a_public_page_read_cookies(client: Client) -> None:
    client.force_login(User.objects.create_superuser("admin"))
    response = client.get("/corriger-comptes-pix/", SCRIPT_NAME=PREFIX)
    assert "HTTP_COOKIE" not in response.wsgi_request.META
    assert not response.cookies


def test_a_declared_prefix_is_in_no_link(client: Client) -> None:
    page = client.get("/corriger-comptes-pix/", SCRIPT_NAME=PREFIX)
    assert page.content == client.get("/corriger-comptes-pix/").content
    assert b"/admin" not in page.content


def begin_diagnostic(client: Client, **headers: str) -> tuple[str, str]:
    """Returns the two absolute addresses of a new diagnostic: in the API, and on the form."""
    body = {"guide": "corriger-comptes-pix"}
    response = client.post("/api/v1/sessions", body, "application/json", headers=headers)
    return response["Location"], response.json()["url"]


@pytest.mark.parametrize(
    "forged",
    [
        {"X-Forwarded-Proto": "https", "X-Forwarded-Ssl": "on", "X-Forwarded-Protocol": "ssl"},
        {"X-Forwarded-Host": "ailleurs.example", "X-Forwarded-Port": "9999"},
        {"Forwarded": "host=ailleurs.example;proto=https"},
    ],
)
def test_what_a_proxy_would_declare_is_in_no_address(
    client: Client, forged: dict[str, str]
) -> None:
    for address in begin_diagnostic(client, **forged):
        assert address.startswith("http://testserver/")


@pytest.mark.parametrize("page", ["/integration/", "/corriger-comptes-pix/affiche/"])
def test_a_forged_port_is_on_no_page(client: Client, page: str) -> None:
    response = client.get(page, headers={"host": "testserver:9999"})
    assert response.status_code == 200
    assert b"testserver" in response.content
    assert b"9999" not in response.content


def test_a_forged_port_is_in_no_address_of_the_api(client: Client) -> None:
    for address in begin_diagnostic(client, host="testserver:9999"):
        assert address.startswith("http://testserver:80/")


@pytest.fixture
def https(settings: Settings) -> None:
    """The settings that follow from an https `PUBLIC_URL`."""
    settings.PUBLIC_URL, settings.HTTPS = "https://diagnostics.example.fr", True
    settings.SECURE_SSL_REDIRECT, settings.SECURE_SSL_HOST = True, "diagnostics.example.fr"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.parametrize("host", ["testserver", "testserver:8000", "testserver:9999"])
@pytest.mark.parametrize("proxies", [0, 1])
def test_with_a_public_url_addresses_follow_from_it_and_from_no_header(
    client: Client, https: None, settings: Settings, host: str, proxies: int
) -> None:
    """It answers too if nobody has said how many proxies there are."""
    settings.PROXIES = proxies
    for address in begin_diagnostic(client, **{"host": host, "X-Forwarded-Proto": "https"}):
        assert address.startswith("https://diagnostics.example.fr/")


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("localhost", "http://localhost/x/"),  # a proxy on port 80 is in front
        ("localhost:8000", "http://localhost:8000/x/"),
        ("localhost:9999", "http://localhost:8000/x/"),
        ("[::1]:9999", "http://[::1]:8000/x/"),
    ],
)
def test_the_only_port_of_an_address_is_that_of_the_server(host: str, address: str) -> None:
    request = RequestFactory().get("/", headers={"host": host}, SERVER_PORT="8000")
    assert absolute_url(request, "/x/") == address


@pytest.mark.parametrize("host", ["diagnostics.example.fr:9999", "ailleurs.example"])
def test_the_redirect_to_https_leads_to_the_public_url(https: None, host: str) -> None:
    response = Client().get("/x/", headers={"host": host, "X-Forwarded-Ssl": "on"})
    assert response["Location"] == "https://diagnostics.example.fr/x/"
