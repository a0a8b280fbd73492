"""How the server reads requests, what it refuses by itself, and that slow clients hold no thread."""

import errno
import json
import logging
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from threading import Event, Thread
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from waitress import wasyncore
from waitress.channel import HTTPChannel

from diagnostics.errors import PAGE_TITLES, TITLES
from diagnostics.middleware import NO_LENGTH
from diagnostics.server import http_connections
from diagnostics.server.http_connections import Request, Server

END = "\r\n\r\n"
UNREADABLE = {
    "GET /guide/?" + "secret" * 2_000 + " HTTP/1.1": 414,
    "GET /guide/?" + "secret" * 20_000: 414,
    "GET / HTTP/1.1\r\nCookie: " + "secret" * 6_000: 431,
    "GET / HTTP/1.1" + "".join(f"\r\nX-{number}: secret" for number in range(3_000)): 431,
    "GET / HTTP/1.1\r\nTransfer-Encoding: secret": 501,
    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked": 400,
    "POST / HTTP/1.0\r\nTransfer-Encoding: chunked": 400,
    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3": 400,
    "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2": 400,
    "POST / HTTP/1.1\r\nContent-Length: +1": 400,
    "POST / HTTP/1.1\r\nContent-Length: " + "9" * 5_000: 400,
    "POST / HTTP/1.1\r\nContent-Length: 65537": 413,
    "POST /api/v1/guides/secret/evaluate-batch HTTP/1.1\r\nContent-Length: 2097153": 413,
    "POST /admin/secret/ HTTP/1.1\r\nContent-Length: 100000000": 413,
    "G@T /secret HTTP/1.1": 400,
    "GET http://[secret HTTP/1.1": 400,
    "GET / HTTP/9.1\r\nX: secret": 400,
    "GET / HTTP/1.1\r\nbad header: secret": 400,
    "GET / HTTP/1.1\nHost: secret": 400,
}


class Site:
    """An application in place of the site, and the server that runs it in two threads."""

    def __init__(self, listener: socket.socket) -> None:
        self.address = listener.getsockname()
        self.server = Server(self.answer, listener, threads=2)
        self.environ: WSGIEnvironment = {}
        self.body = b""
        self.may_answer = Event()

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.environ, self.body = environ, environ["wsgi.input"].read()
        path = environ["PATH_INFO"]
        if path == "/failure":
            raise LookupError("secret")
        if path.endswith("/wait"):
            self.may_answer.wait(20)
        body = [b"a" * 1_000_000] * 10 if path == "/large" else [b"an answer"]
        length = [] if path == "/unknown-length" else [("Content-Length", str(sum(map(len, body))))]
        start_response("200 OK", length)
        return iter(body)

    def connect(self, *parts: str) -> socket.socket:
        """Returns a new connection on which the parts have been sent."""
        client = socket.create_connection(self.address, timeout=20)
        for part in parts:
            client.sendall(part.encode())
        return client


@pytest.fixture
def site() -> Iterator[Site]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        site, ended = Site(listener), Event()

        def serve() -> None:
            while not ended.is_set():
                site.server.serve_for(0.05)

        thread = Thread(target=serve)
        thread.start()
        yield site
        ended.set()
        thread.join()
        site.may_answer.set()
        site.server.task_dispatcher.shutdown()
        site.server.editor_dispatcher.shutdown()
        for connection in list(site.server.active_channels.values()):
            HTTPChannel.handle_close(connection)
        wasyncore.close_all(site.server._map)


def read_answer(client: socket.socket) -> tuple[int, str, str]:
    """Returns the status, the headers and the body of what is sent until the server closes."""
    with client:
        answer = b"".join(iter(lambda: client.recv(65_536), b"")).decode()
    headers, _, body = answer.partition(END)
    return int(headers.split()[1]), headers, body


