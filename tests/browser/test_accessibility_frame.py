"""Legal pages and the page for other sites keep the rules that every public page keeps."""

import pytest
from playwright.sync_api import Page, expect

from diagnostics.installation import legal_pages_create
from rules.models import Guide
from tests.browser.axe import axe_violations
from tests.browser.conftest import LogIn, NewPage
from tests.browser.sound import find_faults

pytestmark = pytest.mark.browser

ADDRESSES = ["accessibilite", "mentions-legales", "donnees-personnelles"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_sound_in_every_window(address: str, page: Page, shipped_guide: Guide) -> None:
    page.goto(f"/{address}/")
    assert find_faults(page) == []


def test_the_page_for_other_sites_shows_the_form_and_all_answers_and_is_sound(
    page: Page, shipped_guide: Guide
) -> None:
    page.goto("/integration/")
    page.get_by_text("Toutes les questions").click()
    example = page.frame_locator("iframe")
    expect(example.get_by_role("button", name="Commencer")).to_be_visible()
    assert find_faults(page) == []


def test_legal_links_are_large_enough_and_ringed(page: Page, shipped_guide: Guide) -> None:
    page.goto("/corriger-comptes-pix/")
    for link in page.get_by_label("informations légales").get_by_role("link").all():
        link.focus()
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 42
        assert link.evaluate("element => getComputedStyle(element).outlineWidth") == "3px"


def test_forced_colours_keep_the_edges_of_what_shadows_set_apart(
    new_page: NewPage, shipped_guide: Guide
) -> None:
    page = new_page(forced_colors="active")
    page.goto("/corriger-comptes-pix/")
    edge = "element => getComputedStyle(element).borderTopStyle"
    assert page.locator(".card").evaluate(edge) == "solid"


def test_nothing_moves(page: Page, shipped_guide: Guide) -> None:
    """A page that does not move suits people who prefer reduced motion."""
    page.goto("/corriger-comptes-pix/")
    find_motion = """() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
        .filter(rule => /transition|animation|scroll-behavior/.test(rule.cssText)).length"""
    assert page.evaluate(find_motion) == 0


@pytest.mark.django_db(transaction=True)
def test_editing_a_legal_page_breaks_no_rule(log_in: LogIn) -> None:
    legal_pages_create()
    page = log_in()
    for end in ("", "mentions-legales/change/", "mentions-legales/history/"):
        page.goto(f"/admin/rules/legalpage/{end}")
        assert axe_violations(page) == [], end
    page.goto("/admin/rules/legalpage/mentions-legales/change/")
    page.get_by_label("Texte").fill("Édité par **nous**.")
    expect(page.locator(".preview strong")).to_have_text("nous")
