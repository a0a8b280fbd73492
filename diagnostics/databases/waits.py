"""Bounds how long one request waits for the database.

Only requests have such bounds: a command, such as a migration, waits for as long as it must.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse

from diagnostics.databases.jams import Jam
from diagnostics.databases.outages import DatabaseOutageError, find_outage

COMMAND_LOCK_SECONDS = 20
"""How long a command waits for the lock of a SQLite file."""
IDLE_TRANSACTION_SECONDS = 60
"""How long a transaction may have no statement until PostgreSQL takes its process for stuck.

To compare the largest guide with itself takes less, even on a busy machine.
"""
SHORT_SECONDS = 1
"""A statement that takes no longer counts as work, not as waiting.

The many statements of a large import take seconds together.
"""


class RequestPatience:
    """The time that one request may still wait for the database."""

    def __init__(self) -> None:
        self.seconds = float(settings.DATABASE_SECONDS)

    @contextmanager
    def spend_time(self) -> Iterator[None]:
        """Takes the time of a `with` block off, unless it is short."""
        began_at = monotonic()
        try:
            yield
        finally:
            taken = monotonic() - began_at
            self.seconds -= taken if taken > SHORT_SECONDS else 0

    @contextmanager
    def limit_seconds(self, seconds: float) -> Iterator[None]:
        """Leaves at most so many seconds for what a `with` block awaits."""
        reserve = max(0, self.seconds - seconds)
        self.seconds -= reserve
        try:
            yield
        finally:
            self.seconds += reserve


_patience: ContextVar[RequestPatience | None] = ContextVar("patience", default=None)
_jam = Jam()


def patience_of_request() -> RequestPatience | None:
    """Returns the patience of the request that this thread serves; None outside of a request."""
    return _patience.get()


def spend_patience() -> AbstractContextManager[None]:
    """Takes the time of a `with` block off the patience of the request, if it is in one."""
    patience = patience_of_request()
    return patience.spend_time() if patience else nullcontext()


@contextmanager
def raise_outages() -> Iterator[None]:
    """Makes a `with` block raise `DatabaseOutageError` for an outage.

    Django passes over errors of the database in its cache and its sessions, but not over this one.
    """
    try:
        yield
    except Exception as error:
        if find_outage(error) is error:
            raise DatabaseOutageError(str(error)) from error
        raise


@contextmanager
def wait_within_patience(awaited: str) -> Iterator[None]:
    """Bounds what a request awaits in a `with` block, and raises `DatabaseOutageError` for an outage.

    Raises it at once if this request has waited long enough, or if others await the same in vain.
    """
    patience = patience_of_request()
    if patience is None:
        yield
        return
    if patience.seconds <= 0:
        raise DatabaseOutageError("This request has waited for long enough.")
    with _jam.try_to_pass(awaited), raise_outages():
        yield


def execute_within_patience(
    execute: Callable[..., object],
    sql: str,
    params: object,
    many: object,
    context: dict[str, Any],
) -> object:
    """Executes a statement. Django calls this in place of executing it."""
    database: BaseDatabaseWrapper = context["connection"]
    if database.vendor != "sqlite":
        with wait_within_patience(sql):
            return execute(sql, params, many, context)
    if database.in_atomic_block or sql.lstrip().startswith("SELECT"):
        with raise_outages():  # only the beginning of a write waits
            return execute(sql, params, many, context)
    _set_lock_seconds(database, settings.DATABASE_LOCK_SECONDS)
    with wait_within_patience("the lock of the file"), spend_patience():
        return execute(sql, params, many, context)


def prepare_connection(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Tells a new connection how long it may wait. Django calls this.

    The server itself ends what takes too long, because it would go on after a request has given up.
    """
    is_of_request = patience_of_request() is not None
    if connection.vendor == "sqlite":
        seconds = settings.DATABASE_LOCK_SECONDS if is_of_request else COMMAND_LOCK_SECONDS
        _set_lock_seconds(connection, seconds)
    elif is_of_request:
        limits = {
            "lock_timeout": settings.DATABASE_LOCK_SECONDS,
            "statement_timeout": settings.DATABASE_SECONDS,
            "idle_in_transaction_session_timeout": IDLE_TRANSACTION_SECONDS,
        }
        calls = ", ".join(
            f"set_config('{name}', '{int(seconds * 1000)}', false)"
            for name, seconds in limits.items()
        )
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {calls}")


def _set_lock_seconds(database: BaseDatabaseWrapper, seconds: float) -> None:
    """Sets how long a connection of SQLite waits for a lock, at most for what its request has left."""
    patience = patience_of_request()
    most = seconds if patience is None else max(0, min(seconds, patience.seconds))
    with database.cursor() as cursor:
        cursor.cursor.execute(f"PRAGMA busy_timeout = {int(most * 1000)}")


class DatabasePatienceMiddleware:
    """Gives each request its patience."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _patience.set(RequestPatience())
        try:
            with connection.execute_wrapper(execute_within_patience):
                return self.get_response(request)
        finally:
            _patience.reset(token)
