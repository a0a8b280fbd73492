"""Forms of the admin: their buttons stay in view, and changes that were not saved are not lost."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from rules.admin.links import action_url, add_url, change_url
from rules.models import Guide, Question
from tests.browser.conftest import LogIn

pytestmark = pytest.mark.browser


@pytest.fixture
def page(log_in: LogIn) -> Page:
    return log_in()


@pytest.fixture
def questions_asked(page: Page) -> list[str]:
    """The kinds of the dialogs that have opened so far. Each is answered by staying on the page."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return asked


def test_a_form_asks_before_it_is_left_with_changes_that_are_not_saved(
    page: Page, shipped_guide: Guide, questions_asked: list[str]
) -> None:
    guides = page.get_by_role("link", name="Guides")
    page.goto(action_url(shipped_guide, "texts"))
    title = page.get_by_label("Titre")
    title.fill("Un autre titre")
    guides.click()
    assert questions_asked == ["beforeunload"]
    expect(title).to_have_value("Un autre titre")
    page.get_by_role("button", name="Enregistrer").click()
    message = page.get_by_text("sont enregistrés dans le brouillon")
    expect(message).to_be_visible()
    page.get_by_role("button", name="Fermer les messages").click()
    expect(message).to_be_hidden()
    page.goto(action_url(shipped_guide, "texts"))
    title.fill("Un titre de plus")
    title.fill("Un autre titre")
    guides.click()
    expect(page.get_by_role("heading", name="Guides")).to_be_visible()
    assert questions_asked == ["beforeunload"]


@pytest.mark.parametrize("size", [(1366, 768), (390, 844), (341, 300)])
def test_the_buttons_of_a_form_stay_in_view_and_never_hide_the_focus(
    page: Page, shipped_guide: Guide, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(change_url(shipped_guide.questions.all()[2]))
    page.wait_for_load_state()
    bar = page.locator(".submit-row")
    page.locator("#id_title").focus()
    hidden = []
    while not bar.locator(":focus").count():
        expect(bar.get_by_role("button", name="Enregistrer", exact=True)).to_be_in_viewport(ratio=1)
        name, overlap = page.evaluate(
            """() => {
                const focused = document.activeElement, box = focused.getBoundingClientRect();
                const row = document.querySelector(".submit-row");
                const first = row.getClientRects().length ? row : row.querySelector(".default");
                const bar = first.getBoundingClientRect();
                return [focused.id || focused.textContent, box.top >= bar.top - 1];
            }"""
        )
        if overlap:
            hidden.append(name)
        page.keyboard.press("Tab")
    assert hidden == []
    for button in bar.locator("> *").all():
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport(ratio=1)
        assert button.evaluate("node => node.scrollWidth <= node.clientWidth")
    assert bar.evaluate("row => row.scrollWidth <= row.clientWidth")


def test_each_choice_of_a_question_takes_one_line(page: Page, shipped_guide: Guide) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(change_url(shipped_guide.questions.all()[2]))
    page.wait_for_load_state()
    rows = page.locator(".choice-line:visible").all()
    assert [row for row in rows if row.evaluate("row => row.offsetHeight") > 40] == []
    assert len(rows) == 5


def test_back_to_a_form_that_has_added_a_part_says_so_and_asks_nothing(
    page: Page, shipped_guide: Guide, questions_asked: list[str]
) -> None:
    page.goto(add_url(Question, shipped_guide))
    page.locator("#id_title").fill("Avez-vous un compte ?")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Enregistré dans le brouillon")).to_be_visible()
    page.wait_for_load_state()  # a page that is left earlier is no page to go back from
    page.go_back()
    expect(page.get_by_text("Déjà enregistré")).to_be_visible()
    expect(page.locator("#id_title")).to_have_value("Avez-vous un compte ?")
    page.get_by_role("link", name="question « Avez-vous un compte ? »").click()
    expect(page.get_by_role("heading", name="Question")).to_be_visible()
    assert questions_asked == []
