"""A guide closed to new visitors keeps its document and its begun diagnostics."""

import pytest

from diagnostics.models import Session
from rules.models import Guide
from rules.publication.guide_settings import guide_settings_update
from tests.api.conftest import SLUG, ApiClient

MESSAGE = "Le guide revient lundi."


@pytest.fixture
def closed(shipped_guide: Guide) -> Guide:
    guide_settings_update(
        guide=shipped_guide, needs_approval=False, closed=True, closing_message=MESSAGE
    )
    return shipped_guide


def test_the_list_leaves_it_out(api: ApiClient, closed: Guide) -> None:
    assert api.call("GET", "guides").json() == []


def test_its_document_is_still_there(api: ApiClient, closed: Guide) -> None:
    assert api.call("GET", f"guides/{SLUG}").status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("sessions", {"guide": SLUG}),
        (f"guides/{SLUG}/evaluate", {"answers": {}}),
        (f"guides/{SLUG}/evaluate-batch", {"rows": []}),
    ],
)
def test_beginning_is_refused_with_its_message(
    api: ApiClient, closed: Guide, path: str, body: object
) -> None:
    answer = api.call("POST", path, body)
    assert (answer.status_code, answer.json()["detail"]) == (403, MESSAGE)
    assert not Session.objects.exists()


def test_a_session_begun_goes_on(api: ApiClient, shipped_guide: Guide) -> None:
    session = api.begin()
    guide_settings_update(
        guide=shipped_guide, needs_approval=False, closed=True, closing_message=MESSAGE
    )
    assert api.answer(session, "liste-a-jour", "oui").status_code == 200
