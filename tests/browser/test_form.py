"""Visitors answer the form with the mouse or the keyboard."""

from collections.abc import Iterable

import pytest
from playwright.sync_api import Page, expect

from rules.models import Guide
from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser


def begin_diagnostic(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Commencer").click()


def answer_questions(page: Page, choices: Iterable[str]) -> None:
    for choice in choices:
        page.locator(f"label:has([value={choice}])").click()
        page.get_by_role("button", name="Continuer").click()


def expect_outcomes(page: Page, *titles: str) -> None:
    """Expects exactly these conclusions: what is to be done first, then what goes well."""
    expect(page.locator(".conclusion > h3")).to_have_text(titles)


def tab_to_element(page: Page, selector: str) -> None:
    """Presses Tab until something that matches has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"the key Tab does not reach {selector}")


def test_the_form_is_whole_without_javascript(new_page: NewPage, shipped_guide: Guide) -> None:
    page = new_page(java_script_enabled=False)
    begin_diagnostic(page)
    answer_questions(page, ["non", "oui", "mail", "mail", "oui"])
    expect_outcomes(page, "Associer le compte Pix au Médiacentre", "Tout va bien\u00a0!")
    expect(page.get_by_role("button", name="Imprimer")).to_be_hidden()
    page.get_by_text("Pourquoi").click()
    expect(page.locator("details li").first).to_be_visible()
    page.get_by_role("button", name="Continuer avec un autre élève").click()
    expect(page.get_by_text("Question 3")).to_be_visible()


def test_the_form_is_answered_with_the_keyboard_alone(page: Page, shipped_guide: Guide) -> None:
    page.goto("/")
    tab_to_element(page, "form button")
    page.keyboard.press("Enter")
    for choice in ["oui", "non", "mediacentre", "mediacentre", "oui"]:
        tab_to_element(page, "[name=choice]")
        while not page.locator(f"[value={choice}]:checked").count():
            page.keyboard.press("Space" if page.locator(":checked").count() == 0 else "ArrowDown")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    expect_outcomes(page, "Tout va bien\u00a0!")


def test_a_reload_and_the_back_button_lose_nothing(page: Page, shipped_guide: Guide) -> None:
    begin_diagnostic(page)
    answer_questions(page, ["oui", "oui"])
    expect(page.get_by_text("Question 3")).to_be_visible()  # else the reload cuts the post off
    page.reload()
    expect(page.get_by_text("Question 3")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Question 2")).to_be_visible()
    expect(page.get_by_label("Oui")).to_be_checked()
    answer_questions(page, ["non", "mediacentre"])
    expect(page.locator("dl.answers dd:first-of-type")).to_have_text(["Oui", "Non", "Médiacentre"])


@pytest.mark.parametrize("script", [True, False])
def test_the_browser_s_way_back_leads_from_question_to_question(
    script: bool, new_page: NewPage, shipped_guide: Guide
) -> None:
    page = new_page(java_script_enabled=script)
    begin_diagnostic(page)
    answer_questions(page, ["oui", "oui", "aucune"])
    expect_outcomes(page, "Communiquer un code de campagne à l’élève")
    for number in (3, 2, 1):
        page.go_back()
        expect(page.get_by_text(f"Question {number}")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()


def test_a_double_click_answers_once(page: Page, shipped_guide: Guide) -> None:
    begin_diagnostic(page)
    page.locator("label:has([value=oui])").click()
    page.get_by_role("button", name="Continuer").dblclick()
    expect(page.get_by_text("Question 2")).to_be_visible()
    expect(page.locator("dl.answers dt")).to_have_count(1)


def test_two_tabs_lose_nothing(page: Page, shipped_guide: Guide) -> None:
    begin_diagnostic(page)
    answer_questions(page, ["oui", "oui", "identifiant", "identifiant"])
    expect(page.get_by_text("Question 5")).to_be_visible()
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("link", name="Modifier la réponse à «\u00a0Dans Pix Orga").click()
    answer_questions(other, ["mail"])
    expect_outcomes(other, "Contacter le support Pix")
    answer_questions(page, ["non"])
    expect_outcomes(page, "Contacter le support Pix")
    expect(page.locator(".set-aside li")).to_have_text(
        ["L’élève connaît son identifiant et mot de passe\u00a0? Non"]
    )
    page.get_by_role("link", name="voir laquelle").click()
    expect(page.get_by_role("heading", name="Réponse gardée, non utilisée")).to_be_in_viewport()


def test_the_way_back_leads_one_question_back_from_anywhere(
    page: Page, shipped_guide: Guide
) -> None:
    begin_diagnostic(page)
    answer_questions(page, ["oui", "oui", "aucune"])
    expect_outcomes(page, "Communiquer un code de campagne à l’élève")
    page.reload()
    for number in (3, 2, 1):
        page.get_by_role("link", name="Retour").click()
        expect(page.get_by_text(f"Question {number}")).to_be_visible()
        expect(page.get_by_role("link", name="Continuer sans rien changer")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Question 2")).to_be_visible()
    page.get_by_role("button", name="Continuer").dblclick()
    expect_outcomes(page, "Communiquer un code de campagne à l’élève")
    expect(page.locator("dl.answers dt")).to_have_count(3)


def test_the_button_prints_the_page(page: Page, shipped_guide: Guide) -> None:
    page.add_init_script("window.print = () => { document.title = 'printed' }")
    begin_diagnostic(page)
    answer_questions(page, ["oui", "oui", "aucune"])
    page.get_by_role("button", name="Imprimer").click()
    expect(page).to_have_title("printed")


def test_the_browser_holds_no_cookie_at_the_end(page: Page, shipped_guide: Guide) -> None:
    begin_diagnostic(page)
    answer_questions(page, ["oui", "oui", "aucune"])
    assert page.context.cookies() == []
