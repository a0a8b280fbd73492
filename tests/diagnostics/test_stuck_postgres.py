"""PostgreSQL locked, ended, gone or silent: who waits, for how long, and what still works."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import psycopg
import pytest
from django.db import close_old_connections, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import Settings

from diagnostics.databases import waits
from diagnostics.databases.jams import Jam
from diagnostics.databases.outages import DatabaseOutageError
from diagnostics.databases.waits import DatabasePatienceMiddleware
from diagnostics.models import Session
from diagnostics.services import session_create
from rules.models import Guide
from tests.local_installation import free_port

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session(shipped_guide: Guide) -> Session:
    return session_create(version=shipped_guide.versions.get(), answers={})


@pytest.fixture
def browser(
    client: Client, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Client]:
    """A client that may wait for a second in all, and whose first request makes the connection.

    What it awaits in vain is forgotten after the test.
    """
    monkeypatch.setattr(waits, "_jam", Jam())
    settings.DATABASE_SECONDS, settings.DATABASE_LOCK_SECONDS = 1, 0.2
    client.raise_request_exception = False
    connection.close()
    yield client
    connection.close()  # which tells the server how long to wait


@contextmanager
def other_connection() -> Iterator[psycopg.Connection]:
    with psycopg.connect(**connection.get_connection_params()) as other:
        yield other


def end_other_connections() -> None:
    """Ends all connections to the tests' database, and waits until they have ended."""
    with other_connection() as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )


@contextmanager
def moved_server(host: str, port: int) -> Iterator[None]:
    """Makes new connections go to another address."""
    place = {name: connection.settings_dict[name] for name in ("HOST", "PORT")}
    connection.settings_dict |= {"HOST": host, "PORT": str(port)}
    connection.close()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= place


def page_of(session: Session) -> str:
    return f"/diagnostics/{session.pk}/"


def send_answer(browser: Client, session: Session) -> int:
    url = f"/diagnostics/{session.pk}/questions/liste-a-jour/"
    return browser.post(url, {"choice": "oui"}).status_code


def test_a_locked_table_stops_only_what_needs_it_and_only_for_a_time(
    browser: Client, session: Session
) -> None:
    with other_connection() as other:
        other.execute("LOCK TABLE diagnostics_session IN ACCESS EXCLUSIVE MODE")
        began_at = monotonic()
        assert browser.get(page_of(session)).status_code == 503
        assert send_answer(browser, session) == 503
        assert monotonic() - began_at < 2
        assert browser.get("/corriger-comptes-pix/").status_code == 200
        assert browser.get("/readyz").status_code == 200
    assert browser.get(page_of(session)).status_code == 200
    assert send_answer(browser, session) == 303


def test_a_row_that_another_transaction_writes_is_read_and_not_written(
    browser: Client, session: Session
) -> None:
    with other_connection() as other:
        other.execute("UPDATE diagnostics_session SET comment = comment")
        assert browser.get(page_of(session)).status_code == 200
        assert send_answer(browser, session) == 503
    assert send_answer(browser, session) == 303


def test_an_ended_connection_is_made_again_for_the_next_request(
    browser: Client, session: Session
) -> None:
    browser.get(page_of(session))
    end_other_connections()
    close_old_connections()  # as Django does between two requests
    assert browser.get(page_of(session)).status_code == 200


def test_without_a_server_everything_that_reads_is_refused_at_once(
    browser: Client, session: Session
) -> None:
    began_at = monotonic()
    with moved_server("127.0.0.1", free_port()):
        assert browser.get(page_of(session)).status_code == 503
        assert send_answer(browser, session) == 503
        assert browser.get("/api/v1/guides").status_code == 503
        assert browser.get("/readyz").status_code == 503
        assert browser.get("/healthz").status_code == 200
    assert monotonic() - began_at < 2
    assert browser.get(page_of(session)).status_code == 200


def test_a_server_that_takes_connections_and_says_nothing_is_not_waited_for(
    browser: Client, session: Session
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began_at = monotonic()
        with moved_server("127.0.0.1", silent.getsockname()[1]):
            assert browser.get(page_of(session)).status_code == 503
    assert monotonic() - began_at < 5


def serve_query(query: str) -> None:
    """Executes a query as the only act of a request."""

    def answer(_request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")  # a server that does not keep its limits
            cursor.execute(query)
        return HttpResponse()

    DatabasePatienceMiddleware(answer)(HttpRequest())


def test_a_server_that_stops_in_the_middle_of_a_statement_is_not_waited_for(
    browser: Client,
) -> None:
    began_at = monotonic()
    with pytest.raises(DatabaseOutageError):
        serve_query("SELECT pg_sleep(20)")
    assert monotonic() - began_at < 5
    end_other_connections()  # the server has not noticed that nobody waits any more
    close_old_connections()
    serve_query("SELECT 1")


def test_a_commit_without_an_answer_is_not_said_to_be_lost(
    browser: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose_answer(_: object) -> None:
        raise psycopg.OperationalError("the connection is lost")

    browser.get(page_of(session))
    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Connection, "commit", lose_answer)
        url = f"/diagnostics/{session.pk}/questions/liste-a-jour/"
        page = browser.post(url, {"choice": "oui"})
    assert page.status_code == 503
    assert "nous ne savons pas si" in page.content.decode()


def test_a_command_waits_for_as_long_as_it_must(session: Session) -> None:
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('statement_timeout'), current_setting('lock_timeout')"
        )
        assert cursor.fetchone() == ("0", "0")
