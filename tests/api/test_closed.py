"""Tests the API while a guide is closed to new visitors."""

import pytest

from diagnostics.models import Session
from rules.models import Guide
from rules.publication.guide_settings import guide_settings_update
from tests.api.conftest import SLUG, ApiClient

CLOSING_MESSAGE = "Le guide **revient** [lundi](https://pix.fr)."


@pytest.fixture
def closed(shipped_guide: Guide) -> Guide:
    guide_settings_update(
        guide=shipped_guide, needs_approval=False, closed=True, closing_message=CLOSING_MESSAGE
    )
    return shipped_guide


def test_the_list_of_guides_leaves_out_a_closed_guide(api: ApiClient, closed: Guide) -> None:
    assert api.call("GET", "guides").json() == []


def test_the_document_of_a_closed_guide_is_served(api: ApiClient, closed: Guide) -> None:
    assert api.call("GET", f"guides/{SLUG}").status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("sessions", {"guide": SLUG}),
        (f"guides/{SLUG}/evaluate", {"answers": {}}),
        (f"guides/{SLUG}/evaluate-batch", {"rows": []}),
    ],
)
def test_beginning_or_evaluating_is_refused_with_the_closing_message(
    api: ApiClient, closed: Guide, path: str, body: object
) -> None:
    answer = api.call("POST", path, body)
    assert answer.status_code == 403
    assert answer.json()["detail"] == "Le guide revient lundi (https://pix.fr)."
    assert "Le guide <strong>revient</strong> <a" in answer.json()["detail_html"]
    assert not Session.objects.exists()


def test_a_session_begun_before_the_closing_goes_on(api: ApiClient, shipped_guide: Guide) -> None:
    session = api.begin()
    guide_settings_update(
        guide=shipped_guide, needs_approval=False, closed=True, closing_message=CLOSING_MESSAGE
    )
    assert api.answer(session, "liste-a-jour", "oui").status_code == 200
