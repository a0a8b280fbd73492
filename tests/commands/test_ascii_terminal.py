"""Commands in a terminal that has no letters but those of ASCII, and what they write elsewhere.

In such a terminal French is printed as it can be. In files and pipes it is UTF-8, every letter kept.
"""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from diagnostics import settings
from rules.guides import SHIPPED_GUIDE

SLUG = "corriger-comptes-pix"


def run_command(
    folder: Path, *arguments: str, stdout: int = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    """Runs a command of `manage.py` with the database of a folder, where there is only ASCII."""
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | ascii_only | {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"},
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a folder with a database that has the shipped guide."""
    folder = tmp_path_factory.mktemp("ascii")
    assert run_command(folder, "migrate").returncode == 0
    imported = run_command(folder, "import_guide", str(SHIPPED_GUIDE))
    assert imported.stdout.decode() == "Le brouillon de corriger-comptes-pix est importé.\n"
    return folder


def test_an_export_is_utf_8_whatever_the_terminal(folder: Path) -> None:
    assert run_command(folder, "export_guide", SLUG).stdout == SHIPPED_GUIDE.read_bytes()


def test_the_data_of_a_dump_keep_every_letter(folder: Path) -> None:
    dumped = run_command(folder, "dumpdata", "rules.guide")
    assert json.loads(dumped.stdout)[0]["fields"]["title"].startswith("Corriger les problèmes")


def test_a_proof_is_written_to_a_pipe_in_utf_8(folder: Path) -> None:
    checked = run_command(folder, "check_guide", SLUG)
    assert checked.stdout.decode().endswith("corriger-comptes-pix peut être publié.\n")


def test_a_proof_is_printed_in_a_terminal_without_accents(folder: Path) -> None:
    ours, terminal = pty.openpty()
    assert run_command(folder, "check_guide", SLUG, stdout=terminal).returncode == 0
    os.close(terminal)
    assert os.read(ours, 10_000).endswith(b"corriger-comptes-pix peut ?tre publi?.\r\n")
    os.close(ours)


def test_a_closed_output_is_a_refusal_and_no_traceback(folder: Path) -> None:
    script = f"exec {sys.executable} manage.py export_guide {SLUG} >&-"
    refused = subprocess.run(
        ["/bin/sh", "-c", script], cwd=settings.BASE_DIR, stderr=subprocess.PIPE, check=False
    )
    assert refused.returncode == 1
    assert "La sortie standard est fermée" in refused.stderr.decode()
    assert b"Traceback" not in refused.stderr


@pytest.mark.parametrize(
    "arguments",
    [("export_guide", SLUG), ("check_guide", SLUG), ("help",)],
)
def test_a_full_disk_is_a_refusal_and_no_traceback(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("w") as full:
        refused = run_command(folder, *arguments, stdout=full.fileno())
    assert refused.returncode == 1
    assert refused.stderr.startswith(b"Tout n?a pas pu ?tre ?crit?: No space left")
    assert refused.stderr.count(b"\n") == 1


def test_a_purge_needs_no_table_of_the_cache(folder: Path) -> None:
    purged = run_command(folder, "purge_sessions")
    assert purged.stdout.decode() == "Diagnostics effacés\u00a0: 0.\n"


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
