#!/usr/bin/env python
"""Runs the commands of the project: `manage.py COMMAND`."""

import errno
import os
import sys
from io import TextIOWrapper

SUPPORTED_PYTHONS = ((3, 11), (3, 12))
UNWRITABLE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EPIPE}
"""The disk is full or fails, a file is too large, or the program that reads the output has ended."""
REFUSED_FILES = {
    errno.EACCES: "ce compte n’en a pas le droit",
    errno.EPERM: "ce compte n’en a pas le droit",
    errno.EROFS: "ce disque est en lecture seule",
    errno.EISDIR: "un dossier porte ce nom",
    errno.EEXIST: "un fichier porte le nom d’un dossier",
    errno.ENOTDIR: "un fichier porte le nom d’un dossier",
}
"""Why a file cannot be read or written."""


def prepare_outputs() -> None:
    """Makes what is printed fit a terminal that lacks letters, and files have every letter.

    Stops the program if the standard output is closed, because nothing could be printed on it.
    """
    if sys.stdout is None:
        sys.exit("La sortie standard est fermée\u00a0: rien n’a été fait.")
    if isinstance(sys.stderr, TextIOWrapper):
        sys.stderr.reconfigure(errors="replace")
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.isatty():
        sys.stdout.reconfigure(errors="replace")
    elif isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def database_failure_sentence(error: Exception) -> str:
    """Returns what to do about a database that failed, with its own words at the end."""
    if any(cause in str(error) for cause in ("readonly database", "unable to open database file")):
        advice = "La base de données ne peut pas écrire dans son fichier ou son dossier"
    else:
        advice = (
            "La base de données ne répond pas, n’est pas prête ou a refusé une demande\u00a0: vérifiez "
            "la variable DATABASE_URL, puis lancez «\u00a0manage.py migrate\u00a0»"
        )
    return f"{advice}. Elle dit\u00a0: {error}"


def file_failure_sentence(error: OSError) -> str:
    """Returns why a file could not be read or written. Raises other errors, which are faults."""
    if error.filename and error.errno in REFUSED_FILES:
        return (
            f"Impossible de lire ou d’écrire {error.filename}\u00a0: {REFUSED_FILES[error.errno]}."
        )
    if error.errno not in UNWRITABLE:
        raise error
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 (Python flushes once more as it ends)
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    return f"Tout n’a pas pu être écrit\u00a0: {error.strerror}."


def main() -> None:
    prepare_outputs()
    if sys.version_info[:2] not in SUPPORTED_PYTHONS:
        running = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            f"Ce programme demande Python 3.11 ou 3.12 (ici : {running}) : "
            "son moteur de règles ne fonctionne pas avec les autres versions."
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diagnostics.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError, OperationalError

    try:
        try:
            execute_from_command_line(sys.argv)
        finally:
            sys.stdout.flush()
    except ImproperlyConfigured as error:  # a wrong setting: a sentence instead of a traceback
        sys.exit(str(error))
    except DatabaseError as error:
        if type(error) not in (DatabaseError, OperationalError):  # the others are faults
            raise
        sys.exit(database_failure_sentence(error))
    except OSError as error:
        sys.exit(file_failure_sentence(error))


if __name__ == "__main__":
    main()
