"""Takes places of one throttle in several threads at once, more often than there are places.

Run as a program, it prepares the database of DATABASE_URL, which must be new, and exits with 0 if
each place was taken exactly once.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

THREADS = 8
ATTEMPTS_PER_THREAD = 5
LIMIT = 20


def take_places_in_threads() -> list[str]:
    """Returns the names of the places that the threads took."""
    barrier = Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as threads:
        taking = [threads.submit(_take_places_in_one_thread, barrier) for _ in range(THREADS)]
        return [place for taken in taking for place in taken.result()]


def _take_places_in_one_thread(barrier: Barrier) -> list[str]:
    from django.db import connection
    from django.test import RequestFactory

    from diagnostics.throttling import Throttle, TooManyRequestsError

    throttle, taken = Throttle("at-once", LIMIT), []
    request = RequestFactory().get("/")
    connection.ensure_connection()
    barrier.wait()
    for _ in range(ATTEMPTS_PER_THREAD):
        try:
            taken.append(throttle.take(request))
        except TooManyRequestsError:
            continue
    connection.close()
    return taken


def main() -> int:
    from unittest.mock import patch

    django.setup()
    from django.core.management import call_command

    call_command("createcachetable", verbosity=0)
    with patch("diagnostics.throttling.time", lambda: 1_800_001_800.0):
        taken = take_places_in_threads()
    return abs(len(taken) - LIMIT) + abs(len(set(taken)) - LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
