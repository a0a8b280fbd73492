"""Requests of visitors, and what became of each."""

import json
import re
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

import urllib3

MAX_WAIT_SECONDS = 60
"""The time that a visitor waits for an answer at most: long, to see how long answers really take."""
UUID = r"[0-9a-f-]{36}"
UNANSWERED = 0
"""The status of a request whose answer was not received whole."""


@dataclass(frozen=True)
class Call:
    """A request and how it ended. Times are those of the monotonic clock."""

    title: str
    """The method and the address, without the ids of diagnostics."""
    status: int
    began_at: float
    ended_at: float
    fault: str
    """What is wrong with the answer, whatever the request; empty if nothing is."""

    @property
    def is_read(self) -> bool:
        return self.title.startswith("GET")

    @property
    def seconds(self) -> float:
        return self.ended_at - self.began_at

    @property
    def is_failure(self) -> bool:
        return self.status == UNANSWERED or self.status >= HTTPStatus.INTERNAL_SERVER_ERROR


@dataclass(frozen=True)
class Answer:
    status: int
    headers: urllib3.HTTPHeaderDict
    body: bytes

    @property
    def is_success(self) -> bool:
        return HTTPStatus.OK <= self.status < HTTPStatus.BAD_REQUEST

    @property
    def location(self) -> str:
        return self.headers["Location"]

    @property
    def is_failure(self) -> bool:
        return self.status == UNANSWERED or self.status >= HTTPStatus.INTERNAL_SERVER_ERROR


NO_ANSWER = Answer(UNANSWERED, urllib3.HTTPHeaderDict(), b"")


class Caller:
    """Sends the requests of one visitor, one after the other, and notes what became of them."""

    def __init__(self, address: str, calls: list[Call]) -> None:
        self._address = address
        self._calls = calls
        self._connections = urllib3.PoolManager(retries=False, timeout=MAX_WAIT_SECONDS)

    def get(self, path: str) -> Answer:
        return self._send_request("GET", path, b"", {})

    def send_json(self, method: str, path: str, body: object) -> Answer:
        content = {"Content-Type": "application/json"}
        return self._send_request(method, path, json.dumps(body).encode(), content)

    def send_form(self, path: str, **fields: str) -> Answer:
        content = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._send_request("POST", path, urlencode(fields).encode(), content)

    def _send_request(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """Returns the answer, or `NO_ANSWER` if it was not received whole. Follows no redirect."""
        began_at = time.monotonic()
        try:
            response = self._connections.request(
                method, self._address + path, body=body, headers=headers, redirect=False
            )
            answer = Answer(response.status, response.headers, response.data)
        except urllib3.exceptions.HTTPError:
            answer = NO_ANSWER
        fault = fault_of_refusal(answer, path)
        title = f"{method} {re.sub(UUID, 'ID', path)}"
        self._calls.append(Call(title, answer.status, began_at, time.monotonic(), fault))
        return answer


def fault_of_refusal(answer: Answer, path: str) -> str:
    """Returns what is wrong with an answer that refuses a request; empty if nothing is."""
    if answer.status != HTTPStatus.SERVICE_UNAVAILABLE:
        return (
            f"status {answer.status}" if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR else ""
        )
    if "Retry-After" not in answer.headers:
        return "503 without Retry-After"
    content_type = answer.headers.get("Content-Type", "")
    expected = "application/problem+json" if path.startswith("/api/") else "text/html"
    return "" if content_type.startswith(expected) else f"503 as {content_type}"


def send_in_parallel(send: Callable[[], int], threads: int, seconds: float) -> Counter[int]:
    """Keeps sending requests in several threads for some seconds, and counts their statuses."""
    ends_at = time.monotonic() + seconds

    def send_in_turn(_: int) -> list[int]:
        statuses = []
        while time.monotonic() < ends_at:
            statuses.append(send())
        return statuses

    with ThreadPoolExecutor(threads) as pool:
        sent = pool.map(send_in_turn, range(threads))
        return Counter(status for statuses in sent for status in statuses)
