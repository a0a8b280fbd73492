"""The offline file of a guide works from a disk, in a browser without network."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rules.document.parsing import parse_document
from rules.drafts.guides import guide_import
from rules.models import Guide
from rules.proof.prove import prove_guide
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from rules.publication.stored_proofs import proof_store
from rules.publication.versions import compiled_version
from tests.browser.conftest import OpenFile
from tests.browser.printed import A4, printed_sheets, sheet_size
from tests.browser.sound import find_faults
from tests.browser.test_form import answer_questions, expect_outcomes, tab_to_element
from tests.rules.documents import small_document
from tests.web.conftest import publish_document

pytestmark = pytest.mark.browser

SCHOOL = ["non", "oui"]


@pytest.fixture
def page(open_file: OpenFile, shipped_guide: Guide) -> Page:
    return open_file()


def begin_offline(page: Page) -> None:
    page.get_by_role("button", name="Commencer").click()


def test_a_changed_answer_keeps_the_others_and_sets_aside_what_is_not_asked(page: Page) -> None:
    begin_offline(page)
    answer_questions(page, [*SCHOOL, "mail", "mail", "oui"])
    page.get_by_text("Vos réponses").click()
    page.get_by_role("link", name="Modifier la réponse à « Dans Pix Orga").click()
    expect(page.locator(":checked")).to_have_value("mail")
    expect(page.locator(".progress")).to_have_text("Question 3, encore 2 au plus")
    answer_questions(page, ["aucune"])
    expect_outcomes(page, "Communiquer un code de campagne à l’élève")
    expect(page.locator(".set-aside li")).to_have_count(2)
    page.get_by_role("link", name="Modifier la réponse à « Dans Pix Orga").click()
    answer_questions(page, ["mail"])
    expect_outcomes(page, "Associer le compte Pix au Médiacentre", "Tout va bien\u00a0!")
    expect(page.locator(".set-aside")).to_have_count(0)


def test_nothing_is_changed_where_nothing_is_chosen_anew(page: Page) -> None:
    begin_offline(page)
    answer_questions(page, SCHOOL)
    page.get_by_role("link", name="Modifier").first.click()
    page.get_by_role("link", name="Continuer sans rien changer").click()
    expect(page.locator(".progress")).to_contain_text("Question 3")
    expect(page.locator("dl.answers dd:not(:has(a))")).to_have_text(["Non", "Oui"])


def test_the_ways_back_lose_nothing(page: Page) -> None:
    """The link of the page and the button of the browser both lead back."""
    begin_offline(page)
    answer_questions(page, [*SCHOOL, "mail"])
    page.get_by_role("link", name="Retour").click()
    expect(page.locator(":checked")).to_have_value("mail")
    page.go_back()
    expect(page.locator(".progress")).to_contain_text("Question 4")
    page.go_back()
    expect(page.locator(".progress")).to_contain_text("Question 3")
    expect(page.locator("dl.answers dt")).to_have_count(3)


def test_another_pupil_keeps_the_answers_of_the_school(page: Page) -> None:
    begin_offline(page)
    answer_questions(page, [*SCHOOL, "aucune"])
    page.get_by_role("button", name="Continuer avec un autre élève").click()
    expect(page.locator(".progress")).to_contain_text("Question 3")
    expect(page.locator("dl.answers dd:not(:has(a))")).to_have_text(["Non", "Oui"])
    expect(page.locator(":checked")).to_have_count(0)


def test_who_begins_again_or_reloads_finds_no_answer(page: Page) -> None:
    begin_offline(page)
    answer_questions(page, [*SCHOOL, "aucune"])
    page.get_by_text("Vos réponses").click()
    page.get_by_role("link", name="Tout recommencer").click()
    begin_offline(page)
    expect(page.locator("dl.answers")).to_have_count(0)
    answer_questions(page, SCHOOL)
    page.reload()
    begin_offline(page)
    expect(page.locator(".progress")).to_contain_text("Question 1")
    expect(page.locator("dl.answers")).to_have_count(0)


@pytest.mark.django_db
def test_a_double_click_answers_once(open_file: OpenFile) -> None:
    """The second click falls on the button of the next question, which is at the same place."""
    document = small_document()
    document["outcomes"][0]["final"] = True
    document["rules"][3]["when"] = [{"question": "q2", "is": ["b"]}]
    document["rules"][3]["then"] = {"conclude": "conseil"}
    guide_publish(
        review=PublicationReview(guide_import(content=parse_document(document))), reason="Un essai"
    )
    page = open_file("petit", viewport={"width": 600, "height": 800})
    begin_offline(page)
    page.locator("label:has([value=b])").click()
    button = page.get_by_role("button", name="Continuer")
    before = button.bounding_box()
    button.dblclick()
    expect(page.locator(".progress")).to_contain_text("Question 2")
    assert button.bounding_box() == before
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_missing_choice_is_announced_and_has_the_focus(page: Page) -> None:
    begin_offline(page)
    miss_the_choice(page)
    expect(page).to_have_title(
        "Erreur\u00a0: Avez-vous mis à jour la liste des élèves dans Pix Orga\u00a0? – Pix"
    )
    page.get_by_role("link", name="Choisissez une réponse").click()
    expect(page.get_by_role("radio").first).to_be_focused()


def miss_the_choice(page: Page) -> None:
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("radio").first).to_be_focused()


def test_each_step_is_announced_by_the_title_and_the_focus(page: Page) -> None:
    expect(page.locator("body")).to_be_focused()
    begin_offline(page)
    expect(page).to_have_title(
        "Avez-vous mis à jour la liste des élèves dans Pix Orga\u00a0? – Pix"
    )
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    answer_questions(page, ["non"])
    advice = page.get_by_text("À faire d’abord\u00a0: Importer la liste des élèves dans Pix Orga")
    expect(advice).to_be_focused()  # it comes before the question
    answer_questions(page, ["oui", "aucune"])
    expect(page).to_have_title("Résultat\u00a0: ce qu’il faut faire – Pix")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_it_is_answered_with_the_keyboard_alone(page: Page) -> None:
    tab_to_element(page, "form button")
    page.keyboard.press("Enter")
    for choice in ["oui", "non", "mediacentre", "mediacentre", "oui"]:
        tab_to_element(page, "[name=choice]")
        while not page.locator(f"[value={choice}]:checked").count():
            page.keyboard.press("Space" if page.locator(":checked").count() == 0 else "ArrowDown")
        page.keyboard.press("Enter")
    expect_outcomes(page, "Tout va bien\u00a0!")


@pytest.mark.parametrize(
    ("days_old", "is_announced"), [(-400, False), (0, False), (29, False), (45, True)]
)
def test_it_tells_when_it_is_older_than_30_days(
    days_old: float, is_announced: bool, open_file: OpenFile, shipped_guide: Guide
) -> None:
    page = open_file(days_old=days_old)
    begin_offline(page)
    words = page.get_by_text("Ce fichier a été téléchargé il y a 45\u00a0jours")
    expect(words).to_be_visible(visible=is_announced)
    expect(page.get_by_text("Version 1 du ")).to_be_visible()


def test_the_button_prints_the_page_and_its_version(page: Page) -> None:
    page.evaluate("window.print = () => { document.title = 'printed' }")
    begin_offline(page)
    answer_questions(page, [*SCHOOL, "aucune"])
    page.get_by_role("button", name="Imprimer").click()
    expect(page).to_have_title("printed")
    page.emulate_media(media="print")
    for read in ("Communiquer un code", "Importer la liste", "Version 1 du "):
        expect(page.get_by_text(read).first).to_be_visible()
    for left_out in (".actions", ".back", "dd a", "footer a", "details"):
        expect(page.locator(left_out).first).to_be_hidden()


def test_the_longest_result_prints_on_one_sheet(page: Page) -> None:
    begin_offline(page)
    answer_questions(page, ["non", "non", "identifiant", "identifiant", "non"])
    [sheet] = printed_sheets(page)
    assert sheet_size(sheet) == A4
    read = sheet.extract_text()
    assert "Attribuer Pix" in read
    assert "Version 1 du" in read


def test_what_nothing_concludes_leads_to_the_support(
    open_file: OpenFile, shipped_guide: Guide, guide_document: dict[str, Any]
) -> None:
    version = publish_document(guide_document | {"rules": [], "examples": []}).versions.get(
        number=2
    )
    proof_store(version=version, proof=prove_guide(compiled_version(version)))
    page = open_file()
    begin_offline(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("ne prévoit pas")
    expect(page).to_have_title("Aucune conclusion – Pix")
    assert find_faults(page) == []


def test_its_pages_are_sound_in_every_window(open_file: OpenFile, shipped_guide: Guide) -> None:
    page = open_file(days_old=45)
    assert find_faults(page) == []
    begin_offline(page)
    miss_the_choice(page)
    assert find_faults(page) == []
    answer_questions(page, [*SCHOOL, "identifiant", "identifiant", "non"])
    for fold in ("Pourquoi", "Rappels", "Vos réponses"):
        page.get_by_text(fold).click()
    assert find_faults(page) == []
    page.get_by_role("link", name="Modifier").nth(2).click()
    assert find_faults(page) == []
    answer_questions(page, ["aucune"])
    assert find_faults(page) == []
