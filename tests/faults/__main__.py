"""Inflicts faults on a site while 20 visitors use it, and prints what they noticed.

`python -m tests.faults [--short] [--database sqlite|postgres] [SCENARIO ...]`

Each visitor walks random paths, half of them by the API and half by the form, and checks each state
against the oracle; after each fault, all that was acknowledged is read back. The exit status is 1
if anything is not as it must be.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from tests.faults.databases import Database, PostgresDatabase, SqliteDatabase
from tests.faults.doors import Door
from tests.faults.report import HEAD, Report
from tests.faults.scenarios import SCENARIOS, Scenario
from tests.faults.sites import Site
from tests.faults.visitors import API, FORM, VISITORS, Notes, Visitor

DATABASES: dict[str, Callable[[Path], Database]] = {
    "sqlite": SqliteDatabase,
    "postgres": PostgresDatabase,
}
SECONDS_BEFORE, SECONDS_AFTER = 1, 8
"""How long visitors use the site before a fault and after it: a quarter of that in the short form."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--short", action="store_true", help="each fault lasts some seconds")
    parser.add_argument("--database", choices=DATABASES, action="append")
    names = {scenario.name for scenarios in SCENARIOS.values() for scenario in scenarios}
    parser.add_argument("scenario", nargs="*", choices=[[], *sorted(names)])
    options = parser.parse_args()
    sys.stdout.write(f"{HEAD}\n")
    complaints = 0
    for name in options.database or DATABASES:
        scenarios = [
            scenario
            for scenario in SCENARIOS[name]
            if scenario.name in (options.scenario or names)
            and (scenario.short_seconds or not options.short)
        ]
        complaints += _run_scenarios(name, scenarios, short=options.short)
    return complaints > 0


def _run_scenarios(database: str, scenarios: Sequence[Scenario], *, short: bool) -> int:
    """Runs scenarios one after the other on a new site; returns the number of complaints."""
    complaints = 0
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), DATABASES[database](Path(folder)))
        try:
            for scenario in scenarios:
                report = _run_scenario(site, scenario, short=short)
                complaints += len(report.complaints)
                sys.stdout.write(f"{report}\n")
                sys.stdout.flush()
        finally:
            site.close()
    return complaints


def _run_scenario(site: Site, scenario: Scenario, *, short: bool) -> Report:
    notes, ended = Notes(), Event()
    doors: list[Door] = [API, FORM]
    visitors = [Visitor(site, doors[seed % 2], notes, ended, seed) for seed in range(VISITORS)]
    for visitor in visitors:
        visitor.start()
    pace = 0.25 if short else 1
    time.sleep(SECONDS_BEFORE * pace)
    try:
        scenario.inflict(site, scenario.short_seconds if short else scenario.seconds)
        fault_ended_at = time.monotonic()
        time.sleep(SECONDS_AFTER * pace)
    finally:
        ended.set()
        for visitor in visitors:
            visitor.join()
    return Report(site.database.name, scenario, notes, fault_ended_at)


if __name__ == "__main__":
    raise SystemExit(main())
