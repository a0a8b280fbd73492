"""Tests the call `POST guides/{slug}/evaluate-batch`."""

from typing import Any
from unittest.mock import Mock

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from diagnostics.models import Session
from rules.engine.compiled import CompiledGuide
from rules.models import VersionProof
from rules.publication import stored_proofs
from tests.api.conftest import SLUG, Answers, ApiClient
from tests.paths import decision_paths

BATCH_PATH = f"guides/{SLUG}/evaluate-batch"
SCHOOL_ANSWERS = {"liste-a-jour": "oui", "attribution-gar": "oui"}

questions = {
    "liste-a-jour": ["oui", "non"],
    "attribution-gar": ["oui", "non"],
    "methode-pix-orga": ["mediacentre", "identifiant", "mail", "aucune"],
    "connexion-habituelle": ["mediacentre", "identifiant", "mail"],
    "identifiants-connus": ["oui", "non"],
    "inconnue": ["oui"],
}
answers = st.fixed_dictionaries(
    {}, optional={key: st.sampled_from([*choices, "x"]) for key, choices in questions.items()}
)


def send_batch(api: ApiClient, rows: object) -> Any:  # noqa: ANN401 (the client's own)
    return api.call("POST", BATCH_PATH, {"rows": rows})


def batch_results(api: ApiClient, rows: object) -> list[dict[str, Any]]:
    answer = send_batch(api, rows)
    assert answer.status_code == 200
    return list(answer.json()["results"])


def result_of_wrong_row(api: ApiClient, row: object) -> dict[str, Any]:
    """Sends a wrong row between two good ones and returns its result.

    Fails if a good row does not get its state.
    """
    good = {"id": "bonne", "answers": SCHOOL_ANSWERS}
    before, bad, after = batch_results(api, [good, row, good])
    assert before == after
    assert before["state"]["question"]["key"] == "methode-pix-orga"
    assert set(bad) == {"id", "error"}
    return bad


def test_each_path_of_the_paper_poster_leads_to_its_outcomes(api: ApiClient) -> None:
    paths = decision_paths()
    rows = [{"id": str(path), "answers": path.answers} for path in paths]
    found = batch_results(api, rows)
    assert [result["id"] for result in found] == [str(path) for path in paths]
    for result, path in zip(found, paths, strict=True):
        assert result["state"]["status"] == "completed"
        assert [given["key"] for given in result["state"]["advice"]] == list(path.advice)
        assert [given["key"] for given in result["state"]["outcomes"]] == list(path.outcomes)


@hypothesis_settings(
    max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(sets=st.lists(answers, max_size=8))
def test_a_row_gets_the_same_state_or_error_as_a_call_to_evaluate(
    api: ApiClient, sets: list[Answers]
) -> None:
    rows = [{"id": str(number), "answers": answers} for number, answers in enumerate(sets)]
    for result, row in zip(batch_results(api, rows), rows, strict=True):
        alone = api.call("POST", f"guides/{SLUG}/evaluate", {"answers": row["answers"]})
        name = "state" if alone.status_code == 200 else "error"
        assert result == {"id": row["id"], name: alone.json()}


def test_results_are_in_the_order_of_rows_whatever_their_ids(api: ApiClient) -> None:
    rows = [{"id": name, "answers": {}} for name in ["b", "a", "b", "", "é\u0000🦉", "x" * 5000]]
    assert [result["id"] for result in batch_results(api, rows)] == [row["id"] for row in rows]


def test_the_order_of_answers_does_not_change_the_state(api: ApiClient) -> None:
    reversed_answers = dict(reversed(SCHOOL_ANSWERS.items()))
    first, second = batch_results(
        api, [{"id": "a", "answers": SCHOOL_ANSWERS}, {"id": "b", "answers": reversed_answers}]
    )
    assert first["state"] == second["state"]


def test_a_batch_without_rows_has_no_results(api: ApiClient) -> None:
    assert batch_results(api, []) == []


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"liste-a-jour": "peut-etre"}, "answers.liste-a-jour", "oui, non"),
        ({"liste-a-jour": None}, "answers.liste-a-jour", "null"),
        ({"liste-a-jour": True}, "answers.liste-a-jour", "texte"),
        ({"liste-a-jour": ["oui"]}, "answers.liste-a-jour", "texte"),
        ({"inconnue": "oui"}, "answers.inconnue", "guide"),
        ({"a\u0000b": "\u0000"}, "answers.a\u0000b", "guide"),
        (None, "answers", "null"),
        ("oui", "answers", "objet"),
        ([], "answers", "objet"),
    ],
)
def test_a_row_with_wrong_answers_does_not_fail_the_others(
    api: ApiClient, answers: object, field: str, words: str
) -> None:
    bad = result_of_wrong_row(api, {"id": "7", "answers": answers})
    [named] = bad["error"]["errors"]
    assert (bad["id"], bad["error"]["status"], named["field"]) == ("7", 400, field)
    assert words in named["detail"]


