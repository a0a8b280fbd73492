"""Keeps threads free while the database is stuck: few requests of a process wait for the same thing."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from diagnostics.databases.outages import DatabaseOutageError

MAX_TRIES = 2
"""How many requests of a process may at a time await something that was awaited in vain."""
LONG_SECONDS = 0.5
"""A wait that fails sooner is no jam, such as a connection that is refused at once."""
LATELY_SECONDS = 30
"""For how long a wait in vain is remembered; the next requests that await the same find out again."""
MAX_REMEMBERED = 1_000


class Jam:
    """Remembers what requests of this process have awaited in vain lately, such as a lock.

    While a table is locked, all threads would wait for it, and none would be left for the pages that
    do not need it. So once a statement was awaited in vain, only `MAX_TRIES` requests at a time await
    it, and the others are refused at once. As soon as it succeeds, nobody is refused any more. A jam that
    nobody has met for a while is forgotten: it may be over, and a crowd that comes then must not be refused.
    """

    def __init__(self) -> None:
        self._awaited_in_vain: dict[str, float] = {}  # when it was so for the last time
        self._try_count = 0
        self._lock = Lock()

    @contextmanager
    def try_to_pass(self, awaited: str) -> Iterator[None]:
        """Awaits something in a `with` block. Raises `DatabaseOutageError` if others do so in vain."""
        is_try = self._count_try(awaited)
        began_at = monotonic()
        try:
            yield
        except DatabaseOutageError:
            if monotonic() - began_at > LONG_SECONDS:
                if len(self._awaited_in_vain) >= MAX_REMEMBERED:
                    self._awaited_in_vain.clear()
                self._awaited_in_vain[awaited] = monotonic()
            raise
        else:
            self._awaited_in_vain.pop(awaited, None)
        finally:
            if is_try:
                with self._lock:
                    self._try_count -= 1

    def _count_try(self, awaited: str) -> bool:
        """Returns False if nobody has lately awaited this in vain; otherwise counts a try, or refuses it."""
        awaited_at = self._awaited_in_vain.get(awaited)
        if awaited_at is None or monotonic() - awaited_at > LATELY_SECONDS:
            return False
        with self._lock:
            if self._try_count >= MAX_TRIES:
                raise DatabaseOutageError("Other requests wait for the same already.")
            self._try_count += 1
        return True
