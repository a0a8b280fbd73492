"""Requests at the same time: no answer is lost, and no place of a throttle is taken twice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rules.models import Guide
from tests.diagnostics.concurrent_answers import count_lost_answers
from tests.diagnostics.concurrent_places import LIMIT, take_places


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_concurrent_answers_lose_none_on_postgresql(shipped_guide: Guide) -> None:
    assert count_lost_answers(rounds=40) == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_concurrent_visitors_get_places_of_their_own_on_postgresql(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("diagnostics.throttling.time", lambda: 1_800_001_800.0)
    taken = take_places()
    assert len(taken) == len(set(taken)) == LIMIT


@pytest.mark.parametrize("program", ["concurrent_answers", "concurrent_places"])
def test_nothing_is_lost_or_given_twice_on_a_sqlite_file(program: str, tmp_path: Path) -> None:
    """The program runs apart: threads cannot share the suite's database, which is in memory."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "DJANGO_SETTINGS_MODULE": "diagnostics.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", f"tests.diagnostics.{program}"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
