"""The failures of durable_rules: they are counted, and logged in at most one line a minute."""

import logging
import math
from collections import Counter
from time import monotonic

SECONDS_BETWEEN_LINES = 60

engine_failures: Counter[str] = Counter()
"""Two counts since the process began: runs that "failed" and evaluations "answered by the oracle"."""

_logger = logging.getLogger("rules.engine")


class FailureLog:
    """Counts failures in `engine_failures`, and logs how many there were since its last line.

    The lines contain no answer and no key. Two threads must not use a log at once, so
    `rules.engine.compiled` calls it under a lock.
    """

    def __init__(self) -> None:
        self._unlogged: Counter[str] = Counter()
        self._last_cause = ""
        self._next_line_at = -math.inf

    def count_failure(self, cause: str) -> None:
        self._last_cause = cause
        self._add_one("failed")

    def count_answer_by_oracle(self) -> None:
        self._add_one("answered by the oracle")

    def _add_one(self, kind: str) -> None:
        engine_failures[kind] += 1
        self._unlogged[kind] += 1

    def write_line_if_due(self) -> None:
        """Logs the failures that no line has counted yet, unless the last line is too recent."""
        if not self._unlogged or monotonic() < self._next_line_at:
            return
        _logger.error(
            "durable_rules fails. Since the last line: failed runs: %d, evaluations answered by the"
            " oracle: %d. The last failure: %s",
            self._unlogged["failed"],
            self._unlogged["answered by the oracle"],
            self._last_cause,
        )
        self._unlogged.clear()
        self._next_line_at = monotonic() + SECONDS_BETWEEN_LINES
