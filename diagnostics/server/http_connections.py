"""Connections as waitress keeps them: it reads requests whole, and few threads answer them.

Many slow clients thus hold no thread: one thread waits for all connections at once, whether they
are silent, send by the drop or read by the drop. The rest is what waitress leaves to its users:

- A request that the site would refuse is refused at its headers, in French.
- A refused client is listened to for some more seconds, so that it sees the answer.
- An answer to HEAD has no body.
- The pages of editors have threads of their own, fewer than those of visitors. However many editors
  ask for what takes long, such as proofs and imports, no visitor waits for a thread because of them.
- Of requests sent in a row, without waiting for answers, the first is answered. Otherwise the
  answers to a client that does not read them would pile up, or hold a thread.

The statuses of refusals, and what causes them:

- 413: the headers announce a body that is longer than its address takes.
- 414: the line of the request has more than 8,190 bytes. The site's own addresses are shorter; a link
  that another site made, with answers in it, can be that long, and so can a search in the admin.
- 431: all headers together have more than 32 KB. Cookies can be that long that other services of the
  same domain set; browsers themselves shorten the address of the previous page.
- 429: the bodies that are being sent are so long together that they could fill the disk.
- 400 and 501: what no browser sends, such as a header with a forbidden character, two lengths, a body
  without a length or an unknown encoding.
- 500: the server itself failed.
"""

import logging
import resource
import socket
from contextlib import suppress
from time import monotonic
from wsgiref.types import WSGIApplication

from django.conf import settings
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher, WSGITask
from waitress.utilities import (
    BadRequest,
    Error,
    RequestEntityTooLarge,
    RequestHeaderFieldsTooLarge,
)

from diagnostics.errors import refusal_message
from diagnostics.middleware import NO_LENGTH, body_limit

MAX_LINE_BYTES = 8_190
MAX_HEADER_BYTES = 32 * 1024
"""The bytes of the line and of all headers together."""
BODY_BUFFER_BYTES = 64 * 1024
ANSWER_BUFFER_BYTES = 256 * 1024
"""What a connection holds in memory of a body or of an answer. More is in a temporary file."""
MAX_BODIES_BYTES = 1024 * 1024 * 1024
"""The bytes of all bodies together that are in temporary files, or will be, at one time."""
TOO_MANY_BODIES = "D’autres longs envois sont en cours. Réessayez dans quelques secondes."
MAX_UNREAD_BYTES = 256 * 1024 * 1024
"""What a connection holds of an answer that the client does not read: more than the longest answer.

Beyond this, a thread waits for the client.
"""
MAX_OPEN_FILES = 4_096
FILES_OF_A_CONNECTION = 3
"""The files that a connection may open: its socket, a temporary file to read to and one to send from."""
IDLE_SECONDS = 30
"""After this time without a byte, a connection is closed, unless a request is being answered."""
LINGER_SECONDS = 5
"""How long a client that was refused is listened to."""

_logger = logging.getLogger("diagnostics")


class AddressTooLong(BadRequest):
    code = 414


class TooManyBodies(BadRequest):
    code = 429


class Request(HTTPRequestParser):
    """A request that is being read."""

    server: "Server"

    error: Error | None = None
    """What the request is refused for."""
    path = "/"
    """The path of the address, once its line was read."""

    def received(self, data: bytes) -> int:
        """Reads some bytes and returns how many were of this request. waitress calls this method."""
        beginning = (self.header_plus + data)[: MAX_LINE_BYTES + 2]
        length: int = super().received(data)
        if isinstance(self.error, RequestHeaderFieldsTooLarge) and b"\r\n" not in beginning:
            self.error = AddressTooLong("")
        return length

    def parse_header(self, header_plus: bytes) -> None:
        """Reads the headers, and refuses the request by them. waitress calls this method."""
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # such as a host between brackets that is no address
            raise ParsingError(str(error)) from None
        self.path = "/" + self.path.lstrip("/")  # as the site gets it
        if self.version not in ("1.0", "1.1"):
            raise ParsingError("unknown version")
        if self.chunked or "TRANSFER_ENCODING" in self.headers:
            raise ParsingError(NO_LENGTH)
        if len(self.first_line) > MAX_LINE_BYTES:
            self.error = AddressTooLong("")
        elif self.content_length > body_limit(self.path):
            self.error = RequestEntityTooLarge("")
        elif self.content_length > BODY_BUFFER_BYTES and not self.server.has_room_for_bodies:
            self.error = TooManyBodies(TOO_MANY_BODIES)
        self.completed = self.error is not None
        # Only a client whose body is wanted is told to go on.
        self.expect_continue &= self.content_length > 0 and not self.completed


class Answer(WSGITask):
    """The answer of the site to a request."""

    def execute(self) -> None:
        """Runs the site. waitress calls this method in a thread."""
        if len(self.channel.requests) > 1:
            self.set_close_on_finish()
        super().execute()

    def write(self, data: bytes) -> None:
        """Sends a part of the body; the first call sends the headers before it."""
        if self.request.command != "HEAD":
            super().write(data)
        else:
            super().write(b"")
            self.chunked_response = False  # so no end of a body follows either


