"""Tests the calls `POST sessions` and `GET sessions/{id}`."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from pytest_django import Settings

from diagnostics.models import CODE_ALPHABET, Session
from rules.models import Guide
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.api.conftest import SLUG, ApiClient
from tests.paths import DecisionPath, paths_by_outcome


@pytest.mark.parametrize("path", paths_by_outcome(), ids=str)
def test_a_path_of_the_paper_poster_leads_to_its_outcomes(
    api: ApiClient, path: DecisionPath
) -> None:
    session = api.begin()
    for question, choice in path.answers.items():
        assert session["status"] == "in_progress"
        assert session["question"]["key"] == question
        session = api.answer(session, question, choice).json()
    assert session["status"] == "completed"
    assert session["question"] is None
    assert [given["key"] for given in session["advice"]] == list(path.advice)
    assert [given["key"] for given in session["outcomes"]] == list(path.outcomes)


def test_a_session_begins_with_the_first_question(api: ApiClient) -> None:
    session = api.begin()
    assert session["question"]["key"] == "liste-a-jour"
    assert session["progress"] == {"answered": 0, "remaining_min": 3, "remaining_max": 5}
    assert (session["answers"], session["ignored"], session["outcomes"]) == ([], [], [])


def test_a_session_has_its_guide_and_version(api: ApiClient) -> None:
    session = api.begin()
    assert (session["guide"], session["version"]) == (SLUG, 1)


def test_a_session_has_a_code_of_eight_characters(api: ApiClient) -> None:
    code = api.begin()["code"]
    assert len(code) == 8
    assert set(code) <= set(CODE_ALPHABET)


def test_a_session_has_the_time_when_it_expires(api: ApiClient) -> None:
    session = api.begin()
    lasts = datetime.fromisoformat(session["expires_at"]) - datetime.fromisoformat(
        session["updated_at"]
    )
    assert lasts == timedelta(days=30)


def test_the_location_header_is_the_address_of_the_new_session(api: ApiClient) -> None:
    answer = api.call("POST", "sessions", {"guide": SLUG})
    again = api.call("GET", answer.headers["Location"])
    assert again.json() == answer.json()


def test_the_url_of_a_session_opens_the_form_at_its_question(api: ApiClient) -> None:
    session = api.begin({"liste-a-jour": "oui"})
    assert session["url"] == f"http://testserver/diagnostics/{session['id']}/"
    page = Client().get(session["url"].removeprefix("http://testserver"))
    assert escape(session["question"]["title"]) in page.content.decode()


def test_addresses_begin_with_the_public_url_of_the_settings(
    api: ApiClient, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://diagnostic.pix.fr"
    answer = api.call("POST", "sessions", {"guide": SLUG})
    session = answer.json()
    assert session["url"] == f"https://diagnostic.pix.fr/diagnostics/{session['id']}/"
    assert (
        answer.headers["Location"] == f"https://diagnostic.pix.fr/api/v1/sessions/{session['id']}"
    )


def test_a_session_may_begin_with_answers(api: ApiClient) -> None:
    session = api.begin({"liste-a-jour": "oui", "identifiants-connus": "non"})
    assert session["answers"] == [{"question": "liste-a-jour", "choice": "oui"}]
    assert session["ignored"] == ["identifiants-connus"]
    assert session["question"]["key"] == "attribution-gar"


def test_a_session_stays_on_its_version(api: ApiClient, shipped_guide: Guide) -> None:
    session = api.begin()
    shipped_guide.questions.filter(key="liste-a-jour").update(title="Autre titre")
    guide_publish(review=PublicationReview(shipped_guide))
    read_again = api.call("GET", f"sessions/{session['id']}").json()
    assert (read_again["version"], read_again["question"]) == (1, session["question"])
    assert api.begin()["question"]["title"] == "Autre titre"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "guide"),
        ({"guide": None}, "guide"),
        ({"guide": 3}, "guide"),
        ({"guide": "inconnu"}, "guide"),
        ({"guide": "a\u0000b"}, "guide"),
        ({"guide": SLUG, "answers": None}, "answers"),
        ({"guide": SLUG, "answers": []}, "answers"),
        ({"guide": SLUG, "answers": {"liste-a-jour": None}}, "answers.liste-a-jour"),
        ({"guide": SLUG, "answers": {"liste-a-jour": 1}}, "answers.liste-a-jour"),
        ({"guide": SLUG, "answers": {"liste-a-jour": "peut-etre"}}, "answers.liste-a-jour"),
        ({"guide": SLUG, "answers": {"inconnue": "oui"}}, "answers.inconnue"),
        ({"guide": SLUG, "name": "Zoé"}, "name"),
    ],
)
def test_a_wrong_field_is_refused_and_nothing_is_stored(
    api: ApiClient, body: object, field: str
) -> None:
    answer = api.call("POST", "sessions", body)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not Session.objects.exists()


def test_one_refusal_names_all_unknown_answers(api: ApiClient) -> None:
    answers = {"liste-a-jour": "x", "inconnue": "oui", "attribution-gar": "oui"}
    answer = api.call("POST", "sessions", {"guide": SLUG, "answers": answers})
    fields = [error["field"] for error in answer.json()["errors"]]
    assert fields == ["answers.liste-a-jour", "answers.inconnue"]


def test_an_unknown_session_is_not_found(api: ApiClient) -> None:
    assert api.call("GET", f"sessions/{uuid4()}").status_code == 404


def test_an_id_may_be_written_in_capital_letters(api: ApiClient) -> None:
    session = api.begin()
    path = f"sessions/{session['id'].upper()}"
    assert api.call("GET", path).json() == session
    answered = api.call("PUT", f"{path}/answers/liste-a-jour", {"choice": "oui"})
    assert answered.json()["id"] == session["id"]


@pytest.mark.parametrize(
    "session_id", ["x", "1234", "%00", "%ff", "a" * 5000, f"{UUID(int=0)}"[:-1]]
)
def test_a_malformed_id_is_not_found(api: ApiClient, session_id: str) -> None:
    assert api.call("GET", f"sessions/{session_id}").status_code == 404


def test_an_expired_session_is_gone(api: ApiClient) -> None:
    session = api.begin()
    Session.objects.update(updated_at=timezone.now() - timedelta(days=30))
    assert api.call("GET", f"sessions/{session['id']}").status_code == 410


def test_caches_may_not_store_a_session(api: ApiClient) -> None:
    session = api.begin()
    answer = api.call("GET", f"sessions/{session['id']}")
    assert answer.headers["Cache-Control"] == "no-store"


def test_one_refusal_names_all_wrong_fields(api: ApiClient) -> None:
    body = {"guide": "inconnu", "answers": {"liste-a-jour": None}, "nom": "x"}
    errors = api.call("POST", "sessions", body).json()["errors"]
    fields = {error["field"] for error in errors}
    assert fields == {"guide", "answers.liste-a-jour", "nom"}
