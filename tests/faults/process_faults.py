"""Faults of the processes that serve a site: they are killed without a warning."""

import os
import signal
import time
from contextlib import suppress
from itertools import count

from tests.faults.sites import Site


def leave_alone(site: Site, seconds: float) -> None:
    """Does nothing: this shows what the figures are without a fault."""
    time.sleep(seconds)


def kill_workers(site: Site, seconds: float) -> None:
    """Kills a worker each second, one after the other."""
    ends_at = time.monotonic() + seconds
    for turn in count():
        if time.monotonic() > ends_at:
            return
        if workers := site.worker_ids():
            kill_process(workers[turn % len(workers)])
        time.sleep(1)


def kill_server(site: Site, seconds: float) -> None:
    """Kills the process that `start` runs and starts it again on the same address, time and again."""
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        site.kill_server()
        site.start_server()


def kill_process(process_id: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process_id, signal.SIGKILL)
