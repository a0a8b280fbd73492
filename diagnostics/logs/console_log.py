"""Logs on the console: of each kind of warning and error, one line a minute.

Anyone can cause warnings, and in an outage each request is an error. So only the first event of a kind
is written at once. Those that follow within a minute are counted, and one line says their number.
"""

import logging
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import TextIO

SECONDS_BETWEEN_LINES = 60
SECONDS_BETWEEN_TRACEBACKS = 3_600
MAX_KINDS = 50
"""The number of kinds that are told apart at a time. All others together are one kind more."""
MAX_LINE_LENGTH = 500
"""The number of characters of a line at most. The address that someone asks for may have thousands."""
MAX_TRACEBACK_LENGTH = 10_000
"""The number of characters of a traceback that are written at most, which are its end."""


@dataclass(frozen=True, slots=True)
class EventKind:
    """The kind of events that differ only by values, such as the address."""

    logger: str
    level: int
    text: str
    """The text before values are filled in; of an error, its class and the line that raised it."""
    status: int | None = None
    """The status of the answer, if the event is one."""


OTHER_KINDS = EventKind("diagnostics", logging.WARNING, "")


@dataclass(slots=True)
class Repetitions:
    """The events of a kind that no line has counted yet."""

    count: int = 0
    last_text: str = ""


def event_kind(record: logging.LogRecord) -> EventKind:
    error = record.exc_info[1] if record.exc_info else None
    text = describe_error(error) if error else str(record.msg)
    return EventKind(record.name, record.levelno, text, getattr(record, "status_code", None))


def event_text(record: logging.LogRecord) -> str:
    """Returns the message, with the class and the place of the error if there is one."""
    error = record.exc_info[1] if record.exc_info else None
    return record.getMessage() + (f" ({describe_error(error)})" if error else "")


def describe_error(error: BaseException) -> str:
    """Returns the class of an error and the line that raised it, such as « KeyError, views.py:12 »."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f", {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return type(error).__name__ + place


class ConsoleHandler(logging.StreamHandler[TextIO]):
    """Writes records below a warning as they come, and of all others one a minute of each kind.

    A timer writes the numbers of the others, and so does the end of the process.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__(stream)
        self._repetitions: dict[EventKind, Repetitions] = {}
        self._next_traceback_at: dict[EventKind, float] = {}
        self._timer: Timer | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Writes or counts a record. `logging` calls this with the lock of this handler."""
        if record.levelno < logging.WARNING:
            super().emit(record)
            return
        try:
            kind = event_kind(record)
            if kind not in self._repetitions and len(self._repetitions) >= MAX_KINDS:
                kind = OTHER_KINDS
            if kind in self._repetitions:
                self._repetitions[kind].count += 1
                self._repetitions[kind].last_text = event_text(record)
            else:
                self._repetitions[kind] = Repetitions()
                super().emit(self._shorten_record(record, kind))
                self._start_timer()
        except Exception:
            self.handleError(record)

    def format(self, record: logging.LogRecord) -> str:
        line, newline, traceback = super().format(record).partition("\n")
        return line[:MAX_LINE_LENGTH] + newline + traceback[-MAX_TRACEBACK_LENGTH:]

    def write_counts(self) -> None:
        """Writes how often each kind came since its last line, and forgets the kinds that did not come."""
        for kind, repeated in list(self._repetitions.items()):
            if repeated.count:
                values = (repeated.count, repeated.last_text)
                pattern = "%s more of this kind since the last line, lastly: %s"
                logger = logging.getLogger(kind.logger)
                super().emit(
                    logger.makeRecord(kind.logger, kind.level, "", 0, pattern, values, None)
                )
                self._repetitions[kind] = Repetitions()
            else:
                del self._repetitions[kind]

    def close(self) -> None:
        self.write_counts()
        super().close()

    def _shorten_record(self, record: logging.LogRecord, kind: EventKind) -> logging.LogRecord:
        """Returns the record without its traceback, unless the service failed in a new way."""
        if not record.exc_info:
            return record
        is_failure = (kind.status or 500) >= 500
        if is_failure and monotonic() >= self._next_traceback_at.get(kind, 0):
            self._next_traceback_at[kind] = monotonic() + SECONDS_BETWEEN_TRACEBACKS
            return record
        shortened = copy(record)
        shortened.msg, shortened.args = event_text(record), ()
        shortened.exc_info = shortened.exc_text = None
        return shortened

    def _start_timer(self) -> None:
        """Starts the timer that writes the counts in a minute, unless this process has one.

        A worker does not inherit the timer of the process that has forked it.
        """
        if self._timer is None or not self._timer.is_alive():
            self._timer = Timer(SECONDS_BETWEEN_LINES, self._write_counts_in_turn)
            self._timer.daemon = True
            self._timer.start()

    def _write_counts_in_turn(self) -> None:
        self.acquire()
        try:
            self.write_counts()
            self._timer = None
            if self._repetitions:
                self._start_timer()
        finally:
            self.release()
