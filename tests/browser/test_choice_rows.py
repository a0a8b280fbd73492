"""The rows of choices and of rules in a browser: what keys and the pointer do with them."""

import pytest
from playwright.sync_api import Page, expect

from rules.admin.links import change_url, rule_list_url
from rules.drafts.content import draft_read
from rules.models import Guide
from tests.browser.axe import axe_violations
from tests.browser.conftest import LogIn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTION = "Liste des élèves à jour"


def choice_labels(guide: Guide) -> list[str]:
    return [choice.label for choice in draft_read(guide).question["liste-a-jour"].choices]


@pytest.fixture
def editor_page(log_in: LogIn) -> Page:
    return log_in()


@pytest.fixture
def rows(editor_page: Page, shipped_guide: Guide) -> Page:
    """The page of the guide, with the choices of a question open in place."""
    editor_page.goto(change_url(shipped_guide))
    editor_page.get_by_role("link", name=f"Changer les réponses\u00a0: {QUESTION}").click()
    expect(editor_page.get_by_label("Nouvelle réponse").first).to_be_focused()
    return editor_page


def test_enter_adds_one_choice_after_another_and_saves_on_an_empty_row(
    rows: Page, shipped_guide: Guide
) -> None:
    assert axe_violations(rows) == []
    for label in ("Un", "Deux", "Trois", "Quatre"):
        rows.keyboard.type(label)
        rows.keyboard.press("Enter")
    rows.keyboard.press("Enter")
    expect(rows.locator(".act")).to_have_count(0)
    assert choice_labels(shipped_guide)[2:] == ["Un", "Deux", "Trois", "Quatre"]


def test_a_choice_is_dragged_to_another_place(rows: Page, shipped_guide: Guide) -> None:
    handles = rows.locator(".choice-rows .drag-handle")
    handles.nth(1).drag_to(handles.nth(0))
    expect(rows.locator('[name$="-ORDER"]').first).to_have_value("1")
    rows.get_by_role("button", name="Enregistrer").click()
    expect(rows.locator(".act")).to_have_count(0)
    assert choice_labels(shipped_guide) == ["Non", "Oui"]


def test_a_question_is_dragged_to_another_place_of_the_parcours(
    editor_page: Page, shipped_guide: Guide
) -> None:
    editor_page.goto(change_url(shipped_guide))
    for summary in editor_page.locator(".stop > details > summary").all():
        summary.click()  # folded, all of them are in view
    handles = editor_page.locator(".stop > .drag-handle")
    handles.nth(1).drag_to(handles.nth(0))
    expect(editor_page.get_by_text("passe avant «\u00a0Liste").first).to_be_visible()
    assert [*draft_read(shipped_guide).question][:2] == ["attribution-gar", "liste-a-jour"]
    handles = editor_page.locator(".stop > .drag-handle")
    handles.nth(3).drag_to(handles.nth(2))
    expect(editor_page.locator(".stop .act-sentence")).to_be_visible()  # nothing has moved yet
    assert [*draft_read(shipped_guide).question][2] == "methode-pix-orga"
    expect(editor_page.locator(".stop h3").nth(2)).to_have_text("Méthode Pix Orga")


def test_a_rule_is_dragged_to_another_place_of_its_list(
    editor_page: Page, shipped_guide: Guide
) -> None:
    editor_page.goto(rule_list_url(shipped_guide))
    assert axe_violations(editor_page) == []
    rows = editor_page.locator('[data-drag="parts"]').nth(1).locator(".drag-handle")
    with editor_page.expect_navigation():
        rows.nth(1).drag_to(rows.nth(0))
    expect(editor_page.get_by_text("est maintenant avant la règle").first).to_be_visible()
    assert [*draft_read(shipped_guide).rule][1:3] == ["liste-a-importer", "liste-deja-a-jour"]
