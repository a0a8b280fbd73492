"""Tests what answers allow browsers to do: which devices pages use, which sites load an answer."""

import pytest
from django.test import Client
from pytest_django import Settings

from diagnostics.errors import refusal_message

pytestmark = pytest.mark.usefixtures("shipped_guide")

OWN = ["/", "/corriger-comptes-pix/", "/nulle-part/", "/admin/login/", "/api/v1/guides", "/api/x"]
FILES = ["/static/diagnostics/pages.css", "/static/admin/css/base.css"]


def headers_of(client: Client, address: str) -> dict[str, str]:
    response = client.get(address)
    response.close()  # the file, if it is one
    return dict(response.headers)


@pytest.mark.parametrize("address", OWN)
def test_no_answer_lets_a_page_use_devices(client: Client, address: str) -> None:
    policy = headers_of(client, address)["Permissions-Policy"]
    assert {"camera=()", "microphone=()", "geolocation=()"} <= set(policy.split(", "))
    assert "clipboard" not in policy  # a result has a text to copy


@pytest.mark.parametrize("address", OWN)
def test_only_the_site_itself_loads_pages_and_answers_of_the_api(
    client: Client, address: str
) -> None:
    assert client.get(address)["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("address", OWN)
def test_a_page_shares_its_window_with_no_other_site(client: Client, address: str) -> None:
    assert client.get(address)["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_refusal_of_the_server_has_the_headers_of_other_refusals(client: Client) -> None:
    names = {
        line.split(": ")[0] for line in refusal_message(414, "/x/").decode().split("\r\n")[1:-2]
    }
    assert client.get("/nulle/part/").headers.keys() - {"Vary"} <= names


def test_a_refused_body_is_for_the_site_itself_too(client: Client) -> None:
    response = client.post("/", {"x": "x" * 70_000})
    assert response.status_code == 413
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/static/diagnostics/integration.js", *FILES])
def test_other_sites_may_load_static_files(client: Client, address: str) -> None:
    headers = headers_of(client, address)
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not headers.keys() & {"Permissions-Policy", "Cross-Origin-Opener-Policy"}  # of pages


def test_a_page_that_other_sites_may_frame_may_be_loaded_by_them(
    client: Client, settings: Settings
) -> None:
    settings.FRAME_ANCESTORS = ["https://ent.example.fr"]
    policies = [client.get(page)["Cross-Origin-Resource-Policy"] for page in OWN]
    assert policies == ["cross-origin"] * 3 + ["same-origin"] * 3
