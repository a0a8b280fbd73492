"""Sends random and malformed requests to the API.

None causes a server error, and a refused one stores nothing. The client checks that the OpenAPI
document declares each answer.
"""

import json
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagnostics.models import Session
from tests.api.conftest import SLUG, ApiClient

pytestmark = pytest.mark.slow

hostile_settings = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

KEYS = ["liste-a-jour", "attribution-gar", "methode-pix-orga", "identifiants-connus"]
texts = st.one_of(
    st.sampled_from([*KEYS, SLUG, "oui", "non", "mail", "", "\x00", "é", "../..", "x" * 5000]),
    st.text(max_size=20),
)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(texts, below, max_size=3),
    max_leaves=8,
)
near_answers = st.dictionaries(texts, st.one_of(texts, values), max_size=4)
fields = st.sampled_from(["guide", "answers", "choice", "id", "rows"])
near_bodies = st.dictionaries(fields, st.one_of(texts, near_answers, values), max_size=3)
bodies = st.one_of(
    st.binary(max_size=200),
    st.one_of(values, near_bodies).map(lambda value: json.dumps(value).encode()),
)
header_texts = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60)
content_types = st.one_of(
    st.sampled_from(["application/json", "application/json; charset=utf-16", "text/plain", ""]),
    st.sampled_from(["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]),
    header_texts,
)
segments = st.one_of(
    st.sampled_from(["%00", "%ff", "%2F", "..", ".", "%", "%zz", "a" * 9000, *KEYS, SLUG]),
    st.binary(min_size=1, max_size=20).map(lambda raw: quote_from_bytes(raw, safe="")),
)
methods = st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])


@pytest.fixture
def session(api: ApiClient) -> dict[str, Any]:
    return api.begin({"liste-a-jour": "oui"})


def check_request(api: ApiClient, method: str, path: str, body: bytes, content_type: str) -> None:
    """Fails if the request causes a server error, or if it is refused and changes a session."""
    before = list(Session.objects.order_by("pk").values())
    answer = api.generic(method, f"/api/v1/{path}", body, content_type)
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert list(Session.objects.order_by("pk").values()) == before


@hostile_settings
@given(body=bodies, content_type=content_types)
def test_no_body_makes_evaluate_fail(api: ApiClient, body: bytes, content_type: str) -> None:
    check_request(api, "POST", f"guides/{SLUG}/evaluate", body, content_type)


@hostile_settings
@given(body=bodies, content_type=content_types)
def test_no_body_makes_evaluate_batch_fail(api: ApiClient, body: bytes, content_type: str) -> None:
    check_request(api, "POST", f"guides/{SLUG}/evaluate-batch", body, content_type)


@hostile_settings
@given(rows=st.lists(st.one_of(near_bodies, values), max_size=4))
def test_no_rows_make_evaluate_batch_fail(api: ApiClient, rows: list[object]) -> None:
    body = json.dumps({"rows": rows}).encode()
    check_request(api, "POST", f"guides/{SLUG}/evaluate-batch", body, "application/json")


@hostile_settings
@given(body=bodies, content_type=content_types)
def test_no_body_makes_beginning_a_session_fail(
    api: ApiClient, body: bytes, content_type: str
) -> None:
    check_request(api, "POST", "sessions", body, content_type)


@hostile_settings
@given(body=bodies, content_type=content_types, question=st.one_of(st.sampled_from(KEYS), segments))
def test_no_question_or_body_makes_recording_an_answer_fail(
    api: ApiClient, session: dict[str, Any], body: bytes, content_type: str, question: str
) -> None:
    check_request(api, "PUT", f"sessions/{session['id']}/answers/{question}", body, content_type)


@hostile_settings
@given(body=bodies, content_type=content_types, question=st.one_of(st.sampled_from(KEYS), segments))
def test_no_question_or_body_makes_withdrawing_an_answer_fail(
    api: ApiClient, session: dict[str, Any], body: bytes, content_type: str, question: str
) -> None:
    check_request(api, "DELETE", f"sessions/{session['id']}/answers/{question}", body, content_type)


@settings(hostile_settings, max_examples=300)
@given(
    path=st.sampled_from(
        [
            "{}",
            "guides/{}",
            "guides/{}/evaluate",
            "guides/{}/evaluate-batch",
            "sessions/{}",
            "sessions/{}/answers/liste-a-jour",
        ]
    ),
    method=methods,
    segment=segments,
    body=bodies,
    content_type=content_types,
)
def test_no_address_or_method_causes_a_server_error(
    api: ApiClient, path: str, method: str, segment: str, body: bytes, content_type: str
) -> None:
    check_request(api, method, path.format(segment), body, content_type)


@hostile_settings
@given(
    path=st.sampled_from(["guides", f"guides/{SLUG}", "docs"]),
    name=st.sampled_from(
        [
            "If-None-Match",
            "Accept",
            "Origin",
            "Host",
            "Accept-Language",
            "Cookie",
            "X-Forwarded-Host",
        ]
    ),
    value=header_texts,
)
def test_no_header_causes_a_server_error(api: ApiClient, path: str, name: str, value: str) -> None:
    assert api.call("GET", path, headers={name: value}).status_code < 500


@hostile_settings
@given(
    path=st.sampled_from(["guides", f"guides/{SLUG}", "schema", "docs"]),
    query=st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
def test_a_query_changes_nothing(api: ApiClient, path: str, query: bytes) -> None:
    address = f"{path}?format={quote_from_bytes(query)}&lang={quote_from_bytes(query)}"
    assert api.call("GET", address).status_code == 200
