"""Errors of a database that does not answer are told from mistakes of the program."""

import sqlite3

import psycopg
import pytest
import redis
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import (
    DatabaseError,
    DataError,
    Error,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
)

from diagnostics.databases.outages import find_outage
from rules.publication.versions import VersionAlteredError


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("…")
    error.sqlite_errorcode = code
    return error


def error_with_cause(error: Error, cause: Exception) -> Error:
    error.__cause__ = cause
    return error


OUTAGES = {
    "refused connection": error_with_cause(OperationalError(), psycopg.OperationalError()),
    "locked row": error_with_cause(OperationalError(), psycopg.errors.LockNotAvailable()),
    "long statement": error_with_cause(OperationalError(), psycopg.errors.QueryCanceled()),
    "too many connections": error_with_cause(
        OperationalError(), psycopg.errors.TooManyConnections()
    ),
    "ended connection": error_with_cause(OperationalError(), psycopg.errors.AdminShutdown()),
    "full disk": error_with_cause(OperationalError(), psycopg.errors.DiskFull()),
    "server that only reads": error_with_cause(
        InternalError(), psycopg.errors.ReadOnlySqlTransaction()
    ),
    "closed connection": InterfaceError("connection already closed"),
    "locked file": error_with_cause(OperationalError(), sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT)),
    "file on a full disk": error_with_cause(OperationalError(), sqlite_error(sqlite3.SQLITE_FULL)),
    "broken disk": error_with_cause(OperationalError(), sqlite_error(sqlite3.SQLITE_IOERR_WRITE)),
    "read-only file": error_with_cause(OperationalError(), sqlite_error(sqlite3.SQLITE_READONLY)),
    "no file": error_with_cause(OperationalError(), sqlite_error(sqlite3.SQLITE_CANTOPEN)),
    "damaged file": error_with_cause(DatabaseError(), sqlite_error(sqlite3.SQLITE_CORRUPT)),
    "silent Redis": redis.TimeoutError(),
}
MISTAKES = {
    "unknown table": error_with_cause(ProgrammingError(), psycopg.errors.UndefinedTable()),
    "unknown table in a file": error_with_cause(
        OperationalError(), sqlite_error(sqlite3.SQLITE_ERROR)
    ),
    "statement too long": error_with_cause(
        OperationalError(), psycopg.errors.StatementTooComplex()
    ),
    "wrong value": DataError(),
    "wrong reference": IntegrityError(),
    "altered version": VersionAlteredError("version 1"),
    "no error at all": None,
}


@pytest.mark.parametrize("error", OUTAGES.values(), ids=OUTAGES.keys())
def test_an_error_of_a_database_or_cache_that_does_not_answer_is_an_outage(error: Error) -> None:
    assert find_outage(error) is error


@pytest.mark.parametrize("error", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_of_the_program_is_no_outage(error: Exception | None) -> None:
    assert find_outage(error) is None


def test_an_error_that_follows_from_an_outage_leads_to_it() -> None:
    outage, end_of_session = OperationalError(), SessionInterrupted()
    end_of_session.__context__ = outage
    assert find_outage(end_of_session) is outage
