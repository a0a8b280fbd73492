"""Tells errors of a database or cache that does not answer from mistakes of the program.

A visitor who meets such an outage is asked to try again. A mistake of the program, such as a query
of a table that does not exist, would only happen again.
"""

import logging
import sqlite3
import traceback

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.utils.log import log_response

RETRY_AFTER_SECONDS = 5
"""When a program that met an outage may try again, as `Retry-After` says."""

_PROGRAM_LIMIT_EXCEEDED = "54"
"""The class of PostgreSQL's errors for statements that are too long or too complex."""
_OTHER_OUTAGES = {
    "25006",  # the server only answers reads, as a standby does
    "25P03",  # the server has ended a transaction in which nothing happened for long
    *(sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB),
}
"""The codes of outages that are not an `OperationalError`."""
_logger = logging.getLogger("diagnostics.databases")


class DatabaseOutageError(RuntimeError):
    """Raised in a request when the database does not answer."""


class UnknownCommitError(OperationalError):
    """Raised when the connection broke during a commit: nobody knows whether it took place."""


def find_outage(error: BaseException | None) -> BaseException | None:
    """Returns the error which says that the database or cache does not answer, None if none does.

    It is the given error or one that led to it: for example, Django raises an error about the end
    of a session if it cannot store the session.
    """
    while error is not None and not _is_outage(error):
        error = error.__cause__ or error.__context__
    return error


def _is_outage(error: BaseException) -> bool:
    if isinstance(error, DatabaseOutageError):
        return True
    if not isinstance(error, DatabaseError | InterfaceError):
        return any(parent.__name__ == "RedisError" for parent in type(error).__mro__)
    code = _error_code(error)
    if not isinstance(error, OperationalError | InterfaceError):
        return code in _OTHER_OUTAGES
    is_mistake = code == sqlite3.SQLITE_ERROR or str(code)[:2] == _PROGRAM_LIMIT_EXCEEDED
    return not is_mistake


def _error_code(error: BaseException) -> str | int | None:
    """Returns the code that the driver of the database gives with an error, if any."""
    cause = error.__cause__
    sqlite_code = getattr(cause, "sqlite_errorcode", None)
    return sqlite_code & 0xFF if sqlite_code is not None else getattr(cause, "sqlstate", None)


def free_cursors(error: BaseException | None) -> None:
    """Frees what the calls that raised an error, and those errors that led to it, still hold.

    Left to the garbage collection, a cursor of SQLite may be freed by another thread. That thread
    would then stand still for as long as the connection of the cursor waits for a lock.
    """
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def log_outage(response: HttpResponse, outage: BaseException) -> None:
    """Logs the refusal of a request during an outage, without the address asked for."""
    first_line = str(outage).partition("\n")[0]
    detail = f"{type(outage).__name__}: {first_line}"
    log_response("The database does not answer: %s", detail, response=response, logger=_logger)
