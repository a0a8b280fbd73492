"""Masks ids, codes, answers and addresses of visitors in logs and in error reports (Sentry)."""

import logging
import re
from typing import Any

_SECRETS = re.compile(
    # the id of a diagnostic and the rest of its address, which may contain the key of a question
    r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}[^\s\"']*"
    r"|\b[0-9a-f]{32}\b"  # the id in a statement of SQLite
    r"|(?<=/reprendre/)[^\s\"']+"  # a code that someone put in the address
    # a code that someone put in the address in place of everything else
    r"|(?<=: /)[2-9a-hjkmnp-z]{4}[ -]?[2-9a-hjkmnp-z]{4}/?(?!\S)"
    r"|(?<=\?)[^\s\"']+"  # query strings may contain answers
    # the row that PostgreSQL refuses, which may have several lines, up to the next error
    r"|(?<=^DETAIL:)(?s:.*?)(?=\n\n(?:The above exception|During handling)|\Z)"
    r"|(?<=DETAIL:).*"
    r"|(?<=LINE )\d+: .*"  # the part of a statement that PostgreSQL does not understand
    r"|(?<=invalid input syntax for type ).*"  # the text in which it finds no number
    r"|(?<=out of range: ).*",
    re.IGNORECASE | re.MULTILINE,
)


def mask_line(line: str) -> str:
    """Returns the line with identifiers, answers and query strings replaced by `***`."""
    return _SECRETS.sub("***", line)


class MaskedRecord(logging.LogRecord):
    """A log record whose message, traceback and stack are masked, whichever handler writes them.

    `DiagnosticsConfig` makes `logging` create all records with this class, those of libraries too.
    """

    def getMessage(self) -> str:  # noqa: N802 (as logging names it)
        return mask_line(super().getMessage())

    def __setattr__(self, name: str, value: object) -> None:
        """Masks the texts that a formatter writes below the message, when it sets them."""
        if name in ("exc_text", "stack_info") and isinstance(value, str):
            value = mask_line(value)
        super().__setattr__(name, value)


def mask_event(event: Any, _hint: Any = None) -> Any:  # noqa: ANN401 (an event of Sentry is any JSON)
    """Returns a Sentry event in which every text is masked, and the query string of a request whole."""
    if isinstance(event, dict):
        masked = {key: mask_event(value) for key, value in event.items()}
        return masked | ({"query_string": "***"} if event.get("query_string") else {})
    if isinstance(event, list | tuple):
        return [mask_event(value) for value in event]
    return mask_line(event) if isinstance(event, str) else event
