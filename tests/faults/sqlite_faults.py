"""Faults of a SQLite file: another process holds its lock, or its disk is full."""

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from tests.faults.databases import SqliteDatabase
from tests.faults.sites import Site

BLOCK = b"\0" * 65_536
ROOM_AFTER_LOG = 4 * 1024 * 1024
"""The bytes of room that the disk gets after the write-ahead log has filled it."""


def hold_lock(site: Site, seconds: float) -> None:
    """Holds the lock of the file, as a long import does: nobody else can write."""
    with closing(_sqlite_of(site).connect()) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        time.sleep(seconds)
        connection.execute("ROLLBACK")


def fill_disk(site: Site, seconds: float) -> None:
    """Fills the disk of the file, and empties it again.

    The write-ahead log is cut first: it would otherwise have room in itself for some more writes.
    """
    database = _sqlite_of(site)
    filler = database.disk / "filler"
    database.query_rows("PRAGMA wal_checkpoint(TRUNCATE)")
    _fill_up(filler)
    time.sleep(seconds)
    filler.unlink()


def fill_disk_by_log(site: Site, seconds: float) -> None:
    """Lets the write-ahead log fill the disk, which a long reader keeps from being emptied.

    Another process makes it grow, by changing a long row again and again. At the end the reader
    closes, and the disk gets a little room, as if someone had removed something else.
    """
    database = _sqlite_of(site)
    room = database.disk / "room"
    room.write_bytes(bytes(ROOM_AFTER_LOG))
    with closing(database.connect()) as reader, closing(database.connect()) as writer:
        writer.execute("CREATE TABLE IF NOT EXISTS faults_filler (content BLOB)")
        writer.execute("INSERT INTO faults_filler VALUES (zeroblob(1000000))")
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM rules_version").fetchall()
        ends_at = time.monotonic() + seconds
        while time.monotonic() < ends_at:
            with suppress(sqlite3.OperationalError):
                writer.execute("UPDATE faults_filler SET content = randomblob(1000000)")
            time.sleep(0.01)
    room.unlink()


def _fill_up(file: Path) -> None:
    """Writes to a file until the disk is full."""
    with file.open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(BLOCK):
            os.fsync(filler.fileno())


def _sqlite_of(site: Site) -> SqliteDatabase:
    assert isinstance(site.database, SqliteDatabase)
    return site.database
