"""Tests the calls `PUT` and `DELETE sessions/{id}/answers/{question}`."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from diagnostics.models import Session
from tests.api.conftest import ApiClient


@pytest.fixture
def session(api: ApiClient) -> dict[str, Any]:
    """A session with an answer to the first question, so that the second is asked."""
    return api.begin({"liste-a-jour": "oui"})


def stored_answers() -> object:
    return Session.objects.get().answers


def test_an_answer_leads_to_the_next_question(api: ApiClient, session: dict[str, Any]) -> None:
    answered = api.answer(session, "attribution-gar", "oui").json()
    assert answered["question"]["key"] == "methode-pix-orga"
    assert answered["progress"]["answered"] == 2


def test_recording_the_same_answer_again_changes_nothing(
    api: ApiClient, session: dict[str, Any]
) -> None:
    first = api.answer(session, "attribution-gar", "oui")
    again = api.answer(session, "attribution-gar", "oui")
    assert again.json() == first.json()


def test_changing_an_earlier_answer_keeps_the_later_answers_stored(api: ApiClient) -> None:
    begun = {"liste-a-jour": "oui", "attribution-gar": "oui", "methode-pix-orga": "mail"}
    session = api.begin(begun | {"connexion-habituelle": "mail"})
    changed = api.answer(session, "methode-pix-orga", "aucune").json()
    assert changed["ignored"] == ["connexion-habituelle"]
    back = api.answer(session, "methode-pix-orga", "mail").json()
    assert {"question": "connexion-habituelle", "choice": "mail"} in back["answers"]


def test_an_answer_puts_off_the_expiry_of_the_session(
    api: ApiClient, session: dict[str, Any]
) -> None:
    Session.objects.update(updated_at=timezone.now() - timedelta(days=29))
    answered = api.answer(session, "attribution-gar", "oui").json()
    assert answered["expires_at"] > session["expires_at"]


def test_an_answer_to_a_question_that_is_not_asked_is_refused_with_the_one_that_is(
    api: ApiClient, session: dict[str, Any]
) -> None:
    answer = api.answer(session, "identifiants-connus", "oui")
    assert answer.status_code == 409
    assert answer.json()["question"] == "attribution-gar"
    assert "attribution-gar" in answer.json()["detail"]
    assert stored_answers() == {"liste-a-jour": "oui"}


def test_an_answer_off_the_path_of_a_completed_session_is_refused(api: ApiClient) -> None:
    begun = {"liste-a-jour": "oui", "attribution-gar": "oui", "methode-pix-orga": "aucune"}
    answer = api.answer(api.begin(begun), "identifiants-connus", "oui")
    assert answer.status_code == 409
    assert answer.json()["question"] is None


def test_an_unknown_choice_is_refused_with_the_allowed_choices(
    api: ApiClient, session: dict[str, Any]
) -> None:
    answer = api.answer(session, "attribution-gar", "peut-etre")
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["field"] == "choice"
    assert "oui, non" in error["detail"]
    assert stored_answers() == {"liste-a-jour": "oui"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "choice"),
        ({"choice": None}, "choice"),
        ({"choice": 1}, "choice"),
        ({"choice": ["oui"]}, "choice"),
        ({"choice": " oui "}, "choice"),
        ({"choice": ""}, "choice"),
        ({"choice": "oui", "by": "Zoé"}, "by"),
    ],
)
def test_a_wrong_body_is_refused(
    api: ApiClient, session: dict[str, Any], body: object, field: str
) -> None:
    answer = api.call("PUT", f"sessions/{session['id']}/answers/attribution-gar", body)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert stored_answers() == {"liste-a-jour": "oui"}


@pytest.mark.parametrize("body", [{"choice": "oui"}, {"choice": None}, ["choice"]])
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_an_unknown_question_is_not_found_whatever_the_body(
    api: ApiClient, session: dict[str, Any], method: str, body: object
) -> None:
    answer = api.call(method, f"sessions/{session['id']}/answers/inconnue", body)
    assert answer.status_code == 404


@pytest.mark.parametrize("body", [{"choice": "oui"}, {"choice": None}, ["choice"]])
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_an_unknown_session_is_not_found_whatever_the_question_and_the_body(
    api: ApiClient, method: str, body: object
) -> None:
    answer = api.call(method, f"sessions/{uuid4()}/answers/inconnue", body)
    assert answer.status_code == 404
    assert "diagnostic" in answer.json()["detail"]


@pytest.mark.parametrize("body", [{"choice": "oui"}, {"choice": None}, ["choice"]])
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_an_expired_session_is_gone_whatever_the_question_and_the_body(
    api: ApiClient, session: dict[str, Any], method: str, body: object
) -> None:
    Session.objects.update(updated_at=timezone.now() - timedelta(days=30))
    answer = api.call(method, f"sessions/{session['id']}/answers/inconnue", body)
    assert answer.status_code == 410
    assert stored_answers() == {"liste-a-jour": "oui"}


def test_the_question_of_a_withdrawn_answer_is_asked_again(
    api: ApiClient, session: dict[str, Any]
) -> None:
    answer = api.call("DELETE", f"sessions/{session['id']}/answers/liste-a-jour")
    assert answer.json()["question"]["key"] == "liste-a-jour"
    assert stored_answers() == {}


def test_withdrawing_an_answer_again_changes_nothing(
    api: ApiClient, session: dict[str, Any]
) -> None:
    path = f"sessions/{session['id']}/answers/liste-a-jour"
    first, again = api.call("DELETE", path), api.call("DELETE", path)
    assert again.status_code == 200
    assert again.json() == first.json()


def test_an_answer_off_the_path_may_be_withdrawn(api: ApiClient) -> None:
    session = api.begin({"identifiants-connus": "oui"})
    answer = api.call("DELETE", f"sessions/{session['id']}/answers/identifiants-connus")
    assert answer.json()["ignored"] == []


@pytest.mark.django_db(transaction=True)
def test_recording_an_answer_is_one_read_and_one_write(api: ApiClient) -> None:
    session = api.begin()
    with CaptureQueriesContext(connection) as queries:
        assert api.answer(session, "liste-a-jour", "oui").status_code == 200
    read, write = [sql for query in queries if "diagnostics_session" in (sql := query["sql"])]
    assert (read.split()[0], write.split()[0]) == ("SELECT", "UPDATE")
    assert "document" not in read
    assert len(queries) <= 4  # with the BEGIN and COMMIT of the transaction
