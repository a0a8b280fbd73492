"""Gives benchmarks a new database."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import django


def run_on_new_database(measure: Callable[[], None]) -> None:
    """Sets Django up with an empty SQLite database, calls `measure` and deletes the database."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diagnostics.settings")
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        measure()
