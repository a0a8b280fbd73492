"""Tests the console log: of each kind of warning and error one line a minute, and one traceback."""

import logging
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from django.test import Client

from diagnostics.logs import console_log
from diagnostics.logs.console_log import MAX_KINDS, ConsoleHandler
from diagnostics.web import views

REQUESTS = 600
"""What an outage of 30 seconds meets, with 20 requests a second."""


@pytest.fixture
def stream() -> StringIO:
    return StringIO()


@pytest.fixture
def handler(stream: StringIO) -> Iterator[ConsoleHandler]:
    """The console log of this site, on a stream of its own."""
    handler = ConsoleHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    loggers = [logging.getLogger(name) for name in ("django", "library")]
    for logger in loggers:
        logger.addHandler(handler)
    yield handler
    for logger in loggers:
        logger.removeHandler(handler)
    handler.close()


@pytest.fixture
def warn(handler: ConsoleHandler) -> Callable[..., None]:
    return logging.getLogger("library").warning


@pytest.fixture
def failing_view(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the front page of the site fail at each request."""

    def fail() -> None:
        raise KeyError("missing")

    client.raise_request_exception = False
    monkeypatch.setattr(views, "open_versions", fail)


def test_repeated_warnings_are_one_line_and_then_their_number_with_the_last_one(
    handler: ConsoleHandler, stream: StringIO, warn: Callable[..., None]
) -> None:
    for number in range(5):
        warn("No page %s", number)
    assert stream.getvalue() == "WARNING library No page 0\n"
    handler.write_counts()
    assert stream.getvalue().splitlines()[1:] == [
        "WARNING library 4 more of this kind since the last line, lastly: No page 4"
    ]


def test_a_kind_that_goes_on_is_one_line_each_minute_and_a_new_one_after_a_quiet_minute(
    handler: ConsoleHandler, stream: StringIO, warn: Callable[..., None]
) -> None:
    for _ in range(3):
        for _ in range(10):
            warn("No page")
        handler.write_counts()
    assert len(stream.getvalue().splitlines()) == 1 + 3
    handler.write_counts()
    warn("No page")
    assert stream.getvalue().splitlines()[4:] == ["WARNING library No page"]


def test_a_timer_writes_the_numbers_even_if_nothing_else_happens(
    handler: ConsoleHandler,
    stream: StringIO,
    warn: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(console_log, "SECONDS_BETWEEN_LINES", 0.01)
    handler.acquire()  # so that the timer waits for the second warning
    warn("No page")
    warn("No page")
    timer = handler._timer
    handler.release()
    assert timer
    timer.join()
    assert "1 more of this kind" in stream.getvalue()


def test_the_end_of_the_process_writes_the_numbers(
    handler: ConsoleHandler, stream: StringIO, warn: Callable[..., None]
) -> None:
    for _ in range(2):
        warn("No page")
    handler.close()
    assert "1 more of this kind" in stream.getvalue()


def test_lines_below_a_warning_are_all_written(handler: ConsoleHandler, stream: StringIO) -> None:
    logging.getLogger("library").setLevel(logging.INFO)
    for _ in range(3):
        logging.getLogger("library").info("Login succeeded.")
    assert stream.getvalue().count("Login succeeded.") == 3


def test_the_number_of_kinds_and_the_length_of_lines_are_limited(
    handler: ConsoleHandler, stream: StringIO, warn: Callable[..., None]
) -> None:
    for number in range(10 * MAX_KINDS):
        warn(f"Kind {number} {'x' * 5_000}")
    handler.write_counts()
    lines = stream.getvalue().splitlines()
    assert len(lines) == MAX_KINDS + 2
    assert max(map(len, lines)) == 500
    assert f"{9 * MAX_KINDS - 1} more of this kind" in lines[-1]


@pytest.mark.usefixtures("failing_view", "shipped_guide")
def test_an_outage_leaves_one_traceback_and_the_number_of_its_errors(
    client: Client, handler: ConsoleHandler, stream: StringIO
) -> None:
    for _ in range(REQUESTS):
        assert client.get("/").status_code == 500
    handler.write_counts()
    assert stream.getvalue().count("Traceback") == 1
    assert (
        f"{REQUESTS - 1} more of this kind since the last line, lastly: Internal Server Error"
        in (stream.getvalue())
    )
    assert "(KeyError, test_console_log.py:" in stream.getvalue()
    assert len(stream.getvalue()) < 6_000


@pytest.mark.usefixtures("failing_view", "shipped_guide")
def test_the_traceback_of_a_kind_is_written_again_after_an_hour(
    client: Client, handler: ConsoleHandler, stream: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000.0]
    monkeypatch.setattr(console_log, "monotonic", lambda: now[0])
    for minutes in (0, 59, 2):
        now[0] += 60 * minutes
        client.get("/")
        handler.write_counts()
    assert stream.getvalue().count("Internal Server Error: / (KeyError") == 1
    assert stream.getvalue().count("Traceback") == 2


@pytest.mark.parametrize(
    ("query", "host", "logged"),
    [
        ("&" * 9_000, "localhost", "TooManyFieldsSent"),
        ("", "a\x1b[31m\r\nb\x00\u202ec", "Invalid HTTP_HOST header: 'a\\x1b[31m"),
        ("", "[::1", "Invalid HTTP_HOST header: '[::1'"),
    ],
)
def test_what_anyone_can_send_leaves_one_line_without_a_traceback(
    client: Client, handler: ConsoleHandler, stream: StringIO, query: str, host: str, logged: str
) -> None:
    for _ in range(20):
        assert client.get(f"/?{query}", HTTP_HOST=host).status_code >= 400
    (line,) = stream.getvalue().splitlines()
    assert logged in line
    assert line.isprintable()


def test_refusals_of_different_statuses_are_different_kinds(
    client: Client, handler: ConsoleHandler, stream: StringIO, shipped_guide: object
) -> None:
    for address in ("/nulle-part/a/", "/api/v1/nulle-part", "/nulle-part/b/"):
        client.get(address)
    client.put("/")
    assert [line.split(" ")[2] for line in stream.getvalue().splitlines()] == ["Not", "Method"]
