"""Log lines about what may happen at every request: at most one a minute, with a count."""

import logging
import math
from collections import Counter
from threading import Lock
from time import monotonic

SECONDS_BETWEEN_LINES = 60


class EventLog:
    """Counts events by their kind, and logs how many there were since its last line.

    A line reads « sentence. Since the last line: kind: 2, other kind: 1. The last one: detail ».
    Neither a kind nor a detail may contain anything personal.
    """

    def __init__(self, logger: logging.Logger, sentence: str, totals: Counter[str]) -> None:
        self._logger = logger
        self._sentence = sentence
        self._totals = totals
        self._unlogged: Counter[str] = Counter()
        self._last_detail = ""
        self._next_line_at = -math.inf
        self._lock = Lock()

    def count_event(self, kind: str, detail: str = "") -> None:
        """Adds one to the count of a kind, here and in `totals`, which counts since the process began.

        A later line quotes the last detail that is not empty.
        """
        with self._lock:
            self._totals[kind] += 1
            self._unlogged[kind] += 1
            self._last_detail = detail or self._last_detail

    def write_line_if_due(self) -> None:
        """Logs the events that no line has counted yet, unless the last line is too recent."""
        with self._lock:
            if not self._unlogged or monotonic() < self._next_line_at:
                return
            counts = ", ".join(f"{kind}: {count}" for kind, count in self._unlogged.items())
            self._unlogged.clear()
            self._next_line_at = monotonic() + SECONDS_BETWEEN_LINES
        self._logger.error(
            "%s. Since the last line: %s. The last one: %s",
            self._sentence,
            counts,
            self._last_detail,
        )
