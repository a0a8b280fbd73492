"""Asks for the form twice a second while something else goes on, and says how long the answers took.

`with Probe(f"{address}/corriger-comptes-pix/") as probe:` does so while its block runs. After it,
`print(probe)` shows the times, and `probe.is_quick` says whether they are good enough.
"""

import time
from math import ceil
from threading import Event, Thread
from urllib.request import urlopen

SECONDS_BETWEEN_REQUESTS = 0.5
MAX_WAIT_SECONDS = 30
"""The time that a request waits for its answer at most. After that it counts as failed."""
MAX_SECONDS_OF_99_PERCENT = 1
"""How long 99 of 100 answers may take at most."""


class Probe:
    """Requests for one page, which begin when the `with` block is entered and end when it is left.

    Each request has a thread and a connection of its own, so that a slow answer delays no other.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.seconds: list[float] = []
        """The time that each request took until its answer was received whole, or until it failed."""
        self.failures: list[str] = []
        """What became of each request that failed, such as `HTTP Error 503: Service Unavailable`."""
        self._ended = Event()
        self._timer = Thread(target=self._send_requests)

    def __enter__(self) -> "Probe":
        self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._timer.join()

    def _send_requests(self) -> None:
        """Sends requests until the block is left, and waits until all are answered."""
        requests = []
        next_at = time.monotonic()
        while not self._ended.wait(max(0, next_at - time.monotonic())):
            next_at += SECONDS_BETWEEN_REQUESTS
            requests.append(Thread(target=self._send_request))
            requests[-1].start()
        for request in requests:
            request.join()

    def _send_request(self) -> None:
        began = time.monotonic()
        try:
            with urlopen(self.address, timeout=MAX_WAIT_SECONDS) as answer:
                answer.read()
        except Exception as failure:
            self.failures.append(str(failure) or type(failure).__name__)
        self.seconds.append(time.monotonic() - began)

    def percentile(self, percent: float) -> float:
        """Returns the seconds that this share of the requests took at most."""
        return sorted(self.seconds)[ceil(percent / 100 * len(self.seconds)) - 1]

    @property
    def is_quick(self) -> bool:
        """True if no request failed, and 99 of 100 were answered within a second."""
        return not self.failures and self.percentile(99) < MAX_SECONDS_OF_99_PERCENT

    def __str__(self) -> str:
        p50, p99, most = (f"{self.percentile(percent):.2f} s" for percent in (50, 99, 100))
        failed = f"{len(self.failures)} failed {sorted(set(self.failures))}"
        return f"{len(self.seconds)} requests: p50 {p50}, p99 {p99}, max {most}, {failed}"
