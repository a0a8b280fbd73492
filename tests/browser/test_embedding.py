"""Another site holds the form in its page, if the settings allow its origin."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("shipped_guide")]

HOST = """<!doctype html><html lang="fr"><meta charset="iso-8859-1"><title>Mon ENT</title>
<h1>Aide</h1><p>{before}</p>
<script src="{site}/static/diagnostics/integration.js" defer></script>
<pix-diagnostic guide="corriger-comptes-pix"{attributes}>
  <a href="{site}/corriger-comptes-pix/">Corriger les comptes</a>
</pix-diagnostic><p>Suite</p>{after}</html>"""


class Host:
    """Pages of another site."""

    def __init__(self, folder: Path, origin: str, site: str) -> None:
        self.folder, self.origin, self.site = folder, origin, site

    def page(self, attributes: str = "", before: str = "Avant") -> str:
        text = HOST.format(site=self.site, attributes=attributes, before=before, after="<br>" * 60)
        (self.folder / "page.html").write_text(text)
        return f"{self.origin}/page.html"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Writes no line for a request, unlike the class above."""


@pytest.fixture
def host(tmp_path: Path, live_server: LiveServer) -> Iterator[Host]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield Host(tmp_path, f"http://127.0.0.1:{server.server_port}", live_server.url)
        server.shutdown()
        thread.join()


