"""Tests what all calls share: JSON, methods, headers, length limits, errors and CORS."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from diagnostics.models import Session
from tests.api.conftest import SLUG, ApiClient

EVALUATE_URL = f"/api/v1/guides/{SLUG}/evaluate"
METHOD_OF_URL = {
    "/api/v1/guides": "GET",
    f"/api/v1/guides/{SLUG}": "GET",
    EVALUATE_URL: "POST",
    f"{EVALUATE_URL}-batch": "POST",
    "/api/v1/sessions": "POST",
    "/api/v1/schema": "GET",
    "/api/v1/docs": "GET",
}
BODY_WITH_ACCENT = json.dumps({"answers": {"liste-a-jour": "é"}}, ensure_ascii=False)


def call_evaluate(api: ApiClient, body: bytes, content_type: str = "application/json") -> Any:  # noqa: ANN401
    return api.generic("POST", EVALUATE_URL, body, content_type)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"answers"',
        b"\xff",
        BODY_WITH_ACCENT.encode("latin-1"),
        BODY_WITH_ACCENT.encode("utf-16"),
        b'{"answers": {}, "answers": {}}',
        b'{"answers": {"liste-a-jour": "oui", "liste-a-jour": "oui"}}',
        b'{"answers": {"liste-a-jour": NaN}}',
        b'{"answers": {"liste-a-jour": -Infinity}}',
        b'{"answers": {"liste-a-jour": 1e999}}',
        b'{"answers": {"liste-a-jour": ' + b"9" * 5000 + b"}}",
        b'{"answers": {"\\ud800": "oui"}}',
        b'{"answers": {"liste-a-jour": "\\udfff"}}',
        b'{"answers": ' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        b'{"answers": {}} x',
        b"{'answers': {}}",
    ],
    ids=range(19),
)
def test_a_body_that_is_not_strict_json_is_refused(api: ApiClient, body: bytes) -> None:
    assert call_evaluate(api, body).status_code == 400


def test_a_byte_order_mark_before_the_body_is_passed_over(api: ApiClient) -> None:
    assert call_evaluate(api, b"\xef\xbb\xbf" + b'{"answers": {}}').status_code == 200


def test_a_body_in_utf_16_is_told_to_be_in_utf_8(api: ApiClient) -> None:
    answer = call_evaluate(api, '{"answers": {}}'.encode("utf-16"))
    assert answer.json()["detail"] == "Le corps de la demande n’est pas du JSON valable en UTF-8."


def test_a_complete_surrogate_pair_is_read_as_one_character(api: ApiClient) -> None:
    answer = call_evaluate(api, b'{"answers": {"\\ud83d\\ude00": "oui"}}')
    assert answer.json()["errors"][0]["field"] == "answers.\U0001f600"


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "application/json; charset=utf-8", "Application/JSON ;x=y"],
)
def test_json_is_accepted(api: ApiClient, content_type: str) -> None:
    assert call_evaluate(api, b'{"answers": {}}', content_type).status_code == 200


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "*/*",
        "application/*",
        "application/jsonp",
        "application/problem+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json, text/plain",
        "x" * 5000,
    ],
)
def test_another_media_type_is_refused(api: ApiClient, content_type: str) -> None:
    assert call_evaluate(api, b'{"answers": {}}', content_type).status_code == 415


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "", "*/*", "é", "a" * 9000])
def test_answers_are_json_whatever_the_accept_header(api: ApiClient, accept: str) -> None:
    answer = api.call("GET", "guides", headers={"Accept": accept})
    assert answer.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/v1/",
        "/api/v1/guide",
        "/api/v1/guides/",
        "/api/v2/guides",
        "/api/v1/%00",
        "/api/v1/%ff",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
def test_an_unknown_address_gets_a_refusal_in_french(
    api: ApiClient, method: str, path: str
) -> None:
    answer = api.generic(method, path, b"{}", "application/json")
    assert answer.status_code == 404
    assert answer.json()["detail"] == "Rien ne se trouve à cette adresse."


@pytest.mark.parametrize(("path", "allowed"), METHOD_OF_URL.items())
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_another_method_is_refused_with_the_allowed_methods(
    api: ApiClient, path: str, allowed: str, method: str
) -> None:
    if method == allowed:
        return
    answer = api.generic(method, path)
    assert answer.status_code == 405
    assert allowed in answer.headers["Allow"].split(", ")
    assert method not in answer.headers["Allow"].split(", ")


@pytest.mark.parametrize(("path", "allowed"), METHOD_OF_URL.items())
def test_options_answers_the_allowed_methods(api: ApiClient, path: str, allowed: str) -> None:
    answer = api.options(path)
    assert answer.status_code == 204
    assert allowed in answer.headers["Allow"].split(", ")


@pytest.mark.parametrize(
    "path", [path for path, method in METHOD_OF_URL.items() if method == "GET"]
)
def test_head_has_the_status_and_headers_of_get(api: ApiClient, path: str) -> None:
    head, get = api.head(path), api.get(path)
    assert head.content == b""
    assert (head.status_code, head.headers) == (get.status_code, get.headers)


def test_a_body_of_64_kilobytes_is_accepted(api: ApiClient) -> None:
    body = b'{"answers": {}}'.ljust(64 * 1024)
    assert call_evaluate(api, body).status_code == 200


def test_a_body_over_the_limit_is_refused(api: ApiClient) -> None:
    body = b'{"answers": {}}'.ljust(64 * 1024 + 1)
    assert call_evaluate(api, body).status_code == 413


@pytest.mark.parametrize("length", ["x", "-1", "", "1" * 5000, "1e3"])
def test_a_body_whose_length_is_no_number_is_refused(api: ApiClient, length: str) -> None:
    answer = api.generic("POST", EVALUATE_URL, b"{}", "application/json", CONTENT_LENGTH=length)
    assert answer.status_code == 400


def test_a_chunked_body_is_refused_since_it_declares_no_length(api: ApiClient) -> None:
    answer = api.generic("POST", EVALUATE_URL, headers={"Transfer-Encoding": "chunked"})
    assert answer.status_code == 400
    assert "Content-Length" in answer.json()["detail"]


def test_an_unknown_host_is_refused(api: ApiClient) -> None:
    answer = api.generic("GET", "/api/v1/unknown", headers={"Host": "other.example"})
    assert answer.status_code == 400


def test_a_server_error_is_answered_without_its_cause(
    shipped_guide: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnostics.api.views.open_versions", lambda: 1 / 0)
    answer = Client(raise_request_exception=False).get("/api/v1/guides")
    assert (answer.status_code, answer.json()["status"]) == (500, 500)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "ZeroDivision" not in answer.content.decode()


@pytest.fixture
def other_site(settings: Settings) -> str:
    settings.CORS_ALLOWED_ORIGINS = ["https://ent.example.fr"]
    return "https://ent.example.fr"


def test_an_origin_of_the_settings_may_read_answers(api: ApiClient, other_site: str) -> None:
    answer = api.call("GET", "guides", headers={"Origin": other_site})
    assert answer.headers["Access-Control-Allow-Origin"] == other_site
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_an_origin_of_the_settings_may_record_answers(api: ApiClient, other_site: str) -> None:
    preflight_headers = {"Origin": other_site, "Access-Control-Request-Method": "PUT"}
    answer = api.options("/api/v1/sessions", headers=preflight_headers)
    assert answer.status_code == 200
    assert "PUT" in answer.headers["Access-Control-Allow-Methods"]
    assert "content-type" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("origin", ["https://other.example", "null", "http://ent.example.fr", "x"])
def test_another_origin_may_not_read_answers(api: ApiClient, other_site: str, origin: str) -> None:
    answer = api.call("GET", "guides", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_other_origins_may_not_read_pages(api: ApiClient, other_site: str) -> None:
    page = Client().get(f"/{SLUG}/", headers={"Origin": other_site})
    assert "Access-Control-Allow-Origin" not in page.headers


def test_the_body_limit_is_64_kilobytes() -> None:
    assert settings.BODY_LIMIT == 64 * 1024


def test_cookies_of_the_admin_are_ignored(api: ApiClient) -> None:
    api.cookies["sessionid"] = api.cookies["csrftoken"] = "x" * 32
    answer = api.call("POST", "sessions", {"guide": SLUG})
    assert answer.status_code == 201
    assert Session.objects.count() == 1
