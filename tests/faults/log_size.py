"""Prints how many bytes failures add to the log of a site: `python -m tests.faults.log_size`.

Twenty requests a second are refused, then they fail because a table is missing, and then because the
file of the database holds something else.
"""

import tempfile
import time
from collections import Counter
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


def print_growth(name: str, log: Path, addresses: list[str]) -> bool:
    """Sends requests for some seconds and prints what the log got; True if it is little."""
    size_before = log.stat().st_size
    with ThreadPoolExecutor(REQUESTS_PER_SECOND) as threads:
        requests = []
        for number in range(SECONDS * REQUESTS_PER_SECOND):
            requests.append(threads.submit(fetch_status, addresses[number % len(addresses)]))
            time.sleep(1 / REQUESTS_PER_SECOND)
    statuses = Counter(request.result() for request in requests)
    added = log.stat().st_size - size_before
    print(f"{name}: {dict(statuses)}, {added:,} bytes in the log", flush=True)
    return added < MAX_BYTES


def main() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        installation = LocalInstallation(Path(folder), workers=2)
        site, log = installation.start_and_wait(), installation.output_file
        try:
            refused = print_growth("refused", log, [site + path for path in REFUSED])
            installation.query_database("ALTER TABLE rules_guide RENAME TO missing")
            failed = print_growth("no table", log, [site + path for path in SERVED])
            installation.query_database("ALTER TABLE missing RENAME TO rules_guide")
            for file in Path(folder).glob("db.sqlite3*"):
                file.write_bytes(b"something else" * 1_000)
            silent = print_growth("no database", log, [site + path for path in SERVED])
        finally:
            installation.kill_servers()
    return refused and failed and silent


if __name__ == "__main__":
    raise SystemExit(not main())
