"""Tests the log line about requests for hosts that the settings do not name."""

import logging
from collections import Counter

import pytest
from django.test import Client

from diagnostics import refused_hosts
from rules import event_log
from rules.event_log import EventLog


@pytest.fixture
def monotonic_clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A list whose only item is the time that the log reads; tests may change the item."""
    now = [1_000.0]
    monkeypatch.setattr(event_log, "monotonic", lambda: now[0])
    log = EventLog(logging.getLogger("diagnostics.hosts"), "Refused", Counter())
    monkeypatch.setattr(refused_hosts, "_refused_hosts", log)
    return now


def refuse_host(client: Client, host: str) -> None:
    assert client.get("/", HTTP_HOST=host).status_code == 400


def logged_lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.name == "diagnostics.hosts"]


def test_one_line_a_minute_says_how_many_requests_were_refused_and_the_last_host(
    client: Client, monotonic_clock: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    refuse_host(client, "first.example")
    for number in range(5):
        refuse_host(client, f"other{number}.example")
    monotonic_clock[0] += 60
    refuse_host(client, "last.example")
    assert logged_lines(caplog) == [
        "Refused. Since the last line: refused requests: 1. The last one: first.example",
        "Refused. Since the last line: refused requests: 6. The last one: last.example",
    ]


@pytest.mark.parametrize(
    ("host", "logged"),
    [("x" * 500, "x" * 100), ("a\x1b[31m\r\nb\x00\u202ec", "a[31mbc"), ("[::1", "[::1")],
)
def test_a_host_is_logged_without_control_characters_and_cut(
    client: Client,
    monotonic_clock: list[float],
    caplog: pytest.LogCaptureFixture,
    host: str,
    logged: str,
) -> None:
    refuse_host(client, host)
    assert logged_lines(caplog)[0].endswith(f"The last one: {logged}")
