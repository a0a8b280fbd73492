"""An installation of its own: a process of `manage.py start` on a database of its own."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from diagnostics import settings

PATIENCE = 60
"""Seconds until a test gives up, on a machine that is busy with others."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """One installation: a folder with its database, and what serves it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "output.txt"
        self.running: list[subprocess.Popen[bytes]] = []

    def launch(self, *, port: int | None = None, terminal: int | None = None) -> str:
        """Starts a server and gives its address, without waiting for it."""
        port = port or free_port()
        command = [sys.executable, "manage.py", "start", "--bind", f"127.0.0.1:{port}"]
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{self.folder}/db.sqlite3"}
        with self.output.open("ab") as output:
            self.running.append(
                subprocess.Popen(
                    [*command, "--workers", "1"],
                    cwd=settings.BASE_DIR,
                    env=environment,
                    stdout=output if terminal is None else terminal,
                    stderr=subprocess.STDOUT,
                )
            )
        return f"http://127.0.0.1:{port}"

    def start(self) -> str:
        """Starts a server and gives its address once it answers."""
        address = self.launch()
        fetch_page(f"{address}/")
        return address

    def kill(self) -> None:
        for process in self.running:
            process.kill()
            process.wait()
        self.running.clear()

    def database(self, query: str, *values: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=20)) as database:
            found = database.execute(query, values).fetchall()
            database.commit()
        return found

    def stop(self) -> int:
        """Ends the one server as a service manager does; gives its exit status."""
        [process] = self.running
        process.send_signal(signal.SIGTERM)
        return process.wait(timeout=PATIENCE)


def fetch_page(address: str, method: str = "GET") -> tuple[str, str]:
    """The final address and the text of a page, as soon as the server answers."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(Request(address, method=method), timeout=PATIENCE) as answer:
                return answer.url, answer.read().decode()
        except HTTPError:
            raise
        except OSError:
            assert time.monotonic() < deadline, "no server answered in time"
            time.sleep(0.05)
