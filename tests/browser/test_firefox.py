"""Schools that use Firefox see, answer and print the same pages. It is Debian's firefox-esr."""

from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from rules.legal.legal_texts import LEGAL_PAGE_KEYS
from rules.models import Guide
from rules.publication.guide_settings import guide_settings_update
from tests.browser.conftest import NewPage
from tests.browser.printed import A3_LANDSCAPE, A4, printed_sheets, sheet_size
from tests.browser.sound import sideways_scrolls
from tests.browser.test_form import answer_questions, begin_diagnostic, expect_outcomes
from tests.browser.test_result import result_address
from tests.browser.test_school_class import begin_class

pytestmark = pytest.mark.browser

GUIDE = "/corriger-comptes-pix/"
PHONE = {"width": 320, "height": 568}


@pytest.fixture
def page(new_firefox_page: NewPage) -> Page:
    return new_firefox_page(viewport=PHONE)


def test_every_public_page_fits_a_phone(page: Page, shipped_guide: Guide) -> None:
    addresses = [
        GUIDE,
        f"{GUIDE}?liste-a-jour=non",
        result_address(shipped_guide, {}),
        result_address(shipped_guide, {"liste-a-jour": "non"}),
        result_address(shipped_guide),
        *(f"{GUIDE}{page}/" for page in ("classe", "affiche")),
        *(f"/{page}/" for page in ("reprendre", "integration", "plan-du-site", "nulle-part")),
        *(f"/{page}/" for page in LEGAL_PAGE_KEYS),
    ]
    found = {}
    for address in addresses:
        page.goto(address)
        found[address] = [*sideways_scrolls(page, [320])]
    guide_settings_update(
        guide=shipped_guide, needs_approval=False, closed=True, closing_message="Revenez."
    )
    page.goto(GUIDE)
    expect(page.get_by_text("fermé pour le moment")).to_be_visible()
    found["a closed guide"] = [*sideways_scrolls(page, [320])]
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_a_diagnostic_is_answered_to_its_result(page: Page, shipped_guide: Guide) -> None:
    begin_diagnostic(page)
    answer_questions(page, ["non", "oui", "mail", "mail", "oui"])
    expect_outcomes(page, "Associer le compte Pix au Médiacentre", "Tout va bien\u00a0!")


def test_the_offline_file_is_answered_to_its_result(
    page: Page, shipped_guide: Guide, client: Client, tmp_path: Path
) -> None:
    file = tmp_path / "guide.html"
    file.write_bytes(client.get(f"{GUIDE}hors-ligne/").content)
    page.goto(file.as_uri())
    assert [*sideways_scrolls(page, [320])] == []
    page.get_by_role("button", name="Commencer").click()
    answer_questions(page, ["oui", "oui", "aucune"])
    expect(page.get_by_role("heading", name="Communiquer un code de campagne")).to_be_visible()


def test_the_longest_result_is_printed_on_one_sheet(page: Page, shipped_guide: Guide) -> None:
    page.goto(result_address(shipped_guide))
    [sheet] = printed_sheets(page)
    assert sheet_size(sheet) == A4
    for text in ("Associer le compte Pix au Médiacentre", "Revenir à ce résultat"):
        assert text in sheet.extract_text()


def test_the_poster_is_printed_on_one_sheet(page: Page, shipped_guide: Guide) -> None:
    page.goto(f"{GUIDE}affiche/")
    [sheet] = printed_sheets(page)
    assert sheet_size(sheet) == A3_LANDSCAPE
    for text in ("Le parcours", "Associer le compte Pix au Médiacentre", "Les conseils en chemin"):
        assert text in sheet.extract_text()


def test_two_pupils_are_sorted(page: Page, shipped_guide: Guide) -> None:
    begin_class(page, "Nom\tMéthode(s) de connexion\nMarie\tIdentifiant\nLéo\t–\n")
    expect(page.locator(".group > h3")).to_contain_text(["Comment se connecte", "Communiquer"])
    expect(page.locator(".group .who .name")).to_have_text(["Marie", "Léo"])