class Refusal(ErrorTask):
    """The answer to a request that the site does not get."""

    def execute(self) -> None:
        """Sends the refusal. The log gets neither the visitor's address nor anything that was sent."""
        refused = self.request
        error = refused.error
        if error.code < 500:
            name = type(error).__name__
            _logger.warning("A request that cannot be read is refused: %s (%s)", error.code, name)
        detail = error.body if error.body in (NO_LENGTH, TOO_MANY_BODIES) else ""
        self.wrote_header = self.close_on_finish = self.channel.is_refused = True
        self.channel.write_soon(refusal_message(error.code, refused.path, detail))


class Connection(HTTPChannel):
    """The connection of a client."""

    task_class = Answer
    error_task_class = Refusal
    is_refused = False
    lingers_until = 0.0
    """Until when what a refused client still sends is read and thrown away; 0 before that."""

    def __repr__(self) -> str:
        """Returns a text for logs, without the visitor's address."""
        return "a connection"

    def parser_class(self, adj: Adjustments) -> Request:
        """Returns a request that will be read. waitress calls this method."""
        request = Request(adj)
        request.server = self.server
        return request

    def readable(self) -> bool:
        return self.lingers_until > 0 or super().readable()

    def received(self, data: bytes) -> bool:
        """Takes the bytes that have come. waitress calls this method."""
        if not self.lingers_until:
            return bool(super().received(data))
        if monotonic() > self.lingers_until:
            self.handle_close()
        return False

    def handle_close(self) -> None:
        """Closes the connection, or after a refusal only its way to the client at first.

        The answer could be lost with the connection, if that closed while the client is sending.
        """
        if self.is_refused and not self.lingers_until:
            self.lingers_until = monotonic() + LINGER_SECONDS
            self.will_close = False
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)
                return
        super().handle_close()

    def handle_error(self) -> None:
        """Closes a connection that failed, for example because the disk is full."""
        _logger.exception("A connection failed")
        super().handle_close()


class Server(TcpWSGIServer):
    """Waits for the connections that come to one socket, on which other processes wait too."""

    channel_class = Connection

    def __init__(self, application: WSGIApplication, listener: socket.socket, threads: int) -> None:
        super().__init__(
            application,
            {},
            _sock=listener,
            bind_socket=False,
            sockinfo=(listener.family, listener.type, listener.proto, listener.getsockname()),
            threads=threads,
            server_name=listener.getsockname()[0],  # for a request that names no host
            ident=None,  # no header says which server this is
            clear_untrusted_proxy_headers=False,  # Django reads them, as far as PROXIES says
            connection_limit=raise_file_limit() // FILES_OF_A_CONNECTION,
            max_request_header_size=MAX_HEADER_BYTES,
            inbuf_overflow=BODY_BUFFER_BYTES,
            outbuf_overflow=ANSWER_BUFFER_BYTES,
            outbuf_high_watermark=MAX_UNREAD_BYTES,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=IDLE_SECONDS // 3,
            log_socket_errors=False,
        )
        self.editor_dispatcher = ThreadedTaskDispatcher()
        self.editor_dispatcher.set_thread_count(max(1, threads - 1))

    def add_task(self, connection: HTTPChannel) -> None:
        """Gives the first request of a connection to a thread. waitress calls this method."""
        is_editors = connection.requests[0].path.startswith(settings.ADMIN_PATH)
        (self.editor_dispatcher if is_editors else self.task_dispatcher).add_task(connection)

    def serve_for(self, seconds: float) -> None:
        """Reads and sends what can be, and returns after some seconds at most."""
        wasyncore.loop(seconds, use_poll=True, map=self._map, count=1)

    def stop_accepting(self) -> None:
        """Accepts no more connections, and reads nothing more from the open ones."""
        self.adj.channel_request_lookahead = -1
        wasyncore.dispatcher.close(self)

    @property
    def has_room_for_bodies(self) -> bool:
        """True if the long bodies that are being read or used, together, are within the limit."""
        connections = self.active_channels.values()
        requests = (each for every in connections for each in [every.request, *every.requests])
        lengths: list[int] = [each.content_length for each in requests if each]
        return sum(length for length in lengths if length > BODY_BUFFER_BYTES) <= MAX_BODIES_BYTES

    @property
    def is_answering(self) -> bool:
        """True while a request is being answered, or an answer is not sent whole."""
        connections = self.active_channels.values()
        return any(each.requests or each.total_outbufs_len for each in connections)


def raise_file_limit() -> int:
    """Lets this process open up to `MAX_OPEN_FILES` files, if the system does; returns how many."""
    _, hard_limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = MAX_OPEN_FILES
    if hard_limit != resource.RLIM_INFINITY:
        files = min(files, hard_limit)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard_limit))
    return files
