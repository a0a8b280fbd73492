"""Commands in a terminal that has no letters but those of ASCII: French is printed as it can be."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from diagnostics import settings
from rules.guides import SHIPPED_GUIDE

SLUG = "corriger-comptes-pix"


def run_command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Runs a command of `manage.py` with the database of a folder, in such a terminal."""
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | ascii_only | {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"},
        capture_output=True,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a folder with a database that has the shipped guide."""
    folder = tmp_path_factory.mktemp("ascii")
    assert run_command(folder, "migrate").returncode == 0
    imported = run_command(folder, "import_guide", str(SHIPPED_GUIDE))
    assert imported.stdout == b"Le brouillon de corriger-comptes-pix est import?.\n"
    return folder


def test_an_export_is_utf_8_whatever_the_terminal(folder: Path) -> None:
    assert run_command(folder, "export_guide", SLUG).stdout == SHIPPED_GUIDE.read_bytes()


def test_a_proof_is_printed(folder: Path) -> None:
    checked = run_command(folder, "check_guide", SLUG)
    assert checked.stdout.endswith(b"corriger-comptes-pix peut ?tre publi?.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("export_guide", "été"),
        ("check_guide", "été"),
        ("import_guide", "été"),
        ("import_guide", "."),
    ],
)
def test_a_refusal_is_printed(folder: Path, arguments: tuple[str, ...]) -> None:
    refused = run_command(folder, *arguments)
    assert refused.returncode == 1
    assert b"CommandError: " in refused.stderr
    assert b"Traceback" not in refused.stderr


def test_a_wrong_setting_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SESSION_DAYS", "été")
    assert b"SESSION_DAYS" in run_command(folder, "check").stderr
