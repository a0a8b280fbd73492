"""The failures of durable_rules: they are counted and logged."""

import logging
from collections import Counter

FAILED_RUNS = "failed runs"
ANSWERED_BY_ORACLE = "evaluations answered by the oracle"

engine_failures: Counter[str] = Counter()
"""The numbers of `FAILED_RUNS` and of evaluations `ANSWERED_BY_ORACLE` since the process began."""

_logger = logging.getLogger("rules.engine")


def count_failed_run(error: Exception) -> None:
    """Counts a failed run. The error contains no answer and no key."""
    engine_failures[FAILED_RUNS] += 1
    _logger.error("A run of durable_rules failed: %s", error)


def count_oracle_answer() -> None:
    """Counts an evaluation of the oracle. Its line is a warning: the failed run before was an error."""
    engine_failures[ANSWERED_BY_ORACLE] += 1
    _logger.warning("The oracle evaluates a guide in place of durable_rules")
