"""Tests what is sent to Sentry: of each kind of error one report a minute, masked."""

from typing import Any

import pytest

from diagnostics.logs import error_reports
from diagnostics.logs.console_log import MAX_KINDS
from diagnostics.logs.error_reports import ReportFilter


def error_hint(message: str) -> dict[str, Any]:
    """Returns what Sentry's library says of an error that one line of this file raises."""
    try:
        raise KeyError(message)
    except KeyError as error:
        return {"exc_info": (KeyError, error, error.__traceback__)}


def test_an_error_is_reported_once_a_minute_whatever_its_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [1_000.0]
    monkeypatch.setattr(error_reports, "monotonic", lambda: now[0])
    send = ReportFilter()
    sent = []
    for seconds in (0, 59, 1, 1):
        now[0] += seconds
        sent.append(send({"message": "Fault"}, error_hint(f"at {now[0]}")))
    assert sent == [{"message": "Fault"}, None, {"message": "Fault"}, None]


def test_errors_of_different_kinds_are_reported_up_to_a_limit() -> None:
    send = ReportFilter()
    events = [{"logentry": {"message": f"Fault {number}"}} for number in range(10 * MAX_KINDS)]
    assert [event for event in events if send(event, {})] == events[:MAX_KINDS]


def test_a_report_is_masked() -> None:
    assert ReportFilter()({"message": "/reprendre/ABCD2345/"}, {}) == {"message": "/reprendre/***"}
