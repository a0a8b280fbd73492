"""Answers to one diagnostic at the same time: none is lost, on either database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rules.models import Guide
from tests.diagnostics.at_once import lost_answers


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_concurrent_answers_lose_none_on_postgresql(shipped_guide: Guide) -> None:
    assert lost_answers(rounds=40) == 0


def test_concurrent_answers_lose_none_on_a_sqlite_file(tmp_path: Path) -> None:
    """In a process of its own: the database of the suite is in memory, which threads cannot share."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "DJANGO_SETTINGS_MODULE": "diagnostics.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.diagnostics.at_once"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
