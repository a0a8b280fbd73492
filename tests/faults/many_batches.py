"""Sends 20 batches at once, again and again, while the form is probed: `python -m tests.faults.many_batches`.

Each batch has 1,000 rows, on a guide of 60 questions and 300 rules. It asks for the texts with each
state, in the first round, and once, in the second. For both, this prints how the batches were
answered and how long the form took. `--seconds N` sets how long each round sends batches, and
`--database sqlite|postgres` is the database of the server; without it, both are measured.
"""

import argparse
import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from diagnostics.settings import BASE_DIR
from rules.document.serialising import canonical_json
from tests.api.long_guide import LONG_SLUG, long_guide, long_rows
from tests.faults.calls import send_in_parallel
from tests.faults.databases import DATABASES, Database, new_database
from tests.faults.probe import Probe
from tests.local_installation import LocalInstallation

BATCHES_AT_ONCE = 20
ROWS = 1_000
BODY = json.dumps({"rows": long_rows(ROWS)}).encode()
SMALL_BODY = json.dumps({"rows": long_rows(1)}).encode()
CHUNK_BYTES = 1_000_000
MAX_WAIT_SECONDS = 120


def publish_long_guide(installation: LocalInstallation, site: str) -> None:
    """Publishes the guide, and lets each worker compile it, which is not what is measured."""
    file = installation.folder / "long.json"
    file.write_text(canonical_json(long_guide()))
    command = [sys.executable, "manage.py", "import_guide", str(file), "--publish"]
    subprocess.run(
        [*command, "--unproved", "Pour un essai"],
        cwd=BASE_DIR,
        env=installation.environment,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(send_batch, [batch_address(site)] * 40, [SMALL_BODY] * 40))


def batch_address(site: str, query: str = "") -> str:
    return f"{site}/api/v1/guides/{LONG_SLUG}/evaluate-batch{query}"


def send_batch(address: str, body: bytes = BODY) -> int:
    """Sends a batch, reads its answer to the end and returns the status.

    After a refusal, waits as long as it asks for.
    """
    request = Request(address, body, {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=MAX_WAIT_SECONDS) as answer:
            while answer.read(CHUNK_BYTES):
                pass
            return int(answer.status)
    except HTTPError as refused:
        refused.close()
        time.sleep(float(refused.headers.get("Retry-After", 0)))
        return refused.code


def measure_round(site: str, query: str, seconds: float) -> bool:
    """Prints what one round does; True if the form stayed quick and some batches were evaluated."""
    with Probe(f"{site}/corriger-comptes-pix/") as probe:
        send = partial(send_batch, batch_address(site, query))
        statuses = send_in_parallel(send, BATCHES_AT_ONCE, seconds)
    answers = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
    print(f"batches{query} answered {answers}; the form: {probe}", flush=True)
    return probe.is_quick and statuses[200] > 0 and set(statuses) <= {200, 429}


def measure_database(database: Database, folder: Path, seconds: float) -> bool:
    """Measures both rounds on a server with this database; True if both are as they must be."""
    variables = {"DATABASE_URL": database.url, "SECRET_KEY": "for tests only", "THROTTLING": "off"}
    installation = LocalInstallation(folder, workers=2, variables=variables)
    site = installation.start_and_wait()
    try:
        publish_long_guide(installation, site)
        print(database.name)
        quick_rounds = [measure_round(site, query, seconds) for query in ("", "?texts=once")]
        return all(quick_rounds)
    finally:
        installation.kill_servers()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.many_batches")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--database", choices=DATABASES, action="append")
    options = parser.parse_args()
    is_quick = []
    for name in options.database or DATABASES:
        with new_database(name) as (database, folder):
            is_quick.append(measure_database(database, folder, options.seconds))
    return 0 if all(is_quick) else 1


if __name__ == "__main__":
    raise SystemExit(main())
