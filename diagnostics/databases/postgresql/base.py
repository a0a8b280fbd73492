"""The connection to PostgreSQL. In a request, no answer of the server is awaited for too long.

The limits that `prepare_connection` sets are kept by the server. Here are those for a server that
keeps none, because it is gone without a word, stopped, or cut off.
"""

from contextlib import nullcontext
from typing import Any, TypeVar

import psycopg
from django.db import OperationalError
from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus

from diagnostics.databases.outages import UnknownCommitError
from diagnostics.databases.waits import patience_of_request, spend_patience, wait_within_patience

Result = TypeVar("Result")

LEAST_SECONDS = 0.5
"""How long an answer is awaited to what Django asks between requests, or undoes after an error."""
MAX_ROWS = 2_000
"""The rows that one statement writes or removes."""
CHECK_SECONDS = 1
"""How long a connection may take to show that it works; otherwise a request makes another."""


class PatientConnection(psycopg.Connection[Any]):
    """A connection that a request has made."""

    def wait(
        self, gen: PQGen[Result], interval: float = 0.1, timeout: float | None = None
    ) -> Result:
        """Awaits an answer of the server. psycopg calls this for every statement."""
        patience = patience_of_request()
        most = max(patience.seconds, LEAST_SECONDS) if patience else LEAST_SECONDS
        try:
            with spend_patience():
                return super().wait(gen, interval, most if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()  # the answer may still come, and belongs to no one
            raise


class BatchOperations(DatabaseOperations):
    """Writes and removes a large draft in statements of which each stays far within its time."""

    def bulk_batch_size(self, fields: Any, objs: Any) -> int:  # noqa: ANN401 (as Django's)
        return min(super().bulk_batch_size(fields, objs), MAX_ROWS)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = BatchOperations

    def connect(self) -> None:
        with wait_within_patience("a connection"), self.wrap_database_errors:
            super().connect()

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection[Any]:
        with spend_patience():
            connection: psycopg.Connection[Any] = super().get_new_connection(conn_params)
        if patience_of_request():
            connection.__class__ = PatientConnection  # Django has psycopg make its own class
        return connection

    def is_usable(self) -> bool:
        patience = patience_of_request()
        with patience.limit_seconds(CHECK_SECONDS) if patience else nullcontext():
            return super().is_usable()

    def commit(self) -> None:
        try:
            super().commit()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) is None:  # the server has said nothing
                raise UnknownCommitError(str(error)) from error
            raise
