"""Tests the call `POST guides/{slug}/evaluate`."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diagnostics.models import Session
from tests.api.conftest import SLUG, Answers, ApiClient
from tests.paths import DecisionPath, paths_by_outcome

EVALUATE_PATH = f"guides/{SLUG}/evaluate"
LOST_PASSWORD_ANSWERS = {
    "liste-a-jour": "oui",
    "attribution-gar": "oui",
    "methode-pix-orga": "identifiant",
    "connexion-habituelle": "identifiant",
    "identifiants-connus": "non",
}


@pytest.mark.parametrize("path", paths_by_outcome(), ids=str)
def test_a_path_of_the_paper_poster_leads_to_its_outcomes(
    api: ApiClient, path: DecisionPath
) -> None:
    state = api.call("POST", EVALUATE_PATH, {"answers": path.answers}).json()
    assert state["status"] == "completed"
    assert {answer["question"]: answer["choice"] for answer in state["answers"]} == path.answers
    assert [given["key"] for given in state["advice"]] == list(path.advice)
    assert [given["key"] for given in state["outcomes"]] == list(path.outcomes)


def test_evaluating_stores_nothing(api: ApiClient) -> None:
    assert api.call("POST", EVALUATE_PATH, {"answers": LOST_PASSWORD_ANSWERS}).status_code == 200
    assert not Session.objects.exists()


def test_without_answers_the_first_question_is_asked(api: ApiClient) -> None:
    state = api.call("POST", EVALUATE_PATH, {"answers": {}}).json()
    question = state["question"]
    assert (state["status"], question["key"]) == ("in_progress", "liste-a-jour")
    assert [choice["key"] for choice in question["choices"]] == ["oui", "non"]
    assert question["scope"] == "school"


def test_a_completed_state_asks_no_question(api: ApiClient) -> None:
    state = api.call("POST", EVALUATE_PATH, {"answers": LOST_PASSWORD_ANSWERS}).json()
    assert state["question"] is None
    assert state["progress"] == {"answered": 5, "remaining_min": 0, "remaining_max": 0}


def test_a_conclusion_has_the_rule_and_the_answers_that_gave_it(api: ApiClient) -> None:
    state = api.call("POST", EVALUATE_PATH, {"answers": LOST_PASSWORD_ANSWERS}).json()
    [reason] = state["outcomes"][0]["because"]
    assert reason["sentence"].startswith("Si «\u00a0")
    assert {"question": "identifiants-connus", "choice": "non"} in reason["answers"]


def test_texts_are_given_as_markdown_and_as_html(api: ApiClient) -> None:
    state = api.call("POST", EVALUATE_PATH, {"answers": LOST_PASSWORD_ANSWERS}).json()
    association = state["outcomes"][1]
    assert "1. " in association["body"]
    assert "<ol>" in association["body_html"]


def test_what_is_said_to_the_pupil_is_given_or_null(api: ApiClient) -> None:
    begun = {"liste-a-jour": "oui", "attribution-gar": "oui"}
    state = api.call("POST", EVALUATE_PATH, {"answers": begun}).json()
    assert state["question"]["for_pupil"].startswith("Demande à ton professeur")
    assert {(one["for_pupil"], one["for_pupil_html"]) for one in state["advice"]} == {(None, None)}
    assert api.call("POST", EVALUATE_PATH, {"answers": {}}).json()["question"]["for_pupil"] is None
    state = api.call("POST", EVALUATE_PATH, {"answers": LOST_PASSWORD_ANSWERS}).json()
    assert "1. Ouvre l’ENT" in state["outcomes"][1]["for_pupil"]
    assert "<li>Ouvre l’ENT" in state["outcomes"][1]["for_pupil_html"]


def test_an_outcome_has_its_link_or_null(api: ApiClient) -> None:
    different = LOST_PASSWORD_ANSWERS | {"connexion-habituelle": "mail"}
    state = api.call("POST", EVALUATE_PATH, {"answers": different}).json()
    assert state["outcomes"][0]["link"]["url"] == "https://support.pix.fr"
    assert state["advice"][0]["link"] is None


def test_questions_answered_off_the_path_are_listed_in_the_order_of_the_guide(
    api: ApiClient,
) -> None:
    answers = {"identifiants-connus": "oui", "connexion-habituelle": "mail", "liste-a-jour": "oui"}
    state = api.call("POST", EVALUATE_PATH, {"answers": answers}).json()
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
def test_a_wrong_answer_is_refused_with_its_field(
    api: ApiClient, answers: Answers, field: str, words: str
) -> None:
    refused = api.call("POST", EVALUATE_PATH, {"answers": answers})
    assert refused.status_code == 400
    [error] = refused.json()["errors"]
    assert error["field"] == field
    assert words in error["detail"]


@pytest.mark.parametrize(
    "body", [{}, {"answers": None}, {"answers": "oui"}, {"answers": {}, "a": 1}]
)
def test_a_wrong_body_is_refused(api: ApiClient, body: object) -> None:
    assert api.call("POST", EVALUATE_PATH, body).status_code == 400


def test_the_first_of_many_wrong_fields_are_listed_and_all_are_counted(api: ApiClient) -> None:
    refused = api.call("POST", EVALUATE_PATH, {str(number): 0 for number in range(6_000)}).json()
    assert len(refused["errors"]) == 20
    assert refused["detail"].startswith("6\u00a0001 champs sont à corriger\u00a0; seuls les 20 ")


def test_an_unknown_guide_is_not_found_whatever_the_body(api: ApiClient) -> None:
    assert api.call("POST", "guides/inconnu/evaluate", ["?"]).status_code == 404


def test_a_compiled_version_is_evaluated_with_one_query(api: ApiClient) -> None:
    api.call("POST", EVALUATE_PATH, {"answers": {}})
    with CaptureQueriesContext(connection) as queries:
        api.call("POST", EVALUATE_PATH, {"answers": LOST_PASSWORD_ANSWERS})
    [query] = queries
    assert '"document"' not in query["sql"]
