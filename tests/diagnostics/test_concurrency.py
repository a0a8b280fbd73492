"""Tests requests at the same time: no answer is lost, no token taken twice, no login too many."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rules.models import Guide
from tests.diagnostics.concurrent_answers import count_lost_answers
from tests.diagnostics.concurrent_logins import count_right_codes, count_wrong_passwords
from tests.diagnostics.concurrent_tokens import CAPACITY, take_tokens_in_threads


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_no_concurrent_answer_is_lost_on_postgresql(shipped_guide: Guide) -> None:
    assert count_lost_answers(rounds=40) == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_no_token_is_taken_twice_on_postgresql() -> None:
    taken = take_tokens_in_threads()
    assert len(taken) == len(set(taken)) == CAPACITY


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_logins_at_once_pass_no_limit_and_use_no_code_twice_on_postgresql() -> None:
    assert count_wrong_passwords() == {200: 10, 429: 6}
    assert count_right_codes()[302] == 1


@pytest.mark.parametrize(
    "program", ["concurrent_answers", "concurrent_tokens", "concurrent_logins"]
)
def test_no_answer_is_lost_and_nothing_is_taken_twice_in_a_sqlite_file(
    program: str, tmp_path: Path
) -> None:
    """The test starts a program, since threads cannot share the tests' database, in memory."""
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
