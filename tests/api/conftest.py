"""The client with which the tests call the API, and that checks every answer."""

import json
from typing import Any

import pytest
from django.test.client import Client

from rules.models import Guide
from tests.api.contract import PREFIX, check_answer

Answers = dict[str, str]
SLUG = "corriger-comptes-pix"


class ApiClient(Client):
    """A client that speaks JSON and checks every answer against the OpenAPI document."""

    def request(self, **environ: Any) -> Any:  # noqa: ANN401 (as the client's)
        answer = super().request(**environ)
        check_answer(environ["REQUEST_METHOD"], environ["PATH_INFO"], answer)
        return answer

    def call(self, method: str, path: str, body: object = None, **more: Any) -> Any:  # noqa: ANN401
        """Sends `body`, any JSON value. `path` may leave out `/api/v1/`, or be a whole address."""
        address = path if path.startswith(("/", "http")) else PREFIX + path
        data = b"" if body is None else json.dumps(body).encode()
        return self.generic(method, address, data, "application/json", **more)

    def begin(self, answers: Answers | None = None) -> dict[str, Any]:
        answer = self.call("POST", "sessions", {"guide": SLUG, "answers": answers or {}})
        assert answer.status_code == 201
        return dict(answer.json())

    def answer(self, session: dict[str, Any], question: str, choice: object) -> Any:  # noqa: ANN401
        path = f"sessions/{session['id']}/answers/{question}"
        return self.call("PUT", path, {"choice": choice})


@pytest.fixture
def api(shipped_guide: Guide) -> ApiClient:
    """A client of the API while the shipped guide is live.

    If the service fails, the client gets the answer 500, and the test no exception.
    """
    return ApiClient(raise_request_exception=False)
