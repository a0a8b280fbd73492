"""Browsers of 2018 and 2019, which cannot read the scripts of today and pass over some of the style,
show whole pages. Chromium plays them.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from rules.legal.legal_texts import LEGAL_PAGE_KEYS
from rules.models import Guide
from tests.browser.conftest import NewPage
from tests.browser.old_style import new_features, new_in_selectors, old_style, split_selectors
from tests.browser.sound import sideways_scrolls, window_size
from tests.browser.test_form import answer_questions, begin_diagnostic, expect_outcomes
from tests.browser.test_result import result_address

pytestmark = pytest.mark.browser

GUIDE = "/corriger-comptes-pix/"
PUBLIC_STYLES = [
    settings.BASE_DIR / "rules/static/rules/picture.css",
    *(settings.BASE_DIR / "diagnostics/static/diagnostics/offline").glob("*.css"),
    *(
        settings.BASE_DIR / f"diagnostics/static/diagnostics/{name}.css"
        for name in ("pages", "fields", "result", "prose", "poster", "classe", "classe-sans-script")
    ),
]
ADDITIONS = {
    ":focus-visible": "browsers have a ring of their own for what has the focus",
    ":has": "what is chosen or done wears its colour, besides the tick in its box",
    ":is": "only in class mode, whose script starts in browsers that know it, and in spaces on paper",
    ":not() of several": "only in class mode, whose script starts in browsers that know it",
    "::details-content": "what is folded is printed if it was opened",
    "accent-color": "boxes have the browser’s own colour",
    "color-scheme": "without it pages are light",
    "column-span": "a title stands in the first column",
    "content / content read aloud": "it follows a content that is read aloud too",
    "content-visibility": "it goes with ::details-content",
    "field-sizing": "the text for support scrolls in its field",
    "gap of display: flex": "pages.css puts margins in its place where it matters",
    "light-dark()": "the picture is drawn in one colour, on white",
    "min()": "fields stand in one column",
    "overflow-wrap: anywhere": "it follows break-word, and grids say min-width: 0",
    "padding-block": "boxes are higher",
    "print-color-adjust": "print may lose the colours",
    "scroll-initial-target": "readers scroll to the first question of a wide picture",
    "user-select": "a click does not select the whole snippet",
    "width: fit-content": "a label is as wide as its column",
}
"""What these browsers pass over in public pages, and why each page is whole without it.

A property that they know is in `old_properties.txt`, and not here.
"""
OVERLAPS = Path(__file__).with_name("find_overlaps.js").read_text()


def test_what_old_browsers_pass_over_is_an_addition() -> None:
    rules = [rule for style in PUBLIC_STYLES for rule in new_features(style.read_text())]
    assert set().union(*(new for _, new in rules)) == set(ADDITIONS)


def test_no_old_selector_is_lost_beside_a_new_one() -> None:
    lost = [
        selectors
        for style in PUBLIC_STYLES
        for selectors, _ in new_features(style.read_text())
        if len({bool(new_in_selectors(each)) for each in split_selectors(selectors)}) > 1
    ]
    assert lost == []


def serve_old_file(route: Route) -> None:
    """Serves the offline file as a page: its style as these browsers read it, without script."""
    answer = route.fetch()
    html = re.sub(r"<script.*?</script>|<meta http-equiv.*?>", "", answer.text(), flags=re.S)
    html = re.sub(r"(?<=<style>).*?(?=</style>)", lambda css: old_style(css[0]), html, flags=re.S)
    route.fulfill(body=html, content_type="text/html")


def test_the_offline_file_is_whole(page: Page, shipped_guide: Guide) -> None:
    page.route("**/hors-ligne/", serve_old_file)
    page.goto(f"{GUIDE}hors-ligne/")
    expect(page.get_by_role("heading", name="Associer le compte Pix").first).to_be_visible()
    assert [*sideways_scrolls(page), *page.evaluate(OVERLAPS)] == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page in a browser that reads no script and passes over new style."""
    page = new_page(viewport=window_size(320))
    page.route("**/*.css", serve_old_style)
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    return page


def serve_old_style(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=old_style(answer.text()))


def test_pages_are_whole(page: Page, shipped_guide: Guide) -> None:
    addresses = [
        *(GUIDE, f"{GUIDE}?liste-a-jour=non"),
        *(result_address(shipped_guide, answers) for answers in ({}, {"liste-a-jour": "non"})),
        result_address(shipped_guide),
        *(f"{GUIDE}{end}/" for end in ("classe", "affiche")),
        *(f"/{name}/" for name in ("reprendre", "integration", "plan-du-site", "nulle-part")),
        *(f"/{name}/" for name in LEGAL_PAGE_KEYS),
    ]
    faults = {}
    for address in addresses:
        page.goto(address)
        faults[address] = [*sideways_scrolls(page), *page.evaluate(OVERLAPS)]
    assert {address: found for address, found in faults.items() if found} == {}


def test_a_diagnostic_is_answered_to_its_result(page: Page, shipped_guide: Guide) -> None:
    begin_diagnostic(page)
    answer_questions(page, ["non", "oui", "mail", "mail", "oui"])
    expect_outcomes(page, "Associer le compte Pix au Médiacentre", "Tout va bien\u00a0!")
    step = page.locator(".acts li li label").first
    step.click()
    text_style = "label => getComputedStyle(label.querySelector('span')).textDecoration"
    assert "line-through" in step.evaluate(text_style)


def test_the_words_of_the_picture_are_read(page: Page, shipped_guide: Guide) -> None:
    page.goto(f"{GUIDE}affiche/")
    for part, colour in (("path", "rgb(255, 255, 255)"), ("text", "rgb(18, 38, 71)")):
        shape = page.locator(f".picture .node {part}").first
        assert shape.evaluate("shape => getComputedStyle(shape).fill") == colour


def test_a_class_is_begun_by_the_form_without_a_script(page: Page, shipped_guide: Guide) -> None:
    page.goto(f"{GUIDE}classe/")
    box = page.get_by_label("Combien d’élèves").bounding_box()
    assert box is not None
    assert box["height"] >= 44  # by its own style sheet
    page.get_by_label("Combien d’élèves").fill("2")
    for name in ("liste des élèves", "GAR"):
        page.get_by_role("group", name=name).get_by_text("Oui").click()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("2 élèves à compléter sur 2")).to_be_visible()
    assert [*sideways_scrolls(page), *page.evaluate(OVERLAPS)] == []
