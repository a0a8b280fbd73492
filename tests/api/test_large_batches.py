"""Tests the bounds on batches: rows times rules, and large batches that run at the same time."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import pytest

from diagnostics.throttles import large_batches
from diagnostics.throttles.large_batches import (
    LARGE_BATCH_ROWS,
    BatchesUnderWayError,
    BatchTurns,
    batch_turns,
)
from tests.api.conftest import ApiClient
from tests.api.test_batch import BATCH_PATH

LARGE = LARGE_BATCH_ROWS + 1


def send_rows(api: ApiClient, count: int) -> Any:  # noqa: ANN401 (as the client's)
    rows = [{"id": str(number), "answers": {}} for number in range(count)]
    return api.call("POST", BATCH_PATH, {"rows": rows})


@contextmanager
def turn_taken_elsewhere(turns: BatchTurns) -> Iterator[None]:
    """Lets another thread evaluate a large batch meanwhile."""
    begun, ended = Event(), Event()

    def evaluate() -> None:
        with turns.take_turn(LARGE):
            begun.set()
            ended.wait(10)

    thread = Thread(target=evaluate)
    thread.start()
    assert begun.wait(10)
    try:
        yield
    finally:
        ended.set()
        thread.join()


def test_more_rows_times_rules_than_the_limit_are_refused_with_the_number_that_fits(
    api: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_batches, "MAX_ROWS_TIMES_RULES", 1_000)
    refused = send_rows(api, 1_000)
    assert refused.status_code == 413
    found = refused.json()["detail"]
    assert found == (
        "Ce guide a 20 règles\u00a0: une demande a 50 lignes au plus. "
        "Envoyez les lignes en plusieurs demandes."
    )
    assert [send_rows(api, count).status_code for count in (50, 51)] == [200, 413]


def test_a_hundred_rows_fit_on_a_guide_with_the_most_rules() -> None:
    large_batches.check_row_count(100, 10_000)
    with pytest.raises(large_batches.TooManyRowsError):
        large_batches.check_row_count(101, 10_000)


def test_a_large_batch_is_refused_if_its_turn_does_not_come_in_time(
    api: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_batches, "WAIT_SECONDS", 1)
    with turn_taken_elsewhere(batch_turns):
        refused = send_rows(api, LARGE)
    assert (refused.status_code, refused["Retry-After"]) == (429, "1")
    assert refused.json()["detail"] == (
        "Le site traite déjà d’autres longues listes. Réessayez dans 1 seconde."
    )
    assert send_rows(api, LARGE).status_code == 200


def test_a_batch_of_a_class_is_answered_while_a_large_one_is_evaluated(api: ApiClient) -> None:
    with turn_taken_elsewhere(batch_turns):
        assert send_rows(api, LARGE_BATCH_ROWS).status_code == 200


def test_a_large_batch_is_evaluated_once_its_turn_comes() -> None:
    turns, evaluated = BatchTurns(), Event()

    def evaluate() -> None:
        with turns.take_turn(LARGE):
            evaluated.set()

    waiting = Thread(target=evaluate)
    with turn_taken_elsewhere(turns):
        waiting.start()
        assert not evaluated.wait(0.1)
    assert evaluated.wait(10)
    waiting.join()


def test_a_large_batch_is_refused_at_once_if_another_one_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(large_batches, "MAX_WAITING", 1)
    turns = BatchTurns()

    def evaluate() -> None:
        with turns.take_turn(LARGE):
            pass

    waiting = Thread(target=evaluate)
    with turn_taken_elsewhere(turns):
        waiting.start()
        while turns.waiting_places.acquire(blocking=False):
            turns.waiting_places.release()
        with pytest.raises(BatchesUnderWayError), turns.take_turn(LARGE):
            pass
        assert waiting.is_alive()
    waiting.join()


def test_a_batch_that_fails_leaves_its_turn_to_others(
    api: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = BatchTurns()
    with pytest.raises(ZeroDivisionError), turns.take_turn(LARGE):
        _ = 1 / 0
    with turns.take_turn(LARGE):
        pass
