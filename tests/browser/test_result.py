"""The result page: its boxes to tick, its text for support and its printed sheet."""

import pytest
from playwright.sync_api import Locator, Page, expect

from diagnostics.models import Session
from diagnostics.services import session_create
from diagnostics.support_text import support_text
from rules.models import Guide
from tests.browser.conftest import NewPage
from tests.browser.printed import A4, printed_sheets, sheet_size

pytestmark = pytest.mark.browser

LONGEST = {
    "liste-a-jour": "non",
    "attribution-gar": "non",
    "methode-pix-orga": "identifiant",
    "connexion-habituelle": "identifiant",
    "identifiants-connus": "non",
}
SUPPORT = LONGEST | {"connexion-habituelle": "mail"}
REFUSED = "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error() } })"


def result_address(guide: Guide, answers: dict[str, str] = LONGEST) -> str:
    return f"/diagnostics/{session_create(version=guide.versions.get(), answers=answers).pk}/"


def step_box(page: Page) -> Locator:
    return page.get_by_role("checkbox", name="Il saisit son prénom")


def done_box(page: Page) -> Locator:
    return page.get_by_role("checkbox", name="C’est fait\u00a0: Associer le compte Pix")


def test_ticks_stay_on_this_page_and_on_no_other(page: Page, shipped_guide: Guide) -> None:
    here = result_address(shipped_guide)
    page.goto(here)
    page.get_by_text("Il saisit son prénom").click()
    done_box(page).focus()
    page.keyboard.press("Space")
    page.goto(result_address(shipped_guide))
    expect(page.locator(":checked")).to_have_count(0)
    page.goto(here)
    expect(step_box(page)).to_be_checked()
    expect(done_box(page)).to_be_checked()
    expect(page.locator(":checked")).to_have_count(2)
    step_box(page).uncheck()
    page.reload()
    expect(page.locator(":checked")).to_have_count(1)


def test_ticks_stay_with_their_conclusion_when_an_answer_changes(
    page: Page, shipped_guide: Guide
) -> None:
    here = result_address(shipped_guide)
    page.goto(here)
    done_box(page).check()
    page.goto(f"{here}questions/identifiants-connus/")
    page.get_by_text("Oui", exact=True).click()
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator(".conclusion > h3").first).to_have_text(
        "Associer le compte Pix au Médiacentre"
    )
    expect(done_box(page)).to_be_checked()
    expect(page.locator(":checked")).to_have_count(1)


@pytest.mark.parametrize("scripts", [True, False])
def test_boxes_are_ticked_without_a_script_and_where_nothing_may_be_stored(
    scripts: bool, new_page: NewPage, shipped_guide: Guide
) -> None:
    page = new_page(java_script_enabled=scripts)
    page.add_init_script(REFUSED)
    page.goto(result_address(shipped_guide))
    step_box(page).check()
    line = page.locator("li > label:has(:checked) > span")
    assert "line-through" in line.evaluate("element => getComputedStyle(element).textDecoration")


def test_the_text_for_support_is_copied(new_page: NewPage, shipped_guide: Guide) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(result_address(shipped_guide, SUPPORT))
    page.get_by_text("Votre message au support").click()
    page.get_by_role("button", name="Copier le texte").click()
    expect(page.get_by_role("status")).to_have_text("Le texte est copié.")
    assert page.evaluate("navigator.clipboard.readText()") == support_text(Session.objects.get())


def test_where_copying_is_refused_the_text_is_selected(page: Page, shipped_guide: Guide) -> None:
    page.add_init_script("delete Navigator.prototype.clipboard")
    page.goto(result_address(shipped_guide, SUPPORT))
    page.get_by_text("Votre message au support").click()
    page.get_by_role("button", name="Copier le texte").click()
    expect(page.get_by_role("status")).to_contain_text("copiez-le avec")
    expect(page.get_by_label("Texte à copier")).to_be_focused()
    selected = "document.activeElement.selectionEnd - document.activeElement.selectionStart"
    assert page.evaluate(selected) == len(support_text(Session.objects.get()))


def test_the_longest_result_is_printed_on_one_sheet(page: Page, shipped_guide: Guide) -> None:
    page.goto(result_address(shipped_guide))
    [sheet] = printed_sheets(page)
    assert sheet_size(sheet) == A4
    page.emulate_media(media="print")
    for shown in (
        ".brand",
        "p.on-paper",  # where the pupil's name is written
        ".steps",
        "[type=checkbox]",
        ".answers",
        ".code.on-paper strong",
        ".code.on-paper svg",
    ):
        expect(page.locator(shown).first).to_be_visible()


def test_what_is_only_for_the_screen_is_not_printed(page: Page, shipped_guide: Guide) -> None:
    page.goto(result_address(shipped_guide, SUPPORT))
    expect(page.locator(".on-paper").first).to_be_hidden()
    expect(page.locator(".code svg")).to_be_hidden()
    page.emulate_media(media="print")
    for left_out in (".support", ".actions", "details:not(.printed)", ".ticks", "p.set-aside"):
        expect(page.locator(left_out).first).to_be_hidden()
