import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Route,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from rules.models import Guide

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NewPage = Callable[..., Page]
OpenFile = Callable[..., Page]

expect.set_options(timeout=15_000)  # milliseconds: the server may be slow while other tests run
LogIn = Callable[..., Page]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as running:
        # Playwright's event loop runs in this thread, where Django then refuses its database.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    # the first is the same engine without the windows of the second, which take most of its time
    program = find_program("chromium-headless-shell", "chromium")
    browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    # this channel is for a Firefox as it is released, without the changes that playwright makes
    program = find_program("firefox-esr")
    browser = playwright.firefox.launch(executable_path=program, channel="moz-firefox")
    yield browser
    browser.close()


def find_program(*names: str) -> str:
    """Returns the path of the first of these programs that is installed.

    Without any, the test is skipped, or fails on CI.
    """
    for name in names:
        if program := shutil.which(name):
            return program
    missing = f"{names[0]} is not installed (apt-get install {names[0]})"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture
def new_page(chromium: Browser, live_server: LiveServer) -> Iterator[NewPage]:
    """Opens pages in windows of their own, with playwright's options for a context.

    The test fails when a page asks another host for something, or complains in its console.
    """
    yield from open_watched_pages(chromium, live_server.url)


@pytest.fixture
def new_firefox_page(firefox: Browser, live_server: LiveServer) -> Iterator[NewPage]:
    """Opens pages in Firefox, watched as those in chromium are."""
    yield from open_watched_pages(firefox, live_server.url)


def open_watched_pages(browser: Browser, site: str) -> Iterator[NewPage]:
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(**options: Any) -> Page:  # noqa: ANN401 (playwright's options)
        context = browser.new_context(base_url=site, locale="fr-FR", **options)
        contexts.append(context)
        watch_context(context, site, complaints)
        return context.new_page()

    yield open_page
    for context in contexts:
        for page in context.pages:
            page.wait_for_load_state()  # scripts of the last page have run
        context.close()
    assert not complaints


@pytest.fixture
def log_in(new_page: NewPage, live_server: LiveServer, shipped_guide: Guide) -> LogIn:
    """Opens windows in which a new member of a group is logged in already, by a cookie."""

    def log_in_as(
        name: str = "paul", group: str = "Responsables de publication", **options: object
    ) -> Page:
        user = User.objects.create_user(name, is_staff=True)
        user.groups.set(Group.objects.filter(name=group))
        client = Client()
        client.force_login(user)
        page, cookie = new_page(**options), client.cookies[settings.SESSION_COOKIE_NAME]
        address = f"{live_server.url}{settings.SESSION_COOKIE_PATH}"
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
        return page

    return log_in_as


@pytest.fixture
def open_file(chromium: Browser, client: Client, tmp_path: Path) -> Iterator[OpenFile]:
    """Downloads the file of a guide, and opens it in a window of its own, with playwright's options.

    The test fails when the file asks for anything, or complains in the console.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        slug: str = "corriger-comptes-pix", days_old: float = 0, **options: object
    ) -> Page:
        file = tmp_path / f"{slug}.html"
        file.write_bytes(client.get(f"/{slug}/hors-ligne/").content)
        context = chromium.new_context(locale="fr-FR", **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_offline(True)
        context.on("request", lambda request: note_request(request.url, file, complaints))
        context.on("console", lambda message: complaints.append(message.text))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        page = context.new_page()
        page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=days_old))
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def note_request(address: str, file: Path, complaints: list[str]) -> None:
    if address != file.as_uri():
        complaints.append(f"request for {address}")


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


def watch_context(context: BrowserContext, site: str, complaints: list[str]) -> None:
    def block(route: Route) -> None:
        complaints.append(f"request to {route.request.url}")
        route.abort()

    context.route(lambda address: not address.startswith(f"{site}/"), block)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on(
        "response",
        lambda response: (
            complaints.append(f"{response.status} for {response.url}")
            if response.status >= 400 and not response.request.is_navigation_request()
            else None
        ),
    )
    context.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            # the console repeats the status of a page that refuses something, as it should
            if message.type in {"error", "warning"}
            and "Failed to load resource" not in message.text
            else None
        ),
    )
