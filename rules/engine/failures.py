"""The failures of durable_rules: they are counted, and logged in at most one line a minute."""

import logging
from collections import Counter

from rules.event_log import EventLog

FAILED_RUNS = "failed runs"
ANSWERED_BY_ORACLE = "evaluations answered by the oracle"

engine_failures: Counter[str] = Counter()
"""The numbers of `FAILED_RUNS` and of evaluations `ANSWERED_BY_ORACLE` since the process began."""


def make_failure_log() -> EventLog:
    """Returns a log of failures. Its lines contain no answer and no key."""
    return EventLog(logging.getLogger("rules.engine"), "durable_rules fails", engine_failures)
