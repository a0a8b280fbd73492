"""Logs and error reports without anything that opens or tells a visitor's diagnostic."""

import logging
import re
from typing import Any

_SECRETS = re.compile(
    # the id of a diagnostic, and which question was answered after it
    r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}[^\s\"']*"
    r"|\b[0-9a-f]{32}\b"  # the id as SQLite writes it
    r"|(?<=/reprendre/)[^\s\"']+"  # a code, where someone put it in the address
    r"|(?<=\?)[^\s\"']+"  # query strings may carry answers
    r"|(?<=from ip=)\S+"  # gunicorn names who sent what it cannot read
    r"|(?<=DETAIL:).*",  # PostgreSQL repeats the row that it refuses
    re.IGNORECASE,
)


def mask_line(line: str) -> str:
    """The same line with identifiers, answers and query strings replaced by `***`."""
    return _SECRETS.sub("***", line)


class MaskedRecord(logging.LogRecord):
    """What every logger of the process makes: its message is masked, whoever writes it out."""

    def getMessage(self) -> str:  # noqa: N802 (as logging names it)
        return mask_line(super().getMessage())


class MaskingFormatter(logging.Formatter):
    """Masks the finished line, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return mask_line(super().format(record))


def mask_event(event: Any, _hint: Any = None) -> Any:  # noqa: ANN401 (an event of Sentry is any JSON)
    """A Sentry event in which every text is masked."""
    if isinstance(event, dict):
        return {key: mask_event(value) for key, value in event.items()}
    if isinstance(event, list | tuple):
        return [mask_event(value) for value in event]
    return mask_line(event) if isinstance(event, str) else event
