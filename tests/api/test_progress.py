"""The `progress` of sessions and states: what is answered, and how much is left."""

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
def test_what_is_left_holds_for_every_step_of_a_path(api: ApiClient, path: DecisionPath) -> None:
    steps = list(path.answers.items())
    for done in range(len(steps) + 1):
        least, most = remaining_questions(api, dict(steps[:done]))
        assert least <= len(steps) - done <= most


def test_what_is_left_never_grows_on_the_way(api: ApiClient) -> None:
    path = max(decision_paths(), key=lambda path: len(path.answers))
    steps = list(path.answers.items())
    found = [remaining_questions(api, dict(steps[:done])) for done in range(len(steps) + 1)]
    assert all(before[1] > after[1] for before, after in pairwise(found))
    assert found[-1] == (0, 0)


def test_a_session_tells_what_is_left(api: ApiClient) -> None:
    session = api.begin({"liste-a-jour": "oui", "attribution-gar": "oui"})
    assert session["progress"] == {"answered": 2, "remaining_min": 1, "remaining_max": 3}


def test_answers_off_the_path_count_for_nothing(api: ApiClient) -> None:
    session = api.begin({"identifiants-connus": "oui"})
    assert session["progress"] == {"answered": 0, "remaining_min": 3, "remaining_max": 5}


def test_a_version_without_a_finished_proof_does_not_guess(
    api: ApiClient, guide_document: dict[str, Any]
) -> None:
    publish_document(guide_document | {"title": "Sans preuve"})
    session = api.begin()
    assert session["progress"] == {"answered": 0, "remaining_min": None, "remaining_max": None}


def test_recording_an_answer_reads_the_proof_no_more(api: ApiClient) -> None:
    session = api.begin()
    with CaptureQueriesContext(connection) as queries:
        api.answer(session, "liste-a-jour", "oui")
    assert not [query for query in queries if "rules_versionproof" in query["sql"]]
