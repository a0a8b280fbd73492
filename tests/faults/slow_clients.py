"""Opens hundreds of slow connections while the form is probed: `python -m tests.faults.slow_clients`.

There are 200 of each kind in turn, or `--clients`, for 30 seconds, or `--seconds`, against a server
that `start` runs with two workers and without a proxy. It prints how long the form took. The exit
status is 1 if that was too long. `--address` names a server that runs already instead.
"""

import argparse
import asyncio
import multiprocessing
import socket
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.faults.probe import Probe
from tests.local_installation import LocalInstallation

FORM = "/corriger-comptes-pix/"
READING_PAGE = "/reprendre/"
"""A page that reads the form it is sent, which the first page of a guide does not."""
LARGE_FILE = "/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js"
SECONDS_BETWEEN_DROPS = 1


class Connection(NamedTuple):
    """The two directions of the connection of a slow client."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send_drop(self, drop: bytes) -> None:
        """Sends some bytes, then waits until the next are due."""
        self.writer.write(drop)
        await self.writer.drain()
        await asyncio.sleep(SECONDS_BETWEEN_DROPS)


async def send_nothing(connection: Connection) -> None:
    await connection.reader.read()


async def drop_headers(connection: Connection) -> None:
    """Sends one more header each second, and never the end of the headers."""
    connection.writer.write(request_of(FORM).removesuffix(b"\r\n"))
    while True:
        await connection.send_drop(b"X-Drop: 1\r\n")


async def drop_body(connection: Connection) -> None:
    """Sends the body of a form, a byte each second."""
    connection.writer.write(request_of(READING_PAGE, body_length=10_000))
    while True:
        await connection.send_drop(b"a")


async def send_half_of_body(connection: Connection) -> None:
    """Sends half of the body of a form, then nothing more."""
    connection.writer.write(request_of(READING_PAGE, body_length=10_000) + b"a" * 5_000)
    await connection.reader.read()


async def drop_answers(connection: Connection) -> None:
    """Asks ten times for a large file, of which it reads a hundred bytes each second.

    The operating system holds two or three of these files for a client that does not read them.
    """
    connection.writer.write(10 * request_of(LARGE_FILE))
    while await connection.reader.read(100):
        await asyncio.sleep(SECONDS_BETWEEN_DROPS)


KINDS: dict[str, Callable[[Connection], Awaitable[None]]] = {
    "silent": send_nothing,
    "headers by the drop": drop_headers,
    "bodies by the drop": drop_body,
    "bodies half sent": send_half_of_body,
    "answers by the drop": drop_answers,
}


def request_of(path: str, *, body_length: int = 0) -> bytes:
    """Returns the headers of a request for a page, or of a form that is sent to the page."""
    form = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {body_length}\r\n"
    method = "POST" if body_length else "GET"
    headers = form if body_length else ""
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode()


async def stay_connected(address: tuple[str, int], kind: str) -> None:
    """Connects, and behaves as clients of the kind do; begins again when the server has closed."""
    while True:
        with suppress(OSError):
            client = socket.socket()
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
            client.setblocking(False)
            await asyncio.get_running_loop().sock_connect(client, address)
            connection = Connection(*await asyncio.open_connection(sock=client, limit=512))
            with closing(connection.writer):
                await KINDS[kind](connection)
        await asyncio.sleep(0.1)


def run_clients(address: tuple[str, int], kind: str, count: int) -> None:
    """Runs slow clients of one kind until the process is ended."""

    async def run_all() -> None:
        await asyncio.gather(*(stay_connected(address, kind) for _ in range(count)))

    asyncio.run(run_all())


@contextmanager
def hold_slow_clients(address: tuple[str, int], kind: str, count: int) -> Iterator[None]:
    """Has slow clients of one kind connected while the block runs."""
    clients = multiprocessing.get_context("spawn").Process(
        target=run_clients, args=(address, kind, count), daemon=True
    )
    clients.start()
    try:
        time.sleep(2)  # all are connected then
        yield
    finally:
        clients.kill()
        clients.join()


@contextmanager
def run_site() -> Iterator[str]:
    """Starts a new installation, and yields its address."""
    with tempfile.TemporaryDirectory() as folder:
        installation = LocalInstallation(Path(folder), workers=2)
        try:
            yield installation.start_and_wait()
        finally:
            installation.terminate_gracefully()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.slow_clients")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--address")
    parser.add_argument("kinds", nargs="*", choices=[[], *KINDS])
    options = parser.parse_args()
    all_quick = True
    with nullcontext(options.address) if options.address else run_site() as site:
        for kind in options.kinds or KINDS:
            parts = urlsplit(site)
            address = (parts.hostname or "", parts.port or 80)
            with hold_slow_clients(address, kind, options.clients), Probe(f"{site}{FORM}") as probe:
                time.sleep(options.seconds)
            sys.stdout.write(f"{options.clients} clients, {kind}: {probe}\n")
            sys.stdout.flush()
            all_quick &= probe.is_quick
    raise SystemExit(not all_quick)


if __name__ == "__main__":
    main()
