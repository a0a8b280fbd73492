"""Logs that requests for other hosts are refused: at most one line a minute in each worker.

Anyone may send any host, so each refusal with a line of its own would fill the log.
"""

import logging
from collections import Counter

from rules.event_log import EventLog

MAX_HOST_LENGTH = 100

_refused_hosts = EventLog(
    logging.getLogger("diagnostics.hosts"),
    "Requests for hosts that ALLOWED_HOSTS does not name are refused",
    Counter(),
)


class RefusedHostHandler(logging.Handler):
    """Counts the refusals, for each of which Django logs a record with the request."""

    def emit(self, record: logging.LogRecord) -> None:
        request = getattr(record, "request", None)
        host = request.META.get("HTTP_HOST", "") if request else ""
        printable = "".join(character for character in host if character.isprintable())
        _refused_hosts.count_event("refused requests", printable[:MAX_HOST_LENGTH])
        _refused_hosts.write_line_if_due()
