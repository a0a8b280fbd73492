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
    silence_database,
    stop_database,
)
from tests.faults.process_faults import kill_server, kill_workers, leave_alone
from tests.faults.sites import Site
from tests.faults.sqlite_faults import fill_disk, fill_disk_by_log, hold_lock

NO_READ, ANY_READ, READS_OF_DIAGNOSTICS = "$", "", "GET (/api/v1/sessions|/diagnostics)/"


@dataclass(frozen=True)
class Scenario:
    """A fault, and how many seconds it lasts in the long form."""

    name: str
    title: str
    inflict: Callable[[Site, float], None]
    """Inflicts the fault for so many seconds, and returns when it is over."""
    seconds: float
    may_be_unanswered: bool = False
    """True if requests may remain without an answer.

    This is so if processes are killed, and if the clock is moved: the server then takes connections
    that are open for hours old, and closes them.
    """
    refused_reads: str = NO_READ
    """A pattern of the reads that may be refused with 503, because they need what is gone."""
    fills_disk: bool = False


ON_ANY_DATABASE = [
    Scenario("none", "no fault", leave_alone, 20),
    Scenario("workers", "a worker is killed each second", kill_workers, 30, True),
    Scenario("server", "the server is killed and started", kill_server, 30, True),
    Scenario("engine", "durable_rules fails and lies", break_engine, 36, True),
    Scenario("guide", "publications, returns, closings", change_guide, 30),
    Scenario("publication", "the clock passes a publication", pass_publication, 10, True),
]
EXPIRY = Scenario("expiry", "the clock passes an expiry", pass_expiry, 10, True)
"""This comes last, because it ends every diagnostic and every login."""
SCENARIOS = {
    "sqlite": [
        *ON_ANY_DATABASE,
        Scenario("locked", "another process holds the lock", hold_lock, 30),
        Scenario("full", "the disk is full", fill_disk, 30, fills_disk=True),
        Scenario("log", "the log fills the disk", fill_disk_by_log, 30, fills_disk=True),
        EXPIRY,
    ],
    "postgres": [
        *ON_ANY_DATABASE,
        Scenario("stopped", "it is stopped", stop_database, 10, refused_reads=ANY_READ),
        Scenario("silent", "it says nothing", silence_database, 20, refused_reads=ANY_READ),
        Scenario("ended", "its connections are ended", end_connections, 20, refused_reads=ANY_READ),
        Scenario(
            "taken", "all connections are taken", exhaust_connections, 20, refused_reads=ANY_READ
        ),
        Scenario(
            "sessions",
            "diagnostics are locked",
            lock_sessions,
            25,
            refused_reads=READS_OF_DIAGNOSTICS,
        ),
        Scenario("versions", "versions are locked", lock_versions, 25, refused_reads=ANY_READ),
        EXPIRY,
    ],
}
SHORT_SECONDS = {
    "sqlite": {"workers": 3, "engine": 9, "locked": 8, "full": 2, "log": 3, "expiry": 1},
    "postgres": {
        "server": 1,
        "guide": 1,
        "publication": 1,
        "stopped": 3,
        "silent": 7,
        "ended": 2,
        "taken": 3,
        "sessions": 7,
    },
}
"""The scenarios of the short form, and how many seconds each lasts there."""
