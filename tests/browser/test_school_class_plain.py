"""A whole class is sorted without JavaScript, on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from rules.models import Guide
from tests.browser.axe import axe_violations
from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

CLASS = "/corriger-comptes-pix/classe/"
PHONE = {"width": 320, "height": 700}


@pytest.fixture
def expect_sound(new_page: NewPage) -> Callable[[Page], None]:
    """A check of the page by axe, which needs JavaScript: it runs on a copy without the page's scripts."""
    with_axe = new_page(viewport=PHONE)

    def check(page: Page) -> None:
        html = re.sub("<script.*?</script>", "", page.content(), flags=re.S)
        with_axe.route(
            f"**{CLASS}", lambda route: route.fulfill(body=html, content_type="text/html")
        )
        with_axe.goto(CLASS)
        assert axe_violations(with_axe) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        for target in (
            page.locator("select, [type=text], .choice, .button").filter(visible=True).all()
        ):
            box = target.bounding_box()
            assert box is not None
            assert box["height"] >= 44

    return check


def go_on(page: Page, button: str = "Continuer") -> None:
    page.get_by_role("button", name=button).last.click()


def test_a_class_is_sorted_without_javascript(
    new_page: NewPage, shipped_guide: Guide, expect_sound: Callable[[Page], None]
) -> None:
    page = new_page(java_script_enabled=False, viewport=PHONE)
    page.goto(CLASS)
    expect_sound(page)
    go_on(page)
    expect(page.get_by_label("Combien d’élèves")).to_be_focused()
    expect_sound(page)

    page.get_by_label("Combien d’élèves").fill("4")
    page.get_by_role("group", name="liste des élèves").get_by_label("Non").check()
    page.keyboard.press("Enter")
    page.get_by_role("group", name="GAR").get_by_label("Oui").check()
    go_on(page)

    page.get_by_label("Élève 1", exact=True).select_option("Mail")
    page.get_by_label("Réponse pour tous").select_option("– (aucune)")
    go_on(page)
    expect(page.get_by_text("1 élève à compléter sur 4")).to_be_visible()
    expect_sound(page)

    page.get_by_label("Les réponses d’un élève").select_option("Élève 4")
    go_on(page, "Modifier")
    expect(page.get_by_role("heading", name="l’élève 4")).to_be_focused()
    expect_sound(page)
    page.get_by_label("quelle méthode").select_option("Mail")
    page.get_by_role("button", name="Modifier").first.click()
    page.get_by_label("Réponse pour tous").select_option("Avec son adresse mail sur Pix.fr")
    go_on(page)
    page.get_by_label("Réponse pour tous").select_option("Oui")
    go_on(page)

    expect(page.get_by_role("heading", level=3)).to_have_text(
        ["Importer la liste des élèves dans Pix Orga", "Élèves 2 et 3", "Élèves 1 et 4"]
    )
    expect_sound(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Associer le compte Pix")).to_be_visible()
    expect(page.locator("select").first).to_be_hidden()


def test_the_browser_s_way_back_finds_the_page_before(
    new_page: NewPage, shipped_guide: Guide
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(CLASS)
    page.get_by_label("Combien d’élèves").fill("2")
    go_on(page)
    page.get_by_role("group", name="liste des élèves").get_by_label("Non").check()
    go_on(page)
    expect(page.get_by_role("heading", name="Questions sur l’établissement")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("group", name="liste des élèves")).to_be_visible()
