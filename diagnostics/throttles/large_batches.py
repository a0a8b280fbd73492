"""Bounds what batches may take from other visitors: their size, and how many run at a time.

A batch is a call of the API with many rows, or the page of a class with many pupils.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from django.conf import settings

from diagnostics.throttles.token_bucket import TooManyRequestsError

MAX_ROWS_TIMES_RULES = 1_000_000
"""The most rows of a batch, multiplied by the number of rules of its guide."""
LARGE_BATCH_ROWS = 100
"""A batch of more rows is large. One of a class is not."""
WAIT_SECONDS = 5
MAX_WAITING = max(1, settings.SERVER_THREADS // 4)
"""How many large batches wait at most, each of which occupies a thread of the worker."""


class TooManyRowsError(ValueError):
    """A batch has too many rows for the rules of its guide; `most` is the number of rows that fit."""

    def __init__(self, rules: int, most: int) -> None:
        super().__init__(rules, most)
        self.rules = rules
        self.most = most


class BatchesUnderWayError(TooManyRequestsError):
    """A large batch is evaluated and others wait, whichever networks they come from."""


def check_row_count(rows: int, rules: int) -> None:
    """Raises `TooManyRowsError` if so many rows do not fit in one call for a guide of so many rules."""
    if rows * rules > MAX_ROWS_TIMES_RULES:
        raise TooManyRowsError(rules, MAX_ROWS_TIMES_RULES // rules)


class BatchTurns:
    """Lets one large batch at a time be evaluated in this process. Smaller ones never wait."""

    def __init__(self) -> None:
        self._turn = Lock()
        self.waiting_places = BoundedSemaphore(MAX_WAITING)

    @contextmanager
    def take_turn(self, rows: int) -> Iterator[None]:
        """Waits for the turn of a batch, and holds it. Raises `BatchesUnderWayError`.

        A batch is refused after some seconds or, if others wait already, at once: if all of them
        waited, no thread would be left for other visitors.
        """
        if rows <= LARGE_BATCH_ROWS:
            yield
            return
        if not self._wait_for_turn():
            raise BatchesUnderWayError(WAIT_SECONDS)
        try:
            yield
        finally:
            self._turn.release()

    def _wait_for_turn(self) -> bool:
        if self._turn.acquire(blocking=False):
            return True
        if not self.waiting_places.acquire(blocking=False):
            return False
        try:
            return self._turn.acquire(timeout=WAIT_SECONDS)
        finally:
            self.waiting_places.release()


batch_turns = BatchTurns()
