"""Limits on how much one network may ask for, counted in the memory of each worker.

They only keep one address from taking the whole service, so they need not be exact to the last call,
and a call within them costs no query. A worker accepts the limit divided by the number of workers,
so that all together never accept more. What must be exact has a token bucket in the cache instead.

A class is far within the limits. Its page asks for one batch when the list of pupils is there, and
one after each answer, at most. A teacher who clicks once a second makes 60 calls a minute, and all 40
pupils of a class are 40 rows. With 30 schools behind the address of an academy, this is 1,800 calls
of the 6,000, if all of them click once a second at the same time, and 1,200 rows of the 60,000 for
one answer of every class. If the 30 classes answer a question about the whole class every two
seconds, which changes every row, this is 36,000 rows a minute. Calls spread over the workers: each of
four gets about 9,000 of these rows, and accepts 15,000.
"""

from math import ceil
from threading import Lock
from time import time

from django.conf import settings

from diagnostics.throttles.token_bucket import TooManyRequestsError

MAX_NETWORKS = 20_000
"""The number of networks that a limit remembers, about 2 MB. Then it forgets the oldest request's."""


class MemoryLimit:
    """A limit on one kind of request, for each network in a period of the clock."""

    def __init__(self, limit: int, period_seconds: int) -> None:
        self.limit = limit
        self.period_seconds = period_seconds
        self._period = 0
        self._taken: dict[str, int] = {}
        """The amount that each network has taken in this period, the least recent request first."""
        self._lock = Lock()

    def take(self, network: str, amount: int = 1) -> None:
        """Takes an amount, or raises `TooManyRequestsError` if it exceeds what is left.

        A network's first request in a period is accepted, however much it asks for.
        """
        if not settings.THROTTLING:
            return
        now, limit = time(), ceil(self.limit / settings.WORKERS)
        period = int(now // self.period_seconds)
        with self._lock:
            if period != self._period:
                self._period, self._taken = period, {}
            taken = self._taken.pop(network, 0)
            is_accepted = not taken or taken + amount <= limit
            self._taken[network] = taken + amount if is_accepted else taken
            if len(self._taken) > MAX_NETWORKS:
                del self._taken[next(iter(self._taken))]
        if not is_accepted:
            raise TooManyRequestsError(ceil((period + 1) * self.period_seconds - now))


CALLS = MemoryLimit(6_000, period_seconds=60)
"""Calls of the API."""
BATCH_ROWS = MemoryLimit(60_000, period_seconds=60)
"""Rows of the calls `evaluate-batch`, and pupils of the class page without its script."""
DIAGNOSTICS_BEGUN = MemoryLimit(20_000, period_seconds=24 * 3_600)
"""Diagnostics begun by the API or by a form."""