@pytest.mark.parametrize(("request_text", "status"), UNREADABLE.items(), ids=range(len(UNREADABLE)))
def test_a_request_that_the_site_does_not_get_is_refused_in_french(
    site: Site, request_text: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    answered, headers, page = read_answer(site.connect(request_text, END))
    assert answered == status
    titles = TITLES if "/api/" in request_text else PAGE_TITLES
    assert titles[status] in page
    assert f"Content-Length: {len(page.encode())}\r\n" in headers
    assert "default-src 'none'" in headers
    assert "\r\nServer:" not in headers
    assert "secret" not in page + caplog.text
    assert "127.0.0.1" not in caplog.text
    assert not site.environ


def test_an_answer_does_not_say_which_server_this_is(site: Site) -> None:
    _, headers, _ = read_answer(site.connect("GET / HTTP/1.0", END))
    assert "server" not in headers.lower()


def test_programs_get_a_refusal_as_a_problem(site: Site) -> None:
    request = "POST /api/v1/sessions HTTP/1.1\r\nTransfer-Encoding: chunked"
    _, headers, body = read_answer(site.connect(request, END))
    assert "Content-Type: application/problem+json" in headers
    assert json.loads(body)["detail"] == NO_LENGTH


def test_a_failure_of_the_site_is_a_page_in_french(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    status, _, page = read_answer(site.connect("GET /failure HTTP/1.1", END))
    assert status == 500
    assert PAGE_TITLES[500] in page
    assert "LookupError" in caplog.text


def test_a_client_that_asks_before_it_sends_a_body_that_is_too_long_is_not_told_to_go_on(
    site: Site,
) -> None:
    request = "POST / HTTP/1.1\r\nContent-Length: 70000\r\nExpect: 100-continue"
    assert read_answer(site.connect(request, END))[0] == 413


def test_a_client_that_sends_a_body_that_is_too_long_sees_the_refusal(site: Site) -> None:
    """The client sends all before it reads, as most programs do."""
    request = "POST / HTTP/1.1\r\nContent-Length: 20000000"
    assert read_answer(site.connect(request, END, "a" * 20_000_000))[0] == 413


def test_long_bodies_that_could_fill_the_disk_together_are_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_connections, "MAX_BODIES_BYTES", 3_000_000)
    request = "POST /admin/ HTTP/1.0\r\nContent-Length: 2000000"
    sending = site.connect(request, END, "a")
    wait_until(lambda: any(each.request for each in site.server.active_channels.values()))
    refused, headers, page = read_answer(site.connect(request, END, "a" * 2_000_000))
    assert refused == 429
    assert "\r\nRetry-After: " in headers
    assert http_connections.TOO_MANY_BODIES in page
    short = "POST /admin/ HTTP/1.0\r\nContent-Length: 3"
    assert read_answer(site.connect(short, END, "aaa"))[0] == 200
    sending.sendall(b"a" * 1_999_999)
    assert read_answer(sending)[0] == 200
    assert read_answer(site.connect(request, END, "a" * 2_000_000))[0] == 200


def test_a_body_is_given_to_the_site_whole(site: Site) -> None:
    client = site.connect("POST / HTTP/1.0\r\nContent-Length: 60000", END, "a" * 59_999)
    time.sleep(0.2)
    assert not site.environ
    client.sendall(b"b")
    assert read_answer(client)[0] == 200
    assert site.body == b"a" * 59_999 + b"b"


def test_the_answer_to_head_has_no_body_and_the_next_answer_follows_it(site: Site) -> None:
    client = site.connect("HEAD / HTTP/1.1", END)
    headers = client.recv(65_536).decode()
    assert "Content-Length: 9\r\n" in headers
    assert headers.endswith(END)
    client.sendall(f"GET / HTTP/1.1\r\nConnection: close{END}".encode())
    assert read_answer(client)[::2] == (200, "an answer")


def test_the_answer_to_head_has_no_body_even_if_its_length_is_unknown(site: Site) -> None:
    client = site.connect("HEAD /unknown-length HTTP/1.1", END)
    assert read_answer(client)[::2] == (200, "")


def test_of_requests_that_do_not_wait_for_answers_the_first_is_answered(site: Site) -> None:
    status, headers, body = read_answer(site.connect(f"GET / HTTP/1.1{END}" * 3))
    assert (status, body) == (200, "an answer")
    assert "Connection: close" in headers


SLOW_CLIENTS = {
    "silent": "",
    "half of the headers": "GET / HTTP/1.1\r\nHost: localhost\r\nX-",
    "half of the body": f"POST / HTTP/1.1\r\nContent-Length: 10{END}aaaaa",
    "an answer that is not read": f"GET /large HTTP/1.1{END}",
    "answers that are not read": f"GET /large HTTP/1.1{END}" * 50,
}


@pytest.mark.parametrize("sent", SLOW_CLIENTS.values(), ids=SLOW_CLIENTS.keys())
def test_slow_clients_hold_no_thread(site: Site, sent: str) -> None:
    slow_clients = [site.connect(sent) for _ in range(10)]
    time.sleep(0.2)
    assert read_answer(site.connect("GET / HTTP/1.0", END))[0] == 200
    for client in slow_clients:
        client.close()


def test_what_a_proxy_would_say_changes_nothing(site: Site) -> None:
    headers = (
        "SCRIPT_NAME: /admin", "Script-Name: /admin", "PATH_INFO: /admin", "REMOTE_ADDR: 192.0.2.1",
        "X-Forwarded-Proto: https", "X-Forwarded-Ssl: on", "X-Forwarded-Protocol: ssl",
        "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Host: example.fr", "Forwarded: for=192.0.2.1",
        "X_Forwarded_For: 192.0.2.2",
    )  # fmt: skip
    read_answer(site.connect("GET /page HTTP/1.0\r\n", "\r\n".join(headers), END))
    assert (site.environ["SCRIPT_NAME"], site.environ["PATH_INFO"]) == ("", "/page")
    assert site.environ["REMOTE_ADDR"] == "127.0.0.1"
    assert site.environ["wsgi.url_scheme"] == "http"
    assert site.environ["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"  # for Django, as far as PROXIES says


def test_a_line_of_the_proxy_protocol_is_refused(site: Site) -> None:
    line = "PROXY TCP4 192.0.2.1 192.0.2.2 5000 80\r\n"
    assert read_answer(site.connect(line, "GET / HTTP/1.1", END))[0] == 400


def test_a_server_that_stops_finishes_what_it_is_answering_and_reads_no_more(site: Site) -> None:
    # The idle connection comes first, so that it is accepted once the busy one is being answered.
    idle, busy = site.connect(), site.connect("GET /wait HTTP/1.0", END)
    wait_until(lambda: site.server.is_answering)
    site.server.stop_accepting()
    time.sleep(0.2)  # until the thread that waits for connections has seen it
    idle.sendall(f"GET / HTTP/1.1{END}".encode())
    assert site.server.is_answering
    site.may_answer.set()
    assert read_answer(busy)[2] == "an answer"
    wait_until(lambda: not site.server.is_answering)
    idle.settimeout(0.2)
    with idle, pytest.raises(TimeoutError):
        idle.recv(1)


def test_a_connection_that_fails_leaves_a_line_without_its_address(
    site: Site, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(request: Request, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Request, "received", fail)
    caplog.set_level(logging.INFO)
    with site.connect("GET / HTTP/1.1", END) as client, suppress(ConnectionResetError):
        assert client.recv(1) == b""
    assert "A connection failed" in caplog.text
    assert "127.0.0.1" not in caplog.text


def test_a_refusal_that_fails_leaves_no_address_in_the_log(
    site: Site, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise LookupError("no template")

    monkeypatch.setattr("diagnostics.server.http_connections.refusal_message", fail)
    with site.connect("GET /failure HTTP/1.1", END):
        wait_until(lambda: "Exception when servicing" in caplog.text)
    assert "127.0.0.1" not in caplog.text


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("path", ["/admin/wait", "///admin/wait", "/%2fadm%69n/wait"])
def test_visitors_are_answered_while_editors_wait_for_long_pages(site: Site, path: str) -> None:
    editors = [site.connect(f"GET {path} HTTP/1.0", END) for _ in range(8)]
    status, _, _ = read_answer(site.connect("GET / HTTP/1.0", END))
    assert status == 200
    site.may_answer.set()
    assert [read_answer(editor)[0] for editor in editors] == [200] * 8


def test_editors_are_answered_while_visitors_wait(site: Site) -> None:
    visitors = [site.connect("GET /wait HTTP/1.0", END) for _ in range(8)]
    status, _, _ = read_answer(site.connect("GET /admin/ HTTP/1.0", END))
    assert status == 200
    site.may_answer.set()
    assert [read_answer(visitor)[0] for visitor in visitors] == [200] * 8
