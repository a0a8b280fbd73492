"""Masks in logs and error reports whatever opens a visitor's diagnostic or tells its answers."""

import logging
import re
from typing import Any

_SECRETS = re.compile(
    # the id of a diagnostic and the rest of its address, which may name a question
    r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}[^\s\"']*"
    r"|\b[0-9a-f]{32}\b"  # the id in a statement of SQLite
    r"|(?<=/reprendre/)[^\s\"']+"  # a code that someone put in the address
    r"|(?<=\?)[^\s\"']+"  # query strings may carry answers
    r"|(?<=from ip=)\S+"  # the address that gunicorn logs of a request that it cannot read
    r"|(?<=DETAIL:).*",  # the row that PostgreSQL refuses
    re.IGNORECASE,
)


def mask_line(line: str) -> str:
    """Returns the line with identifiers, answers and query strings replaced by `***`."""
    return _SECRETS.sub("***", line)


class MaskedRecord(logging.LogRecord):
    """The record of every logger in the process: its message is masked for every handler."""

    def getMessage(self) -> str:  # noqa: N802 (as logging names it)
        return mask_line(super().getMessage())


class MaskingFormatter(logging.Formatter):
    """Masks the whole line, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return mask_line(super().format(record))


def mask_event(event: Any, _hint: Any = None) -> Any:  # noqa: ANN401 (an event of Sentry is any JSON)
    """Returns a Sentry event in which every text is masked."""
    if isinstance(event, dict):
        return {key: mask_event(value) for key, value in event.items()}
    if isinstance(event, list | tuple):
        return [mask_event(value) for value in event]
    return mask_line(event) if isinstance(event, str) else event
