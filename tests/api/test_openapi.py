"""Tests the OpenAPI document, its call `GET schema`, and the page `GET docs` that shows it."""

import json
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from rules.document.limits import (
    CHOICE_LIMIT,
    CONDITION_LIMIT,
    GUIDE_LIMITS,
    MARKDOWN_LENGTH,
    TITLE_LENGTH,
)
from rules.document.serialising import canonical_json
from rules.engine.content import GuideContent
from tests.api.contract import check_answer, openapi_document
from tests.rules.documents import documented_guides

CALLS = {
    ("get", "/api/v1/guides"),
    ("get", "/api/v1/guides/{slug}"),
    ("post", "/api/v1/guides/{slug}/evaluate"),
    ("post", "/api/v1/guides/{slug}/evaluate-batch"),
    ("post", "/api/v1/sessions"),
    ("get", "/api/v1/sessions/{session_id}"),
    ("put", "/api/v1/sessions/{session_id}/answers/{question}"),
    ("delete", "/api/v1/sessions/{session_id}/answers/{question}"),
}


def schema_component(name: str) -> dict[str, Any]:
    return dict(openapi_document()["components"]["schemas"][name])


def test_the_document_is_valid_and_without_warnings() -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=StringIO())


def test_the_document_is_openapi_3_1_and_has_exactly_these_calls() -> None:
    named = {
        (method, path) for path, calls in openapi_document()["paths"].items() for method in calls
    }
    assert openapi_document()["openapi"].startswith("3.1.")
    assert named == CALLS


@pytest.mark.parametrize("call", sorted(CALLS))
def test_each_call_has_a_summary(call: tuple[str, str]) -> None:
    method, path = call
    assert openapi_document()["paths"][path][method]["summary"]


def test_refusals_are_declared_as_problem_json() -> None:
    declared = openapi_document()["paths"]["/api/v1/sessions/{session_id}/answers/{question}"][
        "put"
    ]
    refusals = {status: answer for status, answer in declared["responses"].items() if status >= "4"}
    assert set(refusals) == {"400", "404", "409", "410", "413", "415", "429", "503"}
    assert all(
        list(answer["content"]) == ["application/problem+json"] for answer in refusals.values()
    )


@pytest.mark.parametrize("name", ["State", "Session", "Question", "Outcome", "Problem"])
def test_all_fields_of_answers_are_required(name: str) -> None:
    assert set(schema_component(name)["required"]) == set(schema_component(name)["properties"])


def test_fields_that_may_be_null_are_declared_so() -> None:
    assert {"type": "null"} in schema_component("State")["properties"]["question"]["oneOf"]
    assert {"type": "null"} in schema_component("Outcome")["properties"]["link"]["oneOf"]
    assert schema_component("Progress")["properties"]["remaining_min"]["type"] == [
        "integer",
        "null",
    ]


@pytest.mark.parametrize(
    "name", ["EvaluateBody", "BatchBody", "RowBody", "SessionBody", "AnswerBody"]
)
def test_request_bodies_allow_no_other_fields(name: str) -> None:
    assert schema_component(name)["additionalProperties"] is False


def test_any_value_may_be_a_row_since_a_wrong_row_has_its_error() -> None:
    described, any_value = schema_component("BatchBody")["properties"]["rows"]["items"]["anyOf"]
    assert described == {"$ref": "#/components/schemas/RowBody"}
    assert set(any_value) == {"description"}


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("AnswerBody", ["choice"]),
        ("SessionBody", ["guide"]),
        ("SessionBody", ["answers", "propertyNames"]),
        ("EvaluateBody", ["answers", "additionalProperties"]),
        ("RowBody", ["answers", "additionalProperties"]),
    ],
)
def test_keys_in_request_bodies_are_declared_with_their_characters_and_length(
    body: str, path: list[str]
) -> None:
    schema = schema_component(body)["properties"]
    for name in path:
        schema = schema[name]
    assert (schema["pattern"], schema["maxLength"]) == ("^[a-z0-9-]+$", 64)


def test_the_name_of_a_row_is_any_text() -> None:
    name = schema_component("RowBody")["properties"]["id"]
    assert {"pattern", "maxLength"}.isdisjoint(name)


def test_headers_are_declared_with_their_types() -> None:
    paths = openapi_document()["paths"]
    batch = paths["/api/v1/guides/{slug}/evaluate-batch"]["post"]["responses"]["200"]
    assert batch["headers"]["Guide-Version"]["schema"] == {"type": "integer"}
    begun = paths["/api/v1/sessions"]["post"]["responses"]["201"]
    assert begun["headers"]["Location"]["schema"] == {"type": "string", "format": "uri"}


@settings(max_examples=50, deadline=None)
@given(guide=documented_guides())
def test_the_document_of_any_guide_fits_its_declaration(guide: GuideContent) -> None:
    call = openapi_document()["paths"]["/api/v1/guides/{slug}"]["get"]
    schema = call["responses"]["200"]["content"]["application/json"]["schema"]
    Draft202012Validator(schema).validate(json.loads(canonical_json(guide)))


def test_the_limits_of_a_guide_are_declared() -> None:
    call = openapi_document()["paths"]["/api/v1/guides/{slug}"]["get"]
    guide = call["responses"]["200"]["content"]["application/json"]["schema"]
    lists = guide["properties"]
    assert {name: lists[name]["maxItems"] for name in GUIDE_LIMITS} == {
        name: limit.maximum for name, limit in GUIDE_LIMITS.items()
    }
    question, rule = lists["questions"]["items"], lists["rules"]["items"]
    assert question["properties"]["choices"]["maxItems"] == CHOICE_LIMIT.maximum
    assert rule["properties"]["when"]["maxItems"] == CONDITION_LIMIT.maximum
    assert question["properties"]["title"]["maxLength"] == TITLE_LENGTH
    assert question["properties"]["help"]["maxLength"] == MARKDOWN_LENGTH
    assert "5\u00a0Mo au plus" in guide["description"]


def test_only_the_guide_is_required_to_begin_a_session() -> None:
    assert schema_component("SessionBody")["required"] == ["guide"]


def test_the_contract_check_fails_on_an_undeclared_field(client: Client) -> None:
    """All tests of the API rely on this check, which their client makes of every answer."""
    answer = client.get("/api/v1/unknown")
    check_answer("GET", "/api/v1/unknown", answer)
    answer.content = answer.content.replace(b'"title"', b'"titre"')
    with pytest.raises(AssertionError, match="titre"):
        check_answer("GET", "/api/v1/unknown", answer)


def docs_page() -> BeautifulSoup:
    return BeautifulSoup(Client().get("/api/v1/docs").content, "html.parser")


def loaded_addresses() -> list[str]:
    tags = [tag for tag in docs_page().find_all(["script", "link"]) if isinstance(tag, Tag)]
    return [str(tag.get("src") or tag.get("href")) for tag in tags]


def test_the_docs_page_loads_nothing_from_another_host() -> None:
    assert loaded_addresses()
    assert all(finders.find(address.removeprefix("/static/")) for address in loaded_addresses())


def test_the_docs_page_has_no_inline_script_or_style() -> None:
    assert not docs_page().find_all("style")
    assert not docs_page().select("[style]")
    assert all(not script.text.strip() for script in docs_page().find_all("script"))


def test_the_docs_page_has_a_strict_policy_and_no_cookie() -> None:
    answer = Client().get("/api/v1/docs")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "img-src 'self' data:" in policy
    assert "unsafe" not in policy
    assert not answer.cookies
