"""How long one request waits for the database, and how many requests wait for the same."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from time import monotonic

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from pytest_django import Settings

from diagnostics.databases import jams, waits
from diagnostics.databases.jams import LATELY_SECONDS, MAX_TRIES, Jam
from diagnostics.databases.outages import DatabaseOutageError


@pytest.fixture
def jam(monkeypatch: pytest.MonkeyPatch) -> Jam:
    """A jam that regards each wait that fails as long, and has met one for « a table »."""
    monkeypatch.setattr(jams, "LONG_SECONDS", -1)
    jam = Jam()
    with pytest.raises(DatabaseOutageError):
        await_in_vain(jam)
    return jam


def await_in_vain(jam: Jam) -> None:
    with jam.try_to_pass("a table"):
        raise DatabaseOutageError


@contextmanager
def others_that_wait(jam: Jam, number: int) -> Iterator[None]:
    """Lets other threads await the table during a `with` block."""
    end, waiting = Event(), [Event() for _ in range(number)]

    def wait_for_table(has_begun: Event) -> None:
        with jam.try_to_pass("a table"):
            has_begun.set()
            end.wait(10)

    threads = [Thread(target=wait_for_table, args=[begun]) for begun in waiting]
    for thread, begun in zip(threads, waiting, strict=True):
        thread.start()
        begun.wait(10)
    try:
        yield
    finally:
        end.set()
        for thread in threads:
            thread.join()


def test_few_requests_await_what_was_awaited_in_vain(jam: Jam) -> None:
    with (
        others_that_wait(jam, MAX_TRIES),
        pytest.raises(DatabaseOutageError, match="Other requests"),
    ):
        await_in_vain(jam)


def test_what_was_not_awaited_in_vain_is_free(jam: Jam) -> None:
    with others_that_wait(jam, MAX_TRIES), jam.try_to_pass("another table"):
        pass


def test_everyone_may_await_again_what_was_reached_once(jam: Jam) -> None:
    with jam.try_to_pass("a table"):
        pass
    with others_that_wait(jam, MAX_TRIES + 1):
        pass


def test_a_jam_that_nobody_has_met_for_a_while_is_forgotten(
    jam: Jam, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = monotonic() + LATELY_SECONDS + 1
    monkeypatch.setattr(jams, "monotonic", lambda: later)
    with others_that_wait(jam, MAX_TRIES + 1):
        pass


def test_a_failure_at_once_is_no_jam() -> None:
    jam = Jam()
    for _ in range(MAX_TRIES + 1):
        with pytest.raises(DatabaseOutageError):
            await_in_vain(jam)
    with others_that_wait(jam, MAX_TRIES + 1):
        pass


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(waits, "monotonic", lambda: now[0])
    return now


def serve_waits(clock: list[float], *seconds: float) -> list[bool]:
    """Waits so many seconds each time in one request; returns whether it was allowed to."""
    allowed = list[bool]()

    def answer(_request: HttpRequest) -> HttpResponse:
        for wait in seconds:
            try:
                with waits.wait_within_patience(f"wait {len(allowed)}"), waits.spend_patience():
                    clock[0] += wait
                allowed.append(True)
            except DatabaseOutageError:
                allowed.append(False)
        return HttpResponse()

    waits.DatabasePatienceMiddleware(answer)(HttpRequest())
    return allowed


def test_a_request_that_has_waited_long_enough_waits_no_more(
    clock: list[float], settings: Settings
) -> None:
    settings.DATABASE_SECONDS = 4
    assert serve_waits(clock, 2, 2, 2) == [True, True, False]


def test_a_request_may_make_many_short_statements(clock: list[float], settings: Settings) -> None:
    settings.DATABASE_SECONDS = 4
    assert serve_waits(clock, *[0.5] * 20) == [True] * 20


def test_each_request_has_its_own_patience(clock: list[float], settings: Settings) -> None:
    settings.DATABASE_SECONDS = 4
    assert serve_waits(clock, 3, 3, 3) == serve_waits(clock, 3, 3, 3) == [True, True, False]


def test_outside_of_requests_nothing_is_refused(clock: list[float]) -> None:
    with suppress(OperationalError), waits.wait_within_patience("a lock"):
        clock[0] += 1_000
        raise OperationalError  # as it is, for commands
