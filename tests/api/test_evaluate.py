"""Tests the call `POST guides/{slug}/evaluate`."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diagnostics.models import Session
from tests.api.conftest import SLUG, Answers, ApiClient
from tests.paths import DecisionPath, paths_by_outcome

EVALUATE = f"guides/{SLUG}/evaluate"
LOST_PASSWORD = {
    "liste-a-jour": "oui",
    "attribution-gar": "oui",
    "methode-pix-orga": "identifiant",
    "connexion-habituelle": "identifiant",
    "identifiants-connus": "non",
}


@pytest.mark.parametrize("path", paths_by_outcome(), ids=str)
def test_a_path_of_the_poster_gives_its_conclusions(api: ApiClient, path: DecisionPath) -> None:
    state = api.call("POST", EVALUATE, {"answers": path.answers}).json()
    assert state["status"] == "completed"
    assert {answer["question"]: answer["choice"] for answer in state["answers"]} == path.answers
    assert [given["key"] for given in state["advice"]] == list(path.advice)
    assert [given["key"] for given in state["outcomes"]] == list(path.outcomes)


def test_nothing_is_stored(api: ApiClient) -> None:
    assert api.call("POST", EVALUATE, {"answers": LOST_PASSWORD}).status_code == 200
    assert not Session.objects.exists()


def test_without_answers_the_first_question_is_asked(api: ApiClient) -> None:
    state = api.call("POST", EVALUATE, {"answers": {}}).json()
    question = state["question"]
    assert (state["status"], question["key"]) == ("in_progress", "liste-a-jour")
    assert [choice["key"] for choice in question["choices"]] == ["oui", "non"]
    assert question["scope"] == "school"


def test_a_completed_state_has_no_question_left(api: ApiClient) -> None:
    state = api.call("POST", EVALUATE, {"answers": LOST_PASSWORD}).json()
    assert state["question"] is None
    assert state["progress"] == {"answered": 5, "remaining_min": 0, "remaining_max": 0}


def test_a_conclusion_says_why(api: ApiClient) -> None:
    state = api.call("POST", EVALUATE, {"answers": LOST_PASSWORD}).json()
    [reason] = state["outcomes"][0]["because"]
    assert reason["sentence"].startswith("Si «\u00a0")
    assert {"question": "identifiants-connus", "choice": "non"} in reason["answers"]


def test_texts_come_as_markdown_and_as_html(api: ApiClient) -> None:
    state = api.call("POST", EVALUATE, {"answers": LOST_PASSWORD}).json()
    association = state["outcomes"][1]
    assert "1. " in association["body"]
    assert "<ol>" in association["body_html"]


def test_a_link_is_a_label_and_an_address(api: ApiClient) -> None:
    different = LOST_PASSWORD | {"connexion-habituelle": "mail"}
    state = api.call("POST", EVALUATE, {"answers": different}).json()
    assert state["outcomes"][0]["link"]["url"] == "https://support.pix.fr"
    assert state["advice"][0]["link"] is None


def test_answers_off_the_path_are_named_in_the_order_of_the_guide(api: ApiClient) -> None:
    answers = {"identifiants-connus": "oui", "connexion-habituelle": "mail", "liste-a-jour": "oui"}
    state = api.call("POST", EVALUATE, {"answers": answers}).json()
    assert state["ignored"] == ["connexion-habituelle", "identifiants-connus"]


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"liste-a-jour": "peut-etre"}, "answers.liste-a-jour", "oui, non"),
        ({"liste-a-jour": None}, "answers.liste-a-jour", "null"),
        ({"liste-a-jour": True}, "answers.liste-a-jour", "texte"),
        ({"inconnue": "oui"}, "answers.inconnue", "guide"),
        ({"a\u0000b": "\u0000"}, "answers.a\u0000b", "guide"),
        ({"\U0001f600": "oui"}, "answers.\U0001f600", "guide"),
    ],
)
def test_a_wrong_answer_is_named(api: ApiClient, answers: Answers, field: str, words: str) -> None:
    refused = api.call("POST", EVALUATE, {"answers": answers})
    assert refused.status_code == 400
    [error] = refused.json()["errors"]
    assert error["field"] == field
    assert words in error["detail"]


@pytest.mark.parametrize(
    "body", [{}, {"answers": None}, {"answers": "oui"}, {"answers": {}, "a": 1}]
)
def test_a_wrong_body_is_refused(api: ApiClient, body: object) -> None:
    assert api.call("POST", EVALUATE, body).status_code == 400


def test_an_unknown_guide_comes_before_the_body(api: ApiClient) -> None:
    assert api.call("POST", "guides/inconnu/evaluate", ["?"]).status_code == 404


def test_a_compiled_version_is_evaluated_in_one_query(api: ApiClient) -> None:
    api.call("POST", EVALUATE, {"answers": {}})
    with CaptureQueriesContext(connection) as queries:
        api.call("POST", EVALUATE, {"answers": LOST_PASSWORD})
    [query] = queries
    assert '"document"' not in query["sql"]
