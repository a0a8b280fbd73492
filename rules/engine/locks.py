"""Locks that a fork cannot leave held: gunicorn forks workers, and its threads evaluate."""

import os
from threading import RLock


def process_lock() -> RLock:
    """A lock for the life of the process, taken around each fork so that a child never
    inherits work cut off in the middle.
    """
    lock = RLock()
    os.register_at_fork(
        before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release
    )
    return lock
