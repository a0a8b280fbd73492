"""Purges once a day, while the site runs, as the command `purge_sessions` does.

Each worker of the server has a thread that looks every hour whether a purge is due. The first one to
add the day to the cache, which all workers and machines share, purges. If its process is killed
meanwhile, what is left is removed the day after.
"""

import logging
from contextlib import suppress
from threading import Thread
from time import sleep

from django.core.cache import cache
from django.db import connections
from django.utils import timezone

from diagnostics.purging import expired_purge

SECONDS_BETWEEN_LOOKS = 3_600
SECONDS_OF_A_CLAIM = 2 * 24 * 3_600
"""How long the cache remembers that a day has its purge, which is longer than the day lasts."""
_logger = logging.getLogger("diagnostics")


def start_daily_purge() -> None:
    """Starts the thread of this process. A thread does not survive a fork: call this after it."""
    Thread(target=_purge_each_day, name="daily purge", daemon=True).start()


def purge_if_due() -> None:
    """Purges unless this day has its purge, and logs how many diagnostics were removed, if any.

    If the purge fails, the claim is given up, so that it is tried again.
    """
    claim = f"diagnostics.server.daily_purge.{timezone.localdate()}"
    if cache.add(claim, 1, SECONDS_OF_A_CLAIM):
        try:
            count = expired_purge()
        except Exception:
            with suppress(Exception):  # the cache may be in the database that has just failed
                cache.delete(claim)
            raise
        if count:
            _logger.info("Expired diagnostics removed: %d", count)


def _purge_each_day() -> None:
    while True:
        try:
            purge_if_due()
        except Exception as error:  # such as a database that does not answer
            _logger.warning("Expired diagnostics could not be removed: %s", type(error).__name__)
        finally:
            connections.close_all()
        sleep(SECONDS_BETWEEN_LOOKS)
