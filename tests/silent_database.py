"""A database that fails for a while, as it does when it is locked, full or gone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection

SENT_HERE = {"HTTP_ORIGIN": "http://testserver"}
"""What a request of the test client says if a page of this site sends its form."""


@contextmanager
def silent_database(only: str = "") -> Iterator[None]:
    """Makes every statement fail that begins with `only`."""

    def fail(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if sql.startswith(only):
            raise OperationalError("database is locked")
        return execute(sql, *rest)

    with connection.execute_wrapper(fail):
        yield
