"""Holds an answer of the API against the OpenAPI document."""

import json
import re
from functools import lru_cache
from typing import Any

from django.test.client import Client
from jsonschema import Draft202012Validator, FormatChecker

PREFIX = "/api/v1/"
UNDOCUMENTED = {"/api/v1/schema", "/api/v1/docs"}
A_PROBLEM = {
    "content": {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
    }
}


def check_answer(method: str, path: str, answer: Any) -> None:  # noqa: ANN401 (the client's own type)
    """Fails unless the answer's status, media type, headers and every field are declared."""
    assert not answer.cookies
    assert "cookie" not in answer.headers.get("Vary", "").lower()
    if path in UNDOCUMENTED and answer.status_code == 200:
        return
    responses = _responses(method, path)
    if method == "OPTIONS" and responses is None and answer.status_code in {200, 204}:
        assert answer.content == b""
        return
    if responses is None:
        responses = dict.fromkeys(("400", "404", "405", "413"), A_PROBLEM)
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
        schema | {"components": openapi()["components"]}, format_checker=FormatChecker()
    )
    problems = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(body)]
    assert not problems, problems


def _responses(method: str, path: str) -> dict[str, Any] | None:
    """What the document declares for this call; None for a call that it does not name."""
    for template, operations in openapi()["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
            name = "get" if method == "HEAD" else method.lower()
            return dict(operations[name]["responses"]) if name in operations else None
    return None


@lru_cache
def openapi() -> dict[str, Any]:
    """The document as it is served, with every object closed: an undeclared field is an error."""
    served = Client().get("/api/v1/schema")
    return dict(_closed(json.loads(served.content)))


def _closed(schema: Any) -> Any:  # noqa: ANN401 (any JSON)
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(value) for name, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        closed.setdefault("unevaluatedProperties", False)
    return closed
