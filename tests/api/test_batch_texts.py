"""Tests `POST guides/{slug}/evaluate-batch?texts=once`, whose results name texts by key."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.conftest import Answers, ApiClient
from tests.api.test_batch import BATCH_PATH, answers
from tests.paths import decision_paths

ONCE = f"{BATCH_PATH}?texts=once"


def send_sets(api: ApiClient, path: str, sets: list[Answers]) -> dict[str, Any]:
    rows = [{"id": str(number), "answers": answers} for number, answers in enumerate(sets)]
    answer = api.call("POST", path, {"rows": rows})
    assert answer.status_code == 200
    return dict(answer.json())


def with_texts(named: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns the results with each text where a call without `texts` has it."""
    texts = {kind: {item["key"]: item for item in items} for kind, items in named["texts"].items()}
    for state in (result["state"] for result in named["results"] if "state" in result):
        key = state["question"]
        state["question"] = None if key is None else texts["questions"][key]
        for given_outcomes in (state["advice"], state["outcomes"]):
            for outcome in given_outcomes:
                outcome |= texts["outcomes"][outcome["key"]]
                for reason in outcome["because"]:
                    reason["sentence"] = texts["rules"][reason["rule"]]["sentence"]
    return list(named["results"])


@settings(
    max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(sets=st.lists(answers, max_size=8))
def test_the_texts_with_the_results_are_the_results_of_a_call_without_the_parameter(
    api: ApiClient, sets: list[Answers]
) -> None:
    whole = send_sets(api, BATCH_PATH, sets)
    assert set(whole) == {"results"}
    assert with_texts(send_sets(api, ONCE, sets)) == whole["results"]


def test_each_text_that_is_named_is_listed_once_and_no_other_one(api: ApiClient) -> None:
    sets = [path.answers for path in decision_paths()]
    named = send_sets(api, ONCE, [*sets, {}, *sets])
    states = [result["state"] for result in named["results"]]
    given_outcomes = [given for state in states for given in state["advice"] + state["outcomes"]]
    expected = {
        "questions": {state["question"] for state in states} - {None},
        "outcomes": {given["key"] for given in given_outcomes},
        "rules": {reason["rule"] for given in given_outcomes for reason in given["because"]},
    }
    for kind, keys in expected.items():
        listed = [item["key"] for item in named["texts"][kind]]
        assert sorted(listed) == sorted(keys)


def test_a_batch_without_rows_names_no_text(api: ApiClient) -> None:
    assert send_sets(api, ONCE, []) == {
        "results": [],
        "texts": {"questions": [], "outcomes": [], "rules": []},
    }


@pytest.mark.parametrize("query", ["texts=", "texts=twice", "texts=ONCE", "texts=once&texts=once"])
def test_another_value_of_the_parameter_is_refused(api: ApiClient, query: str) -> None:
    refused = api.call("POST", f"{BATCH_PATH}?{query}", {"rows": []})
    assert refused.status_code == 400
    assert refused.json()["errors"] == [
        {"field": "texts", "detail": "La seule valeur de ce paramètre est «\u00a0once\u00a0»."}
    ]
