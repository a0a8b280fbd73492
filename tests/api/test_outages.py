"""Calls that the database does not answer are refused with 503, which the document declares."""

import pytest

from tests.api.conftest import ApiClient
from tests.silent_database import silent_database


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "guides", None),
        ("GET", "guides/corriger-comptes-pix", None),
        ("POST", "guides/corriger-comptes-pix/evaluate", {"answers": {}}),
        ("POST", "guides/corriger-comptes-pix/evaluate-batch", {"rows": []}),
        ("POST", "sessions", {"guide": "corriger-comptes-pix"}),
        ("GET", "sessions/{id}", None),
        ("PUT", "sessions/{id}/answers/liste-a-jour", {"choice": "oui"}),
        ("DELETE", "sessions/{id}/answers/liste-a-jour", None),
    ],
)
def test_each_call_of_the_api_may_be_refused_as_its_document_says(
    api: ApiClient, method: str, path: str, body: object
) -> None:
    session = api.begin()
    with silent_database():
        refused = api.call(method, path.format(id=session["id"]), body)
    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    assert refused.json()["detail"].startswith("Le site ne ")
