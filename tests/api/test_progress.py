"""Tests the field `progress` of sessions and states: how many questions are answered and left."""

from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import SLUG, ApiClient
from tests.paths import DecisionPath, decision_paths, paths_by_outcome
from tests.web.conftest import publish_document


def remaining_questions(api: ApiClient, answers: dict[str, str]) -> tuple[int, int]:
    body = api.call("POST", f"guides/{SLUG}/evaluate", {"answers": answers}).json()
    return body["progress"]["remaining_min"], body["progress"]["remaining_max"]


@pytest.mark.parametrize("path", paths_by_outcome(), ids=str)
def test_the_questions_left_on_each_path_are_within_the_announced_range(
    api: ApiClient, path: DecisionPath
) -> None:
    steps = list(path.answers.items())
    for answered in range(len(steps) + 1):
        least, most = remaining_questions(api, dict(steps[:answered]))
        assert least <= len(steps) - answered <= most


def test_the_largest_number_of_questions_left_shrinks_with_each_answer(api: ApiClient) -> None:
    path = max(decision_paths(), key=lambda path: len(path.answers))
    steps = list(path.answers.items())
    found = [remaining_questions(api, dict(steps[:answered])) for answered in range(len(steps) + 1)]
    assert all(before[1] > after[1] for before, after in pairwise(found))
    assert found[-1] == (0, 0)


def test_a_session_has_its_progress(api: ApiClient) -> None:
    session = api.begin({"liste-a-jour": "oui", "attribution-gar": "oui"})
    assert session["progress"] == {"answered": 2, "remaining_min": 1, "remaining_max": 3}


def test_answers_off_the_path_are_not_counted(api: ApiClient) -> None:
    session = api.begin({"identifiants-connus": "oui"})
    assert session["progress"] == {"answered": 0, "remaining_min": 3, "remaining_max": 5}


def test_without_a_complete_proof_the_questions_left_are_null(
    api: ApiClient, guide_document: dict[str, Any]
) -> None:
    publish_document(guide_document | {"title": "Sans preuve"})
    session = api.begin()
    assert session["progress"] == {"answered": 0, "remaining_min": None, "remaining_max": None}


def test_recording_an_answer_does_not_read_the_proof_again(api: ApiClient) -> None:
    session = api.begin()
    with CaptureQueriesContext(connection) as queries:
        api.answer(session, "liste-a-jour", "oui")
    assert not [query for query in queries if "rules_versionproof" in query["sql"]]
