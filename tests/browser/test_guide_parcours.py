"""The page of a guide as a map, in a browser: what is unfolded, how high it is, who can use it."""

import pytest
from playwright.sync_api import Page, expect

from rules.admin.links import action_url, change_url, list_url, rule_list_url
from rules.drafts.guides import guide_import
from rules.models import Example, Guide, Question, Rule
from tests.admin.large_guide import publish_guide
from tests.admin.usual_guide import usual_guide
from tests.browser.axe import axe_violations
from tests.browser.bench_usual_guides import change_draft
from tests.browser.conftest import LogIn

pytestmark = pytest.mark.browser
SCREEN = {"width": 1366, "height": 768}


@pytest.fixture
def guide(db: None) -> Guide:
    """A guide of 40 questions and 150 rules with a dead end, an unfinished rule and a spare conclusion."""
    guide = guide_import(content=usual_guide(40, 150))
    guide.rules.get(key="fin-7").delete()
    guide.rules.get(key="conseil-0-9").conditions.get().choices.clear()
    return guide


def open_guide(log_in: LogIn, guide: Guide, fragment: str = "", **options: object) -> Page:
    page = log_in(**options)
    page.goto(f"{change_url(guide)}{fragment}")
    page.wait_for_load_state()
    return page


def test_a_link_to_an_answer_unfolds_and_marks_it(log_in: LogIn, guide: Guide) -> None:
    page = open_guide(log_in, guide, "#reponse-q20.non", viewport=SCREEN)
    answer = page.locator("[id='reponse-q20.non']")
    expect(answer).to_be_in_viewport()
    plain = page.locator("[id='reponse-q20.oui']").evaluate(
        "answer => getComputedStyle(answer.closest('li')).backgroundColor"
    )
    expect(page.locator(".line", has=answer)).not_to_have_css("background-color", plain)
    expect(page.locator("[id='reponse-q21.non']")).to_be_hidden()


def test_a_stop_is_unfolded_and_changed_with_the_keyboard(log_in: LogIn, guide: Guide) -> None:
    page = open_guide(log_in, guide, java_script_enabled=False)
    stop = page.locator(".stop").nth(2)
    stop.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(stop.locator(".lines")).to_be_visible()
    stop.get_by_role("link", name="Modifier").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Question", exact=False).first).to_have_value(
        guide.questions.get(key="q2").title
    )


@pytest.mark.parametrize(("questions", "rules"), [(40, 150), (100, 300), (200, 600)])
def test_a_large_guide_opens_on_a_page_of_at_most_4000_pixels(
    log_in: LogIn, questions: int, rules: int
) -> None:
    page = open_guide(log_in, guide_import(content=usual_guide(questions, rules)), viewport=SCREEN)
    assert page.evaluate("document.documentElement.scrollHeight") <= 4000
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollHeight") <= 4000


def test_other_pages_of_a_guide_with_a_fault_and_many_changes_are_at_most_4000_pixels_high(
    log_in: LogIn, db: None
) -> None:
    guide = publish_guide(usual_guide(40, 150))
    change_draft(guide)
    page = log_in(viewport=SCREEN)
    lists = [list_url(model, guide) for model in (Question, Rule, Example)]
    actions = [action_url(guide, action) for action in ("proof", "compare", "publish")]
    for url in (*lists, *actions):
        page.goto(url)
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.scrollHeight") <= 4000, url


def test_rules_are_as_wide_as_a_narrow_window(log_in: LogIn, guide: Guide) -> None:
    page = log_in(viewport={"width": 390, "height": 800})
    page.goto(rule_list_url(guide, open="1"))
    widths = page.locator(".rule-table td").evaluate_all("cells => cells.map(c => c.offsetWidth)")
    assert min(widths) > 300


def test_on_a_phone_a_stop_is_changed_from_its_head(log_in: LogIn, guide: Guide) -> None:
    phone = {"width": 390, "height": 800}
    page = open_guide(log_in, guide, "#etape-q20", viewport=phone)
    stop = page.locator(".stop", has=page.locator("[id='etape-q20']"))
    change = stop.get_by_role("link", name="Modifier").bounding_box()
    name, body = stop.locator("h3").bounding_box(), stop.locator(".stop-body").bounding_box()
    assert change
    assert name
    assert body
    assert change["y"] + change["height"] <= body["y"]
    assert name["x"] + name["width"] <= change["x"]
    assert change["x"] + change["width"] <= phone["width"]


@pytest.mark.parametrize("width", [390, 1366, 1920])
def test_the_map_is_accessible_and_fits_any_window(log_in: LogIn, guide: Guide, width: int) -> None:
    page = open_guide(log_in, guide, viewport={"width": width, "height": 800})
    page.get_by_text("Plus", exact=True).click()
    expect(page.get_by_text("rien encore")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe_violations(page) == []
