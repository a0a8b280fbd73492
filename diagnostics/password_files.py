"""The files in which `start` leaves the password of a first account, until that account changes it.

The first file of a folder is `admin_password`, the next ones `admin_password.2` and so on: several
databases may share a folder, so a file that exists may hold the password of another database.
"""

import secrets
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import User
from django.db import transaction

from diagnostics.installation import data_folder

FILE_NAME = "admin_password"


def password_file_create(password: str) -> Path:
    """Writes a password to a new file that only the owner may read, and returns the file.

    The file is written under another name first, so that it is never incomplete.
    """
    folder, number = data_folder(), 1
    draft = folder / f".{FILE_NAME}.{secrets.token_hex(8)}"
    draft.touch(mode=0o600)
    try:
        draft.write_text(f"{password}\n")
        while True:
            file = folder / (FILE_NAME if number == 1 else f"{FILE_NAME}.{number}")
            with suppress(FileExistsError):
                file.hardlink_to(draft)
                return file
            number += 1
    finally:
        draft.unlink()


def find_password_files(sender: type[User], instance: User, **_: object) -> None:
    """Finds the files that hold the password of an account which is about to be saved with another.

    They are those whose text has the hash that is still stored, so none of another account is found.
    Django calls this before it saves an account.
    """
    if instance.pk and getattr(instance, "_password", None) is not None:
        stored = User.objects.filter(pk=instance.pk).values_list("password", flat=True).first()
        instance.__dict__["password_files"] = [
            file for file, text in _read_password_files() if check_password(text, stored or "")
        ]


def remove_password_files(sender: type[User], instance: User, **_: object) -> None:
    """Removes the files that were found, once the other password is stored.

    Django calls this after it has saved an account.
    """
    for file in instance.__dict__.pop("password_files", []):
        transaction.on_commit(partial(file.unlink, missing_ok=True), robust=True)


def _read_password_files() -> Iterator[tuple[Path, str]]:
    """Yields the files of this folder that can be read, and the password in each."""
    with suppress(OSError):
        for file in data_folder().glob(f"{FILE_NAME}*"):
            with suppress(OSError):
                yield file, file.read_text(errors="replace").strip()