@pytest.mark.parametrize(
    ("row", "name", "field"),
    [
        ({"id": "7"}, "7", "answers"),
        ({"id": "7", "answers": {}, "nom": "Zoé"}, "7", "nom"),
        ({"answers": {}}, None, "id"),
        ({"id": None, "answers": {}}, None, "id"),
        ({"id": 7, "answers": {}}, None, "id"),
        ({"id": ["7"], "answers": {}}, None, "id"),
    ],
)
def test_a_row_with_wrong_fields_does_not_fail_the_others(
    api: ApiClient, row: object, name: str | None, field: str
) -> None:
    bad = result_of_wrong_row(api, row)
    assert (bad["id"], [named["field"] for named in bad["error"]["errors"]]) == (name, [field])


@pytest.mark.parametrize("row", [None, 7, "7", [], [["id", "7"]], True])
def test_a_row_that_is_no_object_does_not_fail_the_others(api: ApiClient, row: object) -> None:
    bad = result_of_wrong_row(api, row)
    assert (bad["id"], bad["error"]["errors"]) == (None, [])
    assert bad["error"]["detail"] == "Une ligne doit être un objet JSON."


def test_the_error_of_a_row_names_all_its_wrong_fields(api: ApiClient) -> None:
    bad = result_of_wrong_row(api, {"answers": {"liste-a-jour": None}, "nom": "Zoé"})
    named = {problem["field"] for problem in bad["error"]["errors"]}
    assert named == {"id", "answers.liste-a-jour", "nom"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "rows"),
        ({"rows": None}, "rows"),
        ({"rows": "abc"}, "rows"),
        ({"rows": {"id": "1", "answers": {}}}, "rows"),
        ({"rows": 3}, "rows"),
        ({"rows": [], "guide": SLUG}, "guide"),
    ],
)
def test_a_batch_with_a_wrong_body_is_refused(api: ApiClient, body: object, field: str) -> None:
    answer = api.call("POST", BATCH_PATH, body)
    assert answer.status_code == 400
    assert [named["field"] for named in answer.json()["errors"]] == [field]


def test_a_thousand_rows_are_accepted_and_one_more_is_refused(api: ApiClient) -> None:
    rows = [{"id": str(number), "answers": {}} for number in range(1_000)]
    assert len(batch_results(api, rows)) == 1_000
    answer = send_batch(api, [*rows, {"id": "1000", "answers": {}}])
    assert answer.status_code == 400
    assert answer.json()["detail"] == "Une demande a 1000 lignes au plus."


def test_a_body_of_2_megabytes_is_accepted_and_a_longer_one_is_refused(api: ApiClient) -> None:
    body, limit = b'{"rows": []}', settings.BATCH_BODY_LIMIT
    address = f"/api/v1/{BATCH_PATH}"
    taken = api.generic("POST", address, body.ljust(limit), "application/json")
    refused = api.generic("POST", address, body.ljust(limit + 1), "application/json")
    assert (limit, taken.status_code, refused.status_code) == (2 * 1024 * 1024, 200, 413)


@pytest.mark.parametrize(
    "path",
    [
        f"/api/v1/guides/{SLUG}/evaluate",
        "/api/v1/evaluate-batch",
        f"/api/v1/guides/a/{SLUG}/evaluate-batch",
    ],
)
def test_other_addresses_refuse_a_body_over_64_kilobytes(api: ApiClient, path: str) -> None:
    body = b"{}".ljust(settings.BODY_LIMIT + 1)
    assert api.generic("POST", path, body, "application/json").status_code == 413


def test_an_unknown_guide_is_not_found_whatever_the_body(api: ApiClient) -> None:
    assert api.call("POST", "guides/inconnu/evaluate-batch", ["?"]).status_code == 404


def test_rows_with_the_same_answers_are_evaluated_once(
    api: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve = Mock(wraps=CompiledGuide.resolve)
    monkeypatch.setattr(CompiledGuide, "resolve", lambda *arguments: resolve(*arguments))
    rows = [
        {"id": str(number), "answers": SCHOOL_ANSWERS if number % 2 else {}} for number in range(50)
    ]
    batch_results(api, rows)
    assert resolve.call_count == 2


def test_a_batch_stores_nothing_and_takes_two_queries(api: ApiClient) -> None:
    VersionProof.objects.all().delete()  # the proof is not cached, so it is looked up again
    stored_proofs._proved_document.cache_clear()
    send_batch(api, [])
    unfinished: list[Answers] = [{}, SCHOOL_ANSWERS]  # only their states need the proof
    answer_sets = [*unfinished, *(path.answers for path in decision_paths())]
    with CaptureQueriesContext(connection) as queries:
        batch_results(
            api, [{"id": str(number), "answers": sent} for number, sent in enumerate(answer_sets)]
        )
    assert len(queries) == 2
    assert not Session.objects.exists()


def test_a_header_has_the_number_of_the_version(api: ApiClient) -> None:
    assert send_batch(api, []).headers["Guide-Version"] == "1"


def test_a_row_with_too_many_answers_is_refused(api: ApiClient) -> None:
    rows = [{"id": "1", "answers": {f"q-{number}": "x" for number in range(1_001)}}]
    [result] = batch_results(api, rows)
    assert result["error"]["errors"] == [
        {"field": "answers", "detail": "Il y a plus de 1000 réponses."}
    ]
