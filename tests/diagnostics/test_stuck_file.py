"""A SQLite file that is locked, or whose disk is full: what is read goes on, what is written does not."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

ALL_READ = [200, 200, 200, 200]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Returns what a program was answered before, during and after each fault."""
    variables = {
        "DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('stuck')}/db.sqlite3",
        "DJANGO_SETTINGS_MODULE": "diagnostics.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.diagnostics.stuck_file"],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("fault", ["locked", "full"])
def test_pages_are_read_while_nothing_can_be_written_to_a_sqlite_file(
    asked: dict[str, Any], fault: str
) -> None:
    assert asked[fault]["read"] == ALL_READ
    assert asked[fault]["written"] == 503


@pytest.mark.parametrize("time", ["before", "unlocked", "emptied"])
def test_answers_are_stored_again_in_a_sqlite_file_without_a_restart(
    asked: dict[str, Any], time: str
) -> None:
    assert asked[time]["read"] == ALL_READ
    assert asked[time]["written"] == 200


def test_a_refused_answer_leaves_no_cursor_that_another_thread_would_free(
    asked: dict[str, Any],
) -> None:
    """SQLite would make that thread wait for as long as the cursor's own connection waits."""
    assert asked["locked"]["cursors"] == 0
