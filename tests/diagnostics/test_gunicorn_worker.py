"""What gunicorn answers itself, when it cannot pass a request to the site."""

import logging
import socket

import pytest
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser

from diagnostics.errors import TITLES
from diagnostics.gunicorn_worker import Worker

VISITOR = ("192.0.2.7", 5001)
UNREADABLE = {
    "GET /guide/?" + "secret" * 2_000: 414,
    "GET / HTTP/1.1\r\nCookie: " + "secret" * 2_000: 431,
    "GET / HTTP/1.1" + "".join(f"\r\nX-{number}: secret" for number in range(101)): 431,
    "GET / HTTP/1.1\r\nExpect: secret": 417,
    "GET / HTTP/1.1\r\nTransfer-Encoding: secret": 501,
    "G@T /secret HTTP/1.1": 400,
    "GET / HTTP/9.1\r\nX: secret": 400,
    "GET / HTTP/1.1\r\nbad header: secret": 400,
    "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2": 400,
}


def answer_of(request: str) -> tuple[int, str, str]:
    """Returns the status, the headers and the page that the worker answers to an unreadable request."""
    client, visitor = socket.socketpair()
    with client, visitor:
        try:
            next(RequestParser(Config(), iter([f"{request}\r\n\r\n".encode()]), VISITOR))
        except Exception as error:  # as the worker does
            Worker.__new__(Worker).handle_error(None, client, VISITOR, error)
        client.close()
        answer = b"".join(iter(lambda: visitor.recv(65_536), b"")).decode()
    headers, _, page = answer.partition("\r\n\r\n")
    return int(headers.split()[1]), headers, page


@pytest.mark.parametrize(("request_text", "status"), UNREADABLE.items(), ids=range(len(UNREADABLE)))
def test_a_request_that_gunicorn_cannot_read_is_answered_in_french(
    request_text: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    answered, headers, page = answer_of(request_text)
    assert answered == status
    assert f"<h1>{TITLES[status]}</h1>" in page
    assert f"Content-Length: {len(page.encode())}\r\n" in headers
    assert "default-src 'none'" in headers
    assert not any(secret in page + caplog.text for secret in ("secret", *VISITOR[:1]))
