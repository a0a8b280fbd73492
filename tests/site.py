"""An installation for a test: processes of `manage.py start` on a database of their own."""

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

PATIENCE_SECONDS = 60
"""A test gives up after this time, which is long because the machine may be busy."""


def free_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


class Site:
    """An installation: a folder with its database, and the servers that run on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output_file = folder / "output.txt"
        self.servers: list[subprocess.Popen[bytes]] = []

    def launch(self, *, port: int | None = None, terminal: int | None = None) -> str:
        """Starts a server and returns its address at once, before it answers."""
        port = port or free_port()
        command = [sys.executable, "manage.py", "start", "--bind", f"127.0.0.1:{port}"]
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{self.folder}/db.sqlite3"}
        with self.output_file.open("ab") as output:
            self.servers.append(
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
        """Starts a server and returns its address once it answers."""
        address = self.launch()
        fetch_page(f"{address}/")
        return address

    def kill(self) -> None:
        for process in self.servers:
            process.kill()
            process.wait()
        self.servers.clear()

    def query_database(self, query: str, *values: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=20)) as database:
            rows = database.execute(query, values).fetchall()
            database.commit()
        return rows

    def stop(self) -> int:
        """Ends the only server as a service manager does, and returns its exit status."""
        [process] = self.servers
        process.send_signal(signal.SIGTERM)
        return process.wait(timeout=PATIENCE_SECONDS)


def fetch_page(address: str, method: str = "GET") -> tuple[str, str]:
    """Waits until the server answers; returns the final address and the text of the page."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urlopen(Request(address, method=method), timeout=PATIENCE_SECONDS) as answer:
                return answer.url, answer.read().decode()
        except HTTPError:
            raise
        except OSError:
            assert time.monotonic() < deadline, "no server answered in time"
            time.sleep(0.05)
