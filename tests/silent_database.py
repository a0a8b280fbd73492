"""A database that fails for a while, as it does when it is locked, full or gone."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.db import OperationalError
from django.db.backends.utils import CursorWrapper

SENT_HERE = {"HTTP_ORIGIN": "http://testserver"}
"""What a request of the test client says if a page of this site sends its form."""


@contextmanager
def silent_database(*failing: str, only_reads: bool = False) -> Iterator[None]:
    """Makes every statement fail that begins with one of `failing`; without any, all of them.

    With `only_reads`, every statement fails that does not read.
    """
    execute = CursorWrapper.__dict__["_execute"]  # which the types of Django leave out

    def execute_or_fail(cursor: CursorWrapper, sql: str, *rest: object) -> object:
        is_read = sql.lstrip().startswith("SELECT") and "FOR UPDATE" not in sql
        if not is_read if only_reads else sql.startswith(failing or ""):
            raise OperationalError("database is locked")
        return execute(cursor, sql, *rest)

    with patch("django.db.backends.utils.CursorWrapper._execute", execute_or_fail):
        yield