@pytest.fixture
def allowed(host: Host, settings: Settings) -> Host:
    settings.FRAME_ANCESTORS = [host.origin]
    return host


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A window of its own, as that of the other tests takes any second site for a fault."""
    context = chromium.new_context(locale="fr-FR", viewport={"width": 800, "height": 600})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def framed_form(page: Page) -> FrameLocator:
    return page.frame_locator("pix-diagnostic iframe")


def begin_inside(page: Page) -> None:
    framed_form(page).get_by_role("button", name="Commencer").click()


def answer_inside(page: Page, choice: str) -> None:
    framed_form(page).locator(f"label:has([value={choice}])").click()
    with page.expect_event("framenavigated"):  # else the next choice is clicked on this page
        framed_form(page).get_by_role("button", name="Continuer").click()


FITTING_HEIGHT = """() => new Promise(done => {
    const page = document.documentElement
    const fits = () => page.scrollHeight <= innerHeight
        && innerHeight - page.getBoundingClientRect().height < 1
    const look = left => fits() ? done(innerHeight)
        : left ? requestAnimationFrame(() => look(left - 1)) : done(0)
    look(300)
})"""


def fitting_height(page: Page) -> int:
    """Returns the height of the frame in pixels, once nothing scrolls inside it and nothing is empty
    below; 0 if that never comes.
    """
    page.frames[1].wait_for_load_state()
    return int(page.frames[1].evaluate(FITTING_HEIGHT))


def test_the_whole_diagnostic_is_answered_inside(page: Page, allowed: Host) -> None:
    page.goto(allowed.page())
    begin_inside(page)
    for choice in ["non", "oui", "mediacentre", "mediacentre", "oui"]:
        answer_inside(page, choice)
    expect(framed_form(page).get_by_role("heading", name="Tout va bien")).to_be_visible()
    assert page.url == f"{allowed.origin}/page.html"
    assert page.context.cookies() == []


def test_the_frame_is_as_high_as_what_it_shows(page: Page, allowed: Host) -> None:
    page.goto(allowed.page())
    start = fitting_height(page)
    begin_inside(page)
    answer_inside(page, "non")
    expect(framed_form(page).get_by_text("Question 2")).to_be_visible()
    question = fitting_height(page)
    assert 0 < start < question
    page.evaluate("document.querySelector('iframe').style.width = '300px'")
    page.wait_for_function(f"document.querySelector('iframe').clientHeight > {question}")
    assert fitting_height(page) > question


def test_the_link_goes_once_the_form_is_there(page: Page, allowed: Host) -> None:
    page.goto(allowed.page())
    expect(framed_form(page).get_by_role("button", name="Commencer")).to_be_visible()
    expect(page.get_by_role("link", name="Corriger les comptes")).to_have_count(0)
    expect(page.get_by_title("Diagnostic guidé pour Pix")).to_be_visible()


def test_an_origin_that_is_not_allowed_keeps_the_link(page: Page, host: Host) -> None:
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(host.page())
    expect(framed_form(page).get_by_role("button", name="Commencer")).to_have_count(0)
    page.get_by_role("link", name="Corriger les comptes").click()
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()


def test_without_javascript_the_link_leads_to_the_form(chromium: Browser, allowed: Host) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(allowed.page())
    page.get_by_role("link", name="Corriger les comptes").click()
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    context.close()


def test_answers_given_by_the_host_are_those_of_a_prefilled_link(page: Page, allowed: Host) -> None:
    page.goto(allowed.page(attributes=' answers="liste-a-jour=oui&attribution-gar=non"'))
    expect(page.locator("iframe")).to_have_attribute(
        "src", f"{allowed.site}/corriger-comptes-pix/?liste-a-jour=oui&attribution-gar=non"
    )


def test_a_new_page_begins_at_its_top_where_that_is_out_of_view(page: Page, allowed: Host) -> None:
    page.goto(allowed.page(before="<br>" * 10))
    fitting_height(page)
    button = framed_form(page).get_by_role("button", name="Commencer")
    top = "Math.round(document.querySelector('iframe').getBoundingClientRect().top)"
    page.evaluate("scrollTo(0, 500)")
    assert page.evaluate(top) < 0
    button.click()
    expect(framed_form(page).get_by_text("Question 1")).to_be_visible()
    page.wait_for_function(f"{top} === 0")


def test_a_page_whose_top_is_in_view_does_not_move(page: Page, allowed: Host) -> None:
    page.set_viewport_size({"width": 800, "height": 1200})
    page.goto(allowed.page(before="<br>" * 10))
    begin_inside(page)
    expect(framed_form(page).get_by_text("Question 1")).to_be_visible()
    fitting_height(page)
    assert page.evaluate("scrollY") == 0


def test_a_height_that_another_page_tells_is_not_believed(page: Page, allowed: Host) -> None:
    page.goto(allowed.page())
    height = fitting_height(page)
    page.evaluate(
        """() => new Promise(done => {
            addEventListener("message", done, { once: true })
            postMessage({ type: "pix-diagnostic", height: 9999 }, "*")
        })"""
    )
    assert fitting_height(page) == height


def test_a_missing_choice_has_the_focus_inside_too(page: Page, allowed: Host) -> None:
    page.goto(allowed.page())
    begin_inside(page)
    framed_form(page).get_by_role("button", name="Continuer").click()
    expect(framed_form(page).get_by_role("radio").first).to_be_focused()


def test_what_is_elsewhere_opens_in_a_new_tab(page: Page, allowed: Host) -> None:
    page.context.route("https://support.pix.fr/**", lambda route: route.fulfill(body="Support"))
    page.goto(allowed.page())
    with page.context.expect_page() as opened:
        framed_form(page).get_by_role("link", name="Contacter le support Pix").click()
    assert opened.value.url.startswith("https://support.pix.fr")
    framed_form(page).get_by_role("link", name="Mentions légales").click()
    expect(framed_form(page).get_by_role("heading", name="Mentions légales")).to_be_visible()


def test_a_whole_class_opens_in_a_new_tab(page: Page, allowed: Host) -> None:
    page.goto(allowed.page())
    with page.context.expect_page() as opened:
        framed_form(page).get_by_role("link", name="Traiter toute une classe").click()
    expect(opened.value.get_by_role("heading", name="Traiter toute une classe")).to_be_visible()


def test_out_of_a_frame_a_link_stays_in_its_window(page: Page, host: Host) -> None:
    page.context.route("https://support.pix.fr/**", lambda route: route.fulfill(body="Support"))
    page.goto(f"{host.site}/corriger-comptes-pix/")
    page.get_by_role("link", name="Contacter le support Pix").click()
    page.wait_for_url("https://support.pix.fr/**")
