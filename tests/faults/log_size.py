"""Prints how many bytes failures add to the log of a site: `python -m tests.faults.log_size`.

Twenty requests a second are refused, then they fail because a table is missing, and then because the
file of the database holds something else.
"""

import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.local_installation import LocalInstallation

SECONDS = 30
"""How long each kind of failure lasts."""
REQUESTS_PER_SECOND = 20
MAX_BYTES = 20_000
"""How much one failure may add to the log: 13 MB is what it once was."""
REFUSED = (
    "/nulle-part/",
    "/api/v1/nulle-part",
    "/diagnostics/1f0e9c3a-5b7d-4c21-9e8f-0a1b2c3d4e5f/",
)
SERVED = ("/", "/corriger-comptes-pix/", "/api/v1/guides", "/admin/login/")


def fetch_status(address: str) -> int:
    try:
        with urlopen(address, timeout=30) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code


def remove_table(installation: LocalInstallation) -> None:
    installation.query_database("ALTER TABLE rules_guide RENAME TO missing")


def overwrite_database(installation: LocalInstallation) -> None:
    for file in installation.folder.glob("db.sqlite3*"):
        file.write_bytes(b"something else" * 1_000)


def measure_failure(
    name: str, paths: tuple[str, ...], break_site: Callable[[LocalInstallation], None]
) -> bool:
    """Sends requests to a broken site and prints what the log got; True if it is little."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ThreadPoolExecutor(REQUESTS_PER_SECOND) as threads,
    ):
        installation = LocalInstallation(Path(folder), workers=2)
        site, log = installation.start_and_wait(), installation.output_file
        size_before, requests = log.stat().st_size, []
        break_site(installation)
        for number in range(SECONDS * REQUESTS_PER_SECOND):
            requests.append(threads.submit(fetch_status, site + paths[number % len(paths)]))
            time.sleep(1 / REQUESTS_PER_SECOND)
        statuses = Counter(request.result() for request in requests)
        installation.terminate_gracefully()  # which writes the last counts
        added = log.stat().st_size - size_before
    print(f"{name}: {dict(statuses)}, {added:,} bytes in the log", flush=True)
    return added < MAX_BYTES


if __name__ == "__main__":
    is_little = [
        measure_failure("refused", REFUSED, lambda _: None),
        measure_failure("no table", SERVED, remove_table),
        measure_failure("no database", SERVED, overwrite_database),
    ]
    raise SystemExit(not all(is_little))
