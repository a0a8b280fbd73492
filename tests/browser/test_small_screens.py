"""A phone shows the first answer of a question at once, and a result in two and a half screens."""

import pytest
from playwright.sync_api import Locator

from rules.models import Guide
from tests.browser.conftest import NewPage
from tests.browser.test_form import answer_questions, begin_diagnostic

pytestmark = pytest.mark.browser

LONGEST = ("non", "non", "identifiant", "identifiant", "non")
RESULT_HEIGHT = 2_110
"""Two and a half screens of 844 pixels."""


def bottom_of(element: Locator) -> float:
    box = element.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_the_first_screen_has_the_title_and_the_first_answer_of_each_question(
    new_page: NewPage, shipped_guide: Guide
) -> None:
    page = new_page(viewport={"width": 320, "height": 568}, java_script_enabled=False)
    begin_diagnostic(page)
    for number, choice in enumerate(LONGEST, 1):
        page.get_by_text(f"Question {number}").wait_for()
        page.wait_for_load_state()
        assert bottom_of(page.locator(".choice").first) <= 568
        answer_questions(page, [choice])


def test_the_longest_result_is_two_and_a_half_screens_before_what_is_folded(
    new_page: NewPage, shipped_guide: Guide
) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    begin_diagnostic(page)
    answer_questions(page, LONGEST)
    page.get_by_role("button", name="Imprimer").wait_for()
    page.wait_for_load_state()
    assert bottom_of(page.locator(".actions").first) <= RESULT_HEIGHT
    assert page.locator("details[open]").count() == 0
