"""Takes places of one throttle in several threads at once.

As a program, it does so on the database of DATABASE_URL, which must be new, and its exit status is
zero if each place was taken once.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

THREADS = 8
ATTEMPTS_OF_THREAD = 5
LIMIT = 20


def take_places() -> list[str]:
    """Returns the places that all threads took."""
    together = Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as threads:
        taking = [threads.submit(_take_places, together) for _ in range(THREADS)]
        return [place for taken in taking for place in taken.result()]


def _take_places(together: Barrier) -> list[str]:
    from django.db import connection
    from django.test import RequestFactory

    from diagnostics.throttling import Throttle, TooManyRequestsError

    throttle, taken = Throttle("at-once", LIMIT), []
    request = RequestFactory().get("/")
    connection.ensure_connection()
    together.wait()
    for _ in range(ATTEMPTS_OF_THREAD):
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
        taken = take_places()
    return abs(len(taken) - LIMIT) + abs(len(set(taken)) - LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
