"""The offline file shows the whole guide where its script does not run, or fails."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from rules.models import Guide
from tests.browser.sound import find_faults
from tests.browser.test_form import answer_questions, expect_outcomes

pytestmark = pytest.mark.browser

OpenAltered = Callable[..., Page]
SCRIPT_BEGINNING = "<script>"
FORGET_NEW_FUNCTIONS = """
  for (const name of ["replaceChildren", "checkVisibility", "toggleAttribute", "getHTML"]) {
    delete Element.prototype[name];
  }
  for (const name of ["at", "findLast", "toSorted", "toReversed", "with"]) delete Array.prototype[name];
  for (const name of ["at", "matchAll", "replaceAll"]) delete String.prototype[name];
  for (const name of ["fromEntries", "hasOwn", "groupBy"]) delete Object[name];
  for (const name of ["structuredClone", "queueMicrotask"]) delete window[name];
  delete Promise.any; delete Promise.allSettled;
"""
"""What browsers did not have in 2018."""


@pytest.fixture
def open_altered(
    chromium: Browser, client: Client, tmp_path: Path, shipped_guide: Guide
) -> Iterator[OpenAltered]:
    """Opens the file after a change of its text, in spite of the file's own policy."""
    contexts: list[BrowserContext] = []

    def open_page(old: str = "", new: str = "", before: str = "", **options: object) -> Page:
        html = client.get("/corriger-comptes-pix/hors-ligne/").content.decode()
        assert old in html
        file = tmp_path / "guide.html"
        file.write_text(html.replace(old, new, 1) if old else html)
        context = chromium.new_context(bypass_csp=True, locale="fr-FR", **options)  # type: ignore[arg-type]
        contexts.append(context)
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


def expect_whole_guide(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_text("voici tout le guide")).to_be_visible()
    expect(page.locator("[id^=questions-]:visible")).to_have_count(5)
    expect(page.locator("[id^=outcomes-]:visible")).to_have_count(15)
    steps = page.locator("#outcomes-associer-mediacentre li")
    expect(steps).to_have_count(5)
    expect(steps.first).to_be_visible()


def test_without_javascript_it_shows_the_whole_guide(open_altered: OpenAltered) -> None:
    page = open_altered(java_script_enabled=False)
    expect_whole_guide(page)
    page.get_by_role("link", name="Communiquer un code de campagne").first.click()
    expect(page.locator("#outcomes-communiquer-code-campagne")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(SCRIPT_BEGINNING, "<script>throw new Error();", id="fails at once"),
        pytest.param("function buildStartPage() {", "function buildStartPage() { throw 1;", id="fails late"),
        pytest.param(SCRIPT_BEGINNING, "<script>class A { #b ??= @ }", id="cannot be read"),
        pytest.param(SCRIPT_BEGINNING, '<script type="unknown">', id="is not run"),
    ],
)  # fmt: skip
def test_with_a_script_that_cannot_run_it_shows_the_whole_guide(
    open_altered: OpenAltered, old: str, new: str
) -> None:
    expect_whole_guide(open_altered(old, new))


def test_after_a_fault_on_the_way_it_shows_the_whole_guide(open_altered: OpenAltered) -> None:
    page = open_altered("function buildResultPage(", "function buildAnotherPage(")
    page.get_by_role("button", name="Commencer").click()
    answer_questions(page, ["non", "oui"])
    expect(page.locator(".progress")).to_contain_text("Question 3")
    answer_questions(page, ["aucune"])
    expect_whole_guide(page)
    page.get_by_role("link", name="Communiquer un code de campagne").first.click()
    expect(page.locator("#outcomes-communiquer-code-campagne")).to_be_in_viewport()


def test_it_asks_its_questions_in_a_browser_of_2018(open_altered: OpenAltered) -> None:
    page = open_altered(before=FORGET_NEW_FUNCTIONS)
    page.get_by_role("button", name="Commencer").click()
    answer_questions(page, ["non", "oui", "mail", "mail", "oui"])
    expect_outcomes(page, "Associer le compte Pix au Médiacentre", "Tout va bien\u00a0!")


def test_the_whole_guide_is_sound_in_every_window(open_altered: OpenAltered) -> None:
    """Axe needs a script, so only that of the file is left out."""
    page = open_altered(SCRIPT_BEGINNING, '<script type="unknown">')
    assert find_faults(page) == []
