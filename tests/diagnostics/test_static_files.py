"""Tests that static files are compressed once, and that every way to ask for one still works."""

import gzip
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils.text import compress_sequence
from pytest_django import Settings

ADDRESS = "/static/diagnostics/pages.css"
CONTENT = Path(str(finders.find("diagnostics/pages.css"))).read_bytes()


class Fetched(NamedTuple):
    status: int
    headers: dict[str, str]
    content: bytes


def fetch_file(client: Client, address: str = ADDRESS, **headers: str) -> Fetched:
    response = client.get(address, headers=headers)
    content = response.getvalue()
    return Fetched(response.status_code, dict(response.headers), content)


@pytest.fixture
def gzip_client() -> Client:
    """A browser that accepts compressed files, of a process that has sent none yet."""
    return Client(headers={"Accept-Encoding": "gzip"})


@pytest.fixture
def count_compressions(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Returns a function that counts the files that were compressed so far."""
    compressions: list[int] = []

    def compress(*args: Any, **options: Any) -> Iterator[bytes]:  # noqa: ANN401
        compressions.append(1)
        yield from compress_sequence(*args, **options)

    monkeypatch.setattr("django.middleware.gzip.compress_sequence", compress)
    return lambda: len(compressions)


def test_the_second_request_does_not_compress_again(
    gzip_client: Client, count_compressions: Callable[[], int]
) -> None:
    first, second = fetch_file(gzip_client), fetch_file(gzip_client)
    assert gzip.decompress(first.content) == CONTENT
    assert second == first
    assert count_compressions() == 1


def test_a_file_that_a_browser_has_already_stays_compressed(
    gzip_client: Client, count_compressions: Callable[[], int]
) -> None:
    date = fetch_file(gzip_client).headers["Last-Modified"]
    assert fetch_file(gzip_client, if_modified_since=date).status == 304
    before = count_compressions()
    fetch_file(gzip_client)
    assert count_compressions() == before


def test_each_file_is_compressed_for_itself(gzip_client: Client) -> None:
    other = fetch_file(gzip_client, "/static/diagnostics/result.css")
    assert gzip.decompress(fetch_file(gzip_client).content) == CONTENT
    assert gzip.decompress(other.content) != CONTENT


def test_a_compressed_file_says_its_length(gzip_client: Client) -> None:
    fetched = fetch_file(gzip_client)
    assert fetched.headers["Content-Length"] == str(len(fetched.content))


def test_the_headers_of_a_compressed_file_have_its_date_and_no_tag(gzip_client: Client) -> None:
    headers = fetch_file(gzip_client).headers
    assert (headers["Content-Encoding"], headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert "Last-Modified" in headers
    assert "ETag" not in headers


def test_a_client_that_accepts_no_compression_gets_the_file_as_it_is(gzip_client: Client) -> None:
    fetch_file(gzip_client)
    response = fetch_file(gzip_client, accept_encoding="identity")
    assert response.content == CONTENT
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("is_remembered", [False, True])
def test_a_request_for_less_than_the_whole_file_gets_less(
    gzip_client: Client, is_remembered: bool
) -> None:
    if is_remembered:
        fetch_file(gzip_client)
    head = gzip_client.head(ADDRESS)
    known = fetch_file(gzip_client, if_modified_since=head.headers["Last-Modified"])
    part = fetch_file(gzip_client, range="bytes=10-19")
    assert (head.status_code, known.status, part.status) == (200, 304, 206)
    assert part.content == CONTENT[10:20]
    assert gzip.decompress(fetch_file(gzip_client).content) == CONTENT


def test_a_file_that_changes_in_development_is_compressed_again(
    tmp_path: Path, settings: Settings, gzip_client: Client
) -> None:
    settings.STATICFILES_DIRS, settings.WHITENOISE_AUTOREFRESH = [tmp_path], True
    for year, text in enumerate(["a" * 300, "b" * 300], 40):
        (tmp_path / "new.css").write_text(text)
        os.utime(tmp_path / "new.css", (0, year * 31_536_000))
        response = fetch_file(gzip_client, "/static/new.css")
        assert gzip.decompress(response.content) == text.encode()
