"""Takes tokens of one bucket in several threads at once, more often than there are tokens.

Run as a program, it prepares the database of DATABASE_URL, which must be new, and exits with 0 if
each token was taken exactly once.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from unittest.mock import patch

import django

THREADS = 8
ATTEMPTS_PER_THREAD = 5
CAPACITY = 20


def take_tokens_in_threads() -> list[str]:
    """Returns the names of the tokens that the threads took."""
    barrier = Barrier(THREADS)
    with (
        patch("diagnostics.throttles.token_bucket.time", lambda: 1_800_001_800.0),
        ThreadPoolExecutor(THREADS) as threads,
    ):
        taking = [threads.submit(_take_tokens_in_one_thread, barrier) for _ in range(THREADS)]
        return [token for taken in taking for token in taken.result()]


def _take_tokens_in_one_thread(barrier: Barrier) -> list[str]:
    from django.db import connection

    from diagnostics.throttles.token_bucket import TokenBucket, TooManyRequestsError

    bucket, taken = TokenBucket("at-once", CAPACITY, seconds_per_token=12), []
    connection.ensure_connection()
    barrier.wait()
    for _ in range(ATTEMPTS_PER_THREAD):
        try:
            taken.append(bucket.take("key"))
        except TooManyRequestsError:
            continue
    connection.close()
    return taken


def main() -> int:
    django.setup()
    from django.core.management import call_command

    call_command("createcachetable", verbosity=0)
    taken = take_tokens_in_threads()
    return abs(len(taken) - CAPACITY) + abs(len(set(taken)) - CAPACITY)


if __name__ == "__main__":
    raise SystemExit(main())
