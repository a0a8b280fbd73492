"""Checks answers of the API against the OpenAPI document that the API serves."""

import json
import re
from functools import lru_cache
from typing import Any

from django.test.client import Client
from jsonschema import Draft202012Validator, FormatChecker

PREFIX = "/api/v1/"
UNDOCUMENTED_PATHS = {"/api/v1/schema", "/api/v1/docs"}
PROBLEM_RESPONSE = {
    "content": {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
    }
}


def check_answer(method: str, path: str, answer: Any) -> None:  # noqa: ANN401 (the client's own type)
    """Fails if the document does not declare the answer's status, media type, headers and fields.

    Any address may answer OPTIONS with an empty body, and undeclared calls with a refusal.
    """
    assert not answer.cookies
    assert "cookie" not in answer.headers.get("Vary", "").lower()
    if path in UNDOCUMENTED_PATHS and answer.status_code == 200:
        return
    responses = _declared_responses(method, path)
    if method == "OPTIONS" and responses is None and answer.status_code in {200, 204}:
        assert answer.content == b""
        return
    if responses is None:
        responses = dict.fromkeys(("400", "404", "405", "413", "429"), PROBLEM_RESPONSE)
    declared = responses[str(answer.status_code)]
    assert set(declared.get("headers", {})) <= set(answer.headers)
    if method != "HEAD":
        _check_content(declared.get("content"), answer)


def _check_content(declared: dict[str, Any] | None, answer: Any) -> None:  # noqa: ANN401
    if declared is None:
        assert answer.content == b""
        assert "Content-Type" not in answer.headers
        return
    schema = declared[answer.headers["Content-Type"]]["schema"]
    body = json.loads(answer.content)
    validator = Draft202012Validator(
        schema | {"components": openapi_document()["components"]}, format_checker=FormatChecker()
    )
    problems = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(body)]
    assert not problems, problems


def _declared_responses(method: str, path: str) -> dict[str, Any] | None:
    """Returns the answers that the document declares for this call, or `None` if it has no such call."""
    for template, operations in openapi_document()["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
            name = "get" if method == "HEAD" else method.lower()
            return dict(operations[name]["responses"]) if name in operations else None
    return None


@lru_cache
def openapi_document() -> dict[str, Any]:
    """Returns the document that the API serves, changed so that objects allow no other fields."""
    served = Client().get("/api/v1/schema")
    return dict(_close_objects(json.loads(served.content)))


def _close_objects(schema: Any) -> Any:  # noqa: ANN401 (any JSON)
    if isinstance(schema, list):
        return [_close_objects(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _close_objects(value) for name, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        closed.setdefault("unevaluatedProperties", False)
    return closed
