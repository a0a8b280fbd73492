"""Places of one throttle taken by several threads at once. Run as a program, it does so on the
database of DATABASE_URL, which must be new.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

THREADS = 8
EACH = 5
LIMIT = 20


def places_taken() -> list[str]:
    """What all threads were given."""
    together = Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as threads:
        taking = [threads.submit(_take, together) for _ in range(THREADS)]
        return [place for taken in taking for place in taken.result()]


def _take(together: Barrier) -> list[str]:
    from django.db import connection
    from django.test import RequestFactory

    from diagnostics.throttling import Throttle, TooManyRequestsError

    throttle, taken = Throttle("at-once", LIMIT), []
    request = RequestFactory().get("/")
    connection.ensure_connection()
    together.wait()
    for _ in range(EACH):
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
        taken = places_taken()
    return abs(len(taken) - LIMIT) + abs(len(set(taken)) - LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
