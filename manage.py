#!/usr/bin/env python
"""Runs the commands of the project: `manage.py COMMAND`."""

import os
import sys
from io import TextIOWrapper

SUPPORTED_PYTHONS = ((3, 11), (3, 12))


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # not every terminal has the letters of French
    if sys.version_info[:2] not in SUPPORTED_PYTHONS:
        running = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            f"Ce programme demande Python 3.11 ou 3.12 (ici : {running}) : "
            "son moteur de règles ne fonctionne pas avec les autres versions."
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diagnostics.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # a wrong setting: a sentence instead of a traceback
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(
            "La base de données ne répond pas, n’est pas prête ou a refusé une demande : vérifiez la "
            f"variable DATABASE_URL, puis lancez « manage.py migrate ». Elle dit : {error}"
        )


if __name__ == "__main__":
    main()
