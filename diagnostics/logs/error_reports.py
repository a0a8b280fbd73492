"""Reports errors to Sentry: of each kind one a minute, without personal data."""

from threading import Lock
from time import monotonic
from typing import Any

from diagnostics.logs.console_log import MAX_KINDS, SECONDS_BETWEEN_LINES, describe_error
from diagnostics.logs.privacy import mask_event


class ReportFilter:
    """Masks the events that Sentry's library is about to send, and drops repeated ones."""

    def __init__(self) -> None:
        self._sent: set[str] = set()
        """The kinds of events that were sent in this minute."""
        self._ends_at = 0.0
        self._lock = Lock()

    def __call__(self, event: Any, hint: dict[str, Any]) -> Any:  # noqa: ANN401 (any JSON)
        error = (hint.get("exc_info") or (None, None))[1]
        kind = describe_error(error) if error else str((event.get("logentry") or {}).get("message"))
        with self._lock:
            if monotonic() >= self._ends_at:
                self._sent, self._ends_at = set(), monotonic() + SECONDS_BETWEEN_LINES
            if kind in self._sent or len(self._sent) >= MAX_KINDS:
                return None
            self._sent.add(kind)
        return mask_event(event)
