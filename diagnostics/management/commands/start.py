"""The command `start`: prepares all that a first run needs, then serves the site with gunicorn."""

import os
import re
import socket
import sys
import time
from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from diagnostics import installation
from diagnostics.password_files import password_file_create
from rules.drafts.undo import first_snapshots_take
from rules.publication.stored_proofs import missing_proofs_store

MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108 (gunicorn makes unguessable names there)
MAX_ATTEMPTS = 10
"""How often the command tries to take the address, every half second."""


class Command(BaseCommand):
    help = "Prépare tout ce qu’il faut à un premier lancement, puis sert le site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", metavar="ADRESSE:PORT")
        parser.add_argument("--workers", type=int, default=2, metavar="N", help="processus")

    def handle(self, *args: object, bind: str, workers: int, **options: object) -> None:
        if not 1 <= workers <= 100:
            raise CommandError("--workers attend un nombre entre 1 et 100.")
        host, port = _parse_bind(bind)
        _wait_until_available(host, port)
        os.umask(0o077)  # only the owner may read the database, the password and the key
        # A server that listens on every address is opened on this machine's own address.
        own = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host)  # noqa: S104
        self._prepare_site(settings.PUBLIC_URL or f"http://{own}:{port}")
        self.stdout.flush()
        connections.close_all()
        _run_gunicorn(bind, workers)

    def _prepare_site(self, site: str) -> None:
        with installation.hold_start_lock():
            installation.tables_prepare()
            installation.shipped_guide_publish()
            installation.legal_pages_create()
            missing_proofs_store()
            first_snapshots_take()
            self.stdout.write(f"Formulaire\u00a0: {site}/")
            account = installation.ADMIN_NAME
            self.stdout.write(f"Administration\u00a0: {site}/admin/ (compte {account})")
            hosts = ", ".join(settings.ALLOWED_HOSTS)
            self.stdout.write(f"Hôtes acceptés\u00a0: {hosts} (variable ALLOWED_HOSTS)")
            self._print_proxies_warning()
            installation.admin_create(announce_password=self._announce_password)

    def _print_proxies_warning(self) -> None:
        """Says that limits count all visitors as one if what decrypts https is not declared."""
        if settings.HTTPS and not settings.PROXIES:
            self.stdout.write(
                "Attention\u00a0: PUBLIC_URL est en https, donc un proxy reçoit les visiteurs, mais "
                "PROXIES vaut 0\u00a0: les limites comptent tous les visiteurs comme un seul. "
                "Donnez à PROXIES le nombre de proxys qui complètent X-Forwarded-For."
            )

    def _announce_password(self, password: str) -> None:
        """Prints the password on a terminal. Elsewhere, prints the file to which it is written."""
        if not self.stdout.isatty():
            password = f"dans le fichier {password_file_create(password)}"
        self.stdout.write(f"Mot de passe\u00a0: {password}")
        self.stdout.flush()


def _parse_bind(bind: str) -> tuple[str, int]:
    """Returns the host and the port of `--bind`. Raises `CommandError`."""
    found = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[\w.-]+):([0-9]{1,5})", bind, re.ASCII)
    if not found or not 1 <= int(found[2]) <= 65_535:
        raise CommandError("--bind attend une adresse et un port, comme 127.0.0.1:8000.")
    return found[1], int(found[2])


def _wait_until_available(host: str, port: int) -> None:
    """Waits until the address can be taken, and raises `CommandError` after five seconds.

    The workers of a server that was killed hold its address for a second or two.
    """
    for attempts_left in reversed(range(MAX_ATTEMPTS)):
        try:
            found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
            family, kind, _, _, address = found[0]
            with socket.socket(family, kind) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
            return
        except (OSError, UnicodeError):
            if not attempts_left:
                break
            time.sleep(0.5)
    raise CommandError(f"L’adresse {host}:{port} n’est pas libre ou n’existe pas ici.")


def _run_gunicorn(bind: str, workers: int) -> NoReturn:
    """Replaces this process with gunicorn.

    With `--preload`, gunicorn loads the site before it logs anything, so that all logs are masked.
    """
    arguments = [
        "diagnostics.wsgi:application",
        "--preload",
        "--no-control-socket",
        f"--pythonpath={settings.BASE_DIR}",
        f"--bind={bind}",
        f"--workers={workers}",
        f"--env=WEB_CONCURRENCY={workers}",  # for the settings
        "--worker-class=diagnostics.server.gunicorn_worker.Worker",
        f"--threads={settings.SERVER_THREADS}",
        "--graceful-timeout=5",
    ]
    if MEMORY_FOLDER.is_dir() and os.access(MEMORY_FOLDER, os.W_OK):
        # A worker touches a file to show that it is alive, and on a slow disk that may block it.
        arguments.append(f"--worker-tmp-dir={MEMORY_FOLDER}")
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments])  # noqa: S606
