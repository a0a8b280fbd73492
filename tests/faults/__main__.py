"""Inflicts faults on a site while 20 visitors use it, and prints what they noticed.

`python -m tests.faults [--short] [--database sqlite|postgres] [SCENARIO ...]`

Each visitor walks random paths, half of them by the API and half by the form, and checks each state
against the oracle; after each fault, all that was acknowledged is read back. The exit status is 1
if anything is not as it must be.
"""

import argparse
import signal
import sys
import time
from collections.abc import Mapping
from threading import Event

from tests.faults.databases import DATABASES, new_database
from tests.faults.doors import Door
from tests.faults.report import HEAD, Report
from tests.faults.scenarios import SCENARIOS, SHORT_SECONDS, Scenario
from tests.faults.sites import Site
from tests.faults.visitors import API, FORM, VISITORS, Notes, Visitor

SECONDS_BEFORE = 0.5
"""How long visitors use the site before a fault."""
MAX_SECONDS_AFTER = 8
"""How long they use it after a fault at most: otherwise half as long as the fault, but 2 seconds at least."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--short", action="store_true", help="each fault lasts some seconds")
    parser.add_argument("--database", choices=DATABASES, action="append")
    names = {scenario.name for scenarios in SCENARIOS.values() for scenario in scenarios}
    parser.add_argument("scenario", nargs="*", choices=[[], *sorted(names)])
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that servers end, too
    sys.stdout.write(f"{HEAD}\n")
    complaints = 0
    for database in options.database or DATABASES:
        seconds = {scenario.name: scenario.seconds for scenario in SCENARIOS[database]}
        if options.short:
            seconds = dict(SHORT_SECONDS[database])
        if options.scenario:
            seconds = {name: seconds[name] for name in seconds if name in options.scenario}
        complaints += _run_scenarios(database, seconds)
    return complaints > 0


def _run_scenarios(database_name: str, seconds: Mapping[str, float]) -> int:
    """Runs the scenarios that are named, on a new site; returns the number of complaints."""
    complaints = 0
    with new_database(database_name) as (database, folder):
        site = Site(folder, database)
        try:
            for scenario in SCENARIOS[database_name]:
                if scenario.name not in seconds:
                    continue
                if scenario.fills_disk and not database.disk_is_small:
                    sys.stdout.write(f"not tried, for want of a small disk: {scenario.title}\n")
                    continue
                report = _run_scenario(site, scenario, seconds[scenario.name])
                complaints += len(report.complaints)
                sys.stdout.write(f"{report}\n")
                sys.stdout.flush()
        finally:
            site.close()
    return complaints


def _run_scenario(site: Site, scenario: Scenario, seconds: float) -> Report:
    notes, ended = Notes(), Event()
    doors: list[Door] = [API, FORM]
    visitors = [Visitor(site, doors[seed % 2], notes, ended, seed) for seed in range(VISITORS)]
    for visitor in visitors:
        visitor.start()
    try:
        time.sleep(SECONDS_BEFORE)
        scenario.inflict(site, seconds)
        fault_ended_at = time.monotonic()
        time.sleep(min(max(seconds / 2, 2), MAX_SECONDS_AFTER))
    finally:
        ended.set()
        for visitor in visitors:
            visitor.join()
    return Report(site.database.name, scenario, notes, fault_ended_at)


if __name__ == "__main__":
    raise SystemExit(main())
