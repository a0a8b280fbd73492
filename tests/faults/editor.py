"""An editor who opens pages of the admin and sends their forms, by HTTP and without a browser."""

import time
from dataclasses import dataclass
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from bs4 import BeautifulSoup

from tests.admin.pages import form_fields

MAX_WAIT_SECONDS = 60
"""The time that an editor waits for a page at most: long, to see how long pages really take."""


@dataclass(frozen=True)
class Page:
    address: str
    """The address to which the request was redirected at last."""
    status: int
    """The status of the answer, 0 if there was none in time."""
    seconds: float
    size: int
    content: BeautifulSoup


class Editor:
    """A login of its own at the admin of a site."""

    def __init__(self, address: str, account: str, password: str) -> None:
        self.address = address
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        page = self.send_form("/admin/", "#login-form", username=account, password=password)
        assert not page.content.select("#login-form"), "the login is refused"

    def open_page(self, path: str, data: bytes | None = None) -> Page:
        began = time.monotonic()
        try:
            answer = self._opener.open(self.address + path, data, timeout=MAX_WAIT_SECONDS)
        except HTTPError as refusal:
            answer = refusal
        except TimeoutError:
            return Page(path, 0, time.monotonic() - began, 0, BeautifulSoup())
        with answer:
            body = answer.read()
        seconds = time.monotonic() - began
        content = BeautifulSoup(body.decode(), "html.parser")
        path = answer.url.removeprefix(self.address)
        return Page(path, answer.status, seconds, len(body), content)

    def send_form(
        self, path: str, selector: str = "#content-start form[method=post]", **changes: str
    ) -> Page:
        """Opens a page, changes fields of its form, sends it and returns the page that follows."""
        return self.send_form_of(self.open_page(path), selector, **changes)

    def send_form_of(self, page: Page, selector: str, **changes: str) -> Page:
        fields = form_fields(page.content, selector) | changes
        return self.open_page(page.address, urlencode(fields, doseq=True).encode())
