"""What a command says when a file or the database fails: a sentence in French, and no traceback."""

import errno
import os
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError

import manage
from tests.local_installation import LocalInstallation

LOCK = "/data/start.lock"


def message_of(error: Exception, monkeypatch: pytest.MonkeyPatch) -> str:
    """Returns what `manage.py` says as it ends, if the command raises this error."""

    def fail(arguments: list[str]) -> None:
        raise error

    monkeypatch.setattr("django.core.management.execute_from_command_line", fail)
    with pytest.raises(SystemExit) as ended:
        manage.main()
    return str(ended.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, "ce compte n’en a pas le droit"),
        (errno.EROFS, "ce disque est en lecture seule"),
        (errno.EISDIR, "un dossier porte ce nom"),
        (errno.ENOTDIR, "un fichier porte le nom d’un dossier"),
    ],
)
def test_a_file_that_cannot_be_written_is_named_with_the_reason(
    number: int, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = message_of(OSError(number, os.strerror(number), LOCK), monkeypatch)
    assert message == f"Impossible de lire ou d’écrire {LOCK} : {reason}."


@pytest.mark.parametrize(
    "words", ["attempt to write a readonly database", "unable to open database file"]
)
def test_a_database_file_that_cannot_be_written_is_named_so(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = message_of(OperationalError(words), monkeypatch)
    assert message.startswith("La base de données ne peut pas écrire dans son fichier")


def test_a_database_that_does_not_answer_leads_to_its_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    message = message_of(OperationalError("connection refused"), monkeypatch)
    assert "vérifiez la variable DATABASE_URL" in message
    assert message.endswith("Elle dit : connection refused")


def test_a_file_that_is_no_database_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    message = message_of(DatabaseError("file is not a database"), monkeypatch)
    assert message.endswith("Elle dit : file is not a database")


@pytest.mark.parametrize("error", [IntegrityError("x"), OSError(errno.ESRCH, "x", LOCK)])
def test_a_fault_of_the_program_keeps_its_traceback(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(arguments: list[str]) -> None:
        raise error

    monkeypatch.setattr("django.core.management.execute_from_command_line", fail)
    with pytest.raises(type(error)):
        manage.main()


@pytest.mark.slow
def test_start_says_so_if_its_lock_cannot_be_written(tmp_path: Path) -> None:
    """The lock of a start is the first file that is written, if SECRET_KEY is given."""
    installation = LocalInstallation(tmp_path, variables={"SECRET_KEY": "x"})
    (tmp_path / "start.lock").mkdir()
    installation.start_without_waiting()
    [server] = installation.servers
    assert server.wait(60) == 1
    said = installation.output_file.read_text().replace("\u00a0", " ")
    assert (
        said == f"Impossible de lire ou d’écrire {tmp_path}/start.lock : un dossier porte ce nom.\n"
    )
