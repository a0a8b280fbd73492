"""The databases of sites under test: a SQLite file on a small disk, and a temporary PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

import psycopg

DISK_MEGABYTES = 48
ROLE = "pix"
"""The role that the site connects as: no superuser, for whom PostgreSQL reserves connections."""
MAX_CONNECTIONS = 40


class Database(Protocol):
    name: str
    disk_is_small: bool
    """True if a fault may fill the disk of the database without harm to this machine."""

    @property
    def url(self) -> str: ...
    def query_rows(self, query: str) -> list[tuple[object, ...]]: ...
    def close(self) -> None:
        """Ends the database and frees what it takes on this machine."""


class SqliteDatabase:
    """A SQLite file on a file system of its own, which is in memory and small.

    Where such a file system may not be made, as in some containers, the file is on the disk of the
    folder, and `disk_is_small` is false.
    """

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.disk = folder / "disk"
        self.disk.mkdir()
        self.file = self.disk / "db.sqlite3"
        options = ["-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m", "tmpfs"]
        mount = subprocess.run(
            ["mount", *options, str(self.disk)], capture_output=True, check=False
        )
        self.disk_is_small = mount.returncode == 0

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file}"

    def connect(self) -> sqlite3.Connection:
        """Returns a connection without implicit transactions."""
        return sqlite3.connect(self.file, timeout=20, isolation_level=None)

    def query_rows(self, query: str) -> list[tuple[object, ...]]:
        with closing(self.connect()) as connection:
            return connection.execute(query).fetchall()

    def close(self) -> None:
        if self.disk_is_small:
            subprocess.run(["umount", "--lazy", str(self.disk)], check=True)


class PostgresDatabase:
    """A PostgreSQL server with a folder of its own, which listens on a Unix socket."""

    name = "PostgreSQL"
    disk_is_small = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "pg"
        self.folder.mkdir()
        folder.chmod(0o711)
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        access = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"]
        self._run_program("initdb", "--no-sync", *access)
        self.start()
        with self.connect() as connection:
            connection.execute(f"CREATE ROLE {ROLE} LOGIN")
            connection.execute(f"CREATE DATABASE {ROLE} OWNER {ROLE}")

    @property
    def url(self) -> str:
        return f"postgres://{ROLE}@{str(self.folder).replace('/', '%2F')}/{ROLE}"

    def start(self) -> None:
        options = {
            "listen_addresses": "''",
            "unix_socket_directories": f"'{self.folder}'",
            "fsync": "off",
            "max_connections": str(MAX_CONNECTIONS),
        }
        line = " ".join(f"-c {name}={value}" for name, value in options.items())
        self._run_program("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", line, "start")

    def stop(self) -> None:
        self._run_program("pg_ctl", "-w", "-m", "fast", "stop")

    def process_ids(self) -> list[int]:
        """Returns the ids of the process that accepts connections and of those that it has begun."""
        main = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        return [main, *map(int, children)]

    def connect(
        self, database: str = "postgres", *, user: str = "postgres", application_name: str = ""
    ) -> psycopg.Connection:
        """Returns a connection without implicit transactions."""
        return psycopg.connect(
            host=str(self.folder),
            dbname=database,
            user=user,
            application_name=application_name,
            autocommit=True,
        )

    def query_rows(self, query: str) -> list[tuple[object, ...]]:
        with self.connect(ROLE) as connection:
            return connection.execute(query.encode()).fetchall()

    def close(self) -> None:
        self._run_program("pg_ctl", "-m", "immediate", "stop")

    def _run_program(self, program: str, *arguments: str) -> None:
        """Runs a program of PostgreSQL, which refuses to run as root."""
        newest = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
        path = str(newest / program) if newest else program
        account = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        command = [path, "-D", str(self.folder / "data"), *arguments]
        subprocess.run(
            [*(account if os.getuid() == 0 else []), *command],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )


DATABASES: dict[str, Callable[[Path], Database]] = {
    "sqlite": SqliteDatabase,
    "postgres": PostgresDatabase,
}


@contextmanager
def new_database(name: str) -> Iterator[tuple[Database, Path]]:
    """Yields a new database and its folder, and removes both after the block."""
    with tempfile.TemporaryDirectory() as folder:
        database = DATABASES[name](Path(folder))
        try:
            yield database, Path(folder)
        finally:
            database.close()
