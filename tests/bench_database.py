"""Gives benchmarks a new database."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import django


def run_on_new_database(measure: Callable[[], None]) -> None:
    """Sets Django up with an empty database, calls `measure` and deletes the database.

    The database is a SQLite file or, if `DATABASE_URL` names a server, a new one on that server.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.sqlite3"
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{file}")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diagnostics.settings")
        django.setup()
        from django.db import connection

        name = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(file)  # instead of one in memory
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            measure()
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)
