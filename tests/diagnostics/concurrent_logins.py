"""Sends wrong passwords, then one right code, in several threads at once.

Run as a program, it prepares the database of DATABASE_URL, which must be new, and exits with 0 if
no wrong password passed the limit and the code was right once.
"""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Barrier, Semaphore
from unittest.mock import patch

import django

THREADS = 8


def call_at_once(call: Callable[[], int]) -> Counter[int]:
    """Calls a function twice in each thread, and counts the statuses that it returns."""
    from django.db import connection

    barrier = Barrier(THREADS)

    def call_twice() -> list[int]:
        connection.ensure_connection()
        barrier.wait()
        found = [call(), call()]
        connection.close()
        return found

    with ThreadPoolExecutor(THREADS) as threads:
        calls = [threads.submit(call_twice) for _ in range(THREADS)]
        return Counter(status for called in calls for status in called.result())


def count_wrong_passwords() -> Counter[int]:
    """Sends 16 wrong passwords for one account, and counts the statuses of the answers.

    All are checked at once, as by several workers, each of which checks one at a time.
    """
    from tests.diagnostics.logins.login_calls import send_login

    with (
        patch("diagnostics.throttles.token_bucket.time", lambda: 1_800_000_000.0),
        patch("diagnostics.logins.login_limits._free_checks", Semaphore(THREADS)),
        patch("diagnostics.logins.login_limits._check_turn", nullcontext()),
    ):
        return call_at_once(lambda: send_login("paul").status_code)


def count_right_codes() -> Counter[int]:
    """Sends one right code from 16 browsers, and counts the statuses of the answers."""
    from django.contrib.auth.models import User
    from django.test import override_settings

    from tests.diagnostics.logins import second_factor_calls as calls
    from tests.diagnostics.logins.login_calls import PASSWORD

    with override_settings(TWO_FACTORS=True):
        User.objects.create_superuser("anne", password=PASSWORD)
        code = calls.enrol_account("anne").next_code()
        browsers = [calls.log_in_halfway("anne") for _ in range(2 * THREADS)]
        return call_at_once(lambda: calls.send_code(browsers.pop(), code).status_code)


def main() -> int:
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a quick one
    settings.DATABASE_SECONDS = settings.DATABASE_LOCK_SECONDS = 60  # the machine may be busy
    for command in ("migrate", "createcachetable"):
        call_command(command, verbosity=0)
    passwords, codes = count_wrong_passwords(), count_right_codes()
    return passwords != {200: 10, 429: 6} or codes[302] != 1


if __name__ == "__main__":
    raise SystemExit(main())
