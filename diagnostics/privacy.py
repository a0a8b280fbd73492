"""Logs and error reports without anything that opens a visitor's diagnostic."""

import logging
import re
from typing import Any

_SECRETS = re.compile(
    r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"  # the id of a diagnostic
    r"|(?<=/questions/)[\w%-]+|(?<=/answers/)[\w%-]+"  # which question was answered
    r"|(?<=\?)[^\s\"']+",  # query strings may carry answers
    re.IGNORECASE,
)


def mask(line: str) -> str:
    """The same line with identifiers and query strings replaced by `***`."""
    return _SECRETS.sub("***", line)


class MaskingFormatter(logging.Formatter):
    """Masks the finished line, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


def mask_event(event: Any, _hint: Any = None) -> Any:  # noqa: ANN401 (an event of Sentry is any JSON)
    """A Sentry event in which every text is masked."""
    if isinstance(event, dict):
        return {key: mask_event(value) for key, value in event.items()}
    if isinstance(event, list):
        return [mask_event(value) for value in event]
    return mask(event) if isinstance(event, str) else event
