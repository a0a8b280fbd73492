"""The faults that are inflicted on a site while visitors use it, and what is accepted meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.engine_faults import break_engine
from tests.faults.guide_changes import change_guide, pass_expiry, pass_publication
from tests.faults.postgres_faults import (
    end_connections,
    exhaust_connections,
    lock_sessions,
    lock_versions,
    stop_database,
)
from tests.faults.process_faults import kill_server, kill_workers, leave_alone
from tests.faults.sites import Site
from tests.faults.sqlite_faults import fill_disk, fill_disk_by_log, hold_lock


@dataclass(frozen=True)
class Scenario:
    """A fault, and how long it lasts in seconds: in the long form, and in the short one."""

    name: str
    title: str
    inflict: Callable[[Site, float], None]
    """Inflicts the fault for so many seconds, and returns when it is over."""
    seconds: float
    short_seconds: float
    may_be_unanswered: bool = False
    """True if requests may remain without an answer, because processes are killed."""
    may_refuse_reads: bool = False
    """True if reads may be refused with 503, because the fault takes the database away."""


SCENARIOS = {
    "sqlite": [
        Scenario("none", "no fault", leave_alone, 20, 0),
        Scenario("workers", "a worker is killed each second", kill_workers, 30, 3, True),
        Scenario("server", "the server is killed and started", kill_server, 30, 0, True),
        Scenario("engine", "durable_rules fails and lies", break_engine, 36, 9, True),
        Scenario("guide", "publications, returns, closings", change_guide, 30, 0),
        Scenario("publication", "the clock passes a publication", pass_publication, 10, 0),
        Scenario("locked", "another process holds the lock", hold_lock, 30, 8),
        Scenario("full", "the disk is full", fill_disk, 30, 2),
        Scenario("log", "the write-ahead log fills the disk", fill_disk_by_log, 30, 3),
        Scenario("expiry", "the clock passes an expiry", pass_expiry, 10, 1),
    ],
    "postgres": [
        Scenario("none", "no fault", leave_alone, 20, 0),
        Scenario("workers", "a worker is killed each second", kill_workers, 30, 0, True),
        Scenario("server", "the server is killed and started", kill_server, 30, 1, True),
        Scenario("engine", "durable_rules fails and lies", break_engine, 36, 0, True),
        Scenario("guide", "publications, returns, closings", change_guide, 30, 1),
        Scenario("publication", "the clock passes a publication", pass_publication, 10, 1),
        Scenario("stopped", "PostgreSQL is stopped", stop_database, 10, 3, False, True),
        Scenario("ended", "its connections are ended", end_connections, 20, 2, False, True),
        Scenario("sessions", "its table of sessions is locked", lock_sessions, 25, 8, False, True),
        Scenario("versions", "its table of versions is locked", lock_versions, 25, 0, False, True),
        Scenario("taken", "its connections are all taken", exhaust_connections, 20, 3, False, True),
        Scenario("expiry", "the clock passes an expiry", pass_expiry, 10, 0),
    ],
}
"""The scenarios of each kind of database. Those that last no time are left out of the short form.

The expiry comes last, because it ends every diagnostic and every login.
"""
