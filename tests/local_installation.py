"""A local installation for tests: a new database, and the servers that use it."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from diagnostics import settings

MAX_WAIT_SECONDS = 60
"""The time that a test waits for a server at most: long, because the machine may be busy."""


def free_port() -> int:
    """Returns a TCP port of this machine that no program listens on."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


class LocalInstallation:
    """A folder with a database, and the servers (`manage.py start`) that run on it.

    `variables` are environment variables of the servers. Unless `DATABASE_URL` is one of them, the
    database is a SQLite file in the folder.
    """

    def __init__(
        self, folder: Path, *, workers: int = 1, variables: Mapping[str, str] | None = None
    ) -> None:
        self.folder = folder
        self.workers = workers
        database = {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}
        self.environment = {**os.environ, **database, **(variables or {})}
        self.output_file = folder / "output.txt"
        self.servers: list[subprocess.Popen[bytes]] = []

    def start_without_waiting(self, *, port: int | None = None, terminal: int | None = None) -> str:
        """Starts a server and returns its address, at which it does not answer yet.

        The server prints to `terminal`, a file descriptor, or else to `output_file`.
        """
        port = port or free_port()
        command = [sys.executable, "manage.py", "start", "--bind", f"127.0.0.1:{port}"]
        with self.output_file.open("ab") as output:
            self.servers.append(
                subprocess.Popen(
                    [*command, "--workers", str(self.workers)],
                    cwd=settings.BASE_DIR,
                    env=self.environment,
                    stdout=output if terminal is None else terminal,
                    stderr=subprocess.STDOUT,
                )
            )
        return f"http://127.0.0.1:{port}"

    def start_and_wait(self, *, port: int | None = None) -> str:
        """Starts a server, waits until it answers and returns its address."""
        address = self.start_without_waiting(port=port)
        fetch_page(f"{address}/")
        return address

    def kill_servers(self) -> None:
        for process in self.servers:
            process.kill()
            process.wait()
        self.servers.clear()

    def query_database(self, query: str, *values: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=20)) as database:
            rows = database.execute(query, values).fetchall()
            database.commit()
        return rows

    def terminate_gracefully(self) -> int:
        """Ends the only server by SIGTERM, as a service manager does; returns its exit status."""
        [process] = self.servers
        process.send_signal(signal.SIGTERM)
        return process.wait(timeout=MAX_WAIT_SECONDS)


def fetch_page(address: str, method: str = "GET") -> tuple[str, str]:
    """Waits until a server answers; returns the address after redirects and the page's text."""
    deadline = time.monotonic() + MAX_WAIT_SECONDS
    while True:
        try:
            with urlopen(Request(address, method=method), timeout=MAX_WAIT_SECONDS) as answer:
                return answer.url, answer.read().decode()
        except HTTPError:
            raise
        except OSError:
            assert time.monotonic() < deadline, "no server answered in time"
            time.sleep(0.05)
