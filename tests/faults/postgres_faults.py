"""Faults of PostgreSQL: it is stopped, drops or refuses connections, or holds a table locked."""

import os
import signal
import time
from contextlib import ExitStack

import psycopg

from tests.faults.databases import MAX_CONNECTIONS, ROLE, PostgresDatabase
from tests.faults.sites import Site

END_CONNECTIONS = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{ROLE}'"


def stop_database(site: Site, seconds: float) -> None:
    """Stops PostgreSQL and starts it again."""
    database = _postgres_of(site)
    database.stop()
    time.sleep(seconds)
    database.start()


def silence_database(site: Site, seconds: float) -> None:
    """Suspends PostgreSQL, so that it neither answers nor closes connections, as if cut off."""
    database = _postgres_of(site)
    processes = database.process_ids()
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    time.sleep(seconds)
    for process in processes:
        os.kill(process, signal.SIGCONT)


def end_connections(site: Site, seconds: float) -> None:
    """Ends all connections of the site each second."""
    ends_at = time.monotonic() + seconds
    with _postgres_of(site).connect() as connection:
        while time.monotonic() < ends_at:
            connection.execute(END_CONNECTIONS.encode())
            time.sleep(1)


def lock_sessions(site: Site, seconds: float) -> None:
    """Locks the table of diagnostics, as a migration does: nobody can read or write it."""
    _lock_table(site, "diagnostics_session", seconds)


def lock_versions(site: Site, seconds: float) -> None:
    """Locks the table of versions, which every page reads."""
    _lock_table(site, "rules_version", seconds)


def _lock_table(site: Site, table: str, seconds: float) -> None:
    with _postgres_of(site).connect(ROLE) as connection, connection.transaction():
        connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE".encode())
        time.sleep(seconds)


def exhaust_connections(site: Site, seconds: float) -> None:
    """Takes all connections, those of the site first, so that it gets none."""
    database = _postgres_of(site)
    ends_at = time.monotonic() + seconds
    with ExitStack() as taken:
        while time.monotonic() < ends_at:
            with database.connect() as connection:
                connection.execute(END_CONNECTIONS.encode() + b" AND application_name <> 'faults'")
            _take_connections(database, taken)
            time.sleep(1)


def _take_connections(database: PostgresDatabase, taken: ExitStack) -> None:
    """Opens connections until PostgreSQL refuses the next one."""
    for _ in range(MAX_CONNECTIONS):
        try:
            connection = database.connect(ROLE, user=ROLE, application_name="faults")
        except psycopg.OperationalError:
            return
        taken.enter_context(connection)


def _postgres_of(site: Site) -> PostgresDatabase:
    assert isinstance(site.database, PostgresDatabase)
    return site.database
