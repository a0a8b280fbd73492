"""A rule of as many conditions and choices as are allowed, in a real browser."""

import pytest
from playwright.sync_api import Page, Request, expect

from rules.admin.links import change_url
from rules.document.limits import CHOICE_LIMIT, CONDITION_LIMIT
from tests.admin.test_limits import import_guide
from tests.browser.conftest import LogIn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(log_in: LogIn) -> Page:
    return log_in()


def test_a_choice_is_ticked_in_the_largest_rule_and_each_condition_sends_one_field(
    page: Page,
) -> None:
    choice_count, condition_count = CHOICE_LIMIT.maximum, CONDITION_LIMIT.maximum
    guide = import_guide(choice_count, condition_count, named=choice_count - 1)
    rule = guide.rules.get()
    posts: list[Request] = []
    page.on("request", lambda sent: posts.append(sent) if sent.method == "POST" else None)
    page.goto(change_url(rule))
    page.locator("#conditions-39").get_by_label("Réponse 199", exact=True).check()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Enregistré dans le brouillon")).to_be_visible()
    assert posts[0].post_data
    assert posts[0].post_data.count("&") < 7 * condition_count + 20
    counts = [condition.choices.count() for condition in rule.conditions.all()]
    assert counts == [choice_count - 1] * (condition_count - 1) + [choice_count]


def test_choices_of_another_question_can_be_ticked_and_the_first_ones_are_remembered(
    page: Page,
) -> None:
    rule = import_guide(3, 1, questions=2).rules.get()
    first, second = rule.guide.questions.all()
    page.goto(change_url(rule))
    condition = page.locator("#conditions-0")
    picked = condition.locator("select[name$=-question]")
    picked.select_option(str(second.pk))
    expect(condition.get_by_role("checkbox", name="Réponse 0")).not_to_be_checked()
    picked.select_option(str(first.pk))
    expect(condition.get_by_role("checkbox", name="Réponse 0")).to_be_checked()
    picked.select_option(str(second.pk))
    condition.get_by_role("checkbox", name="Réponse 1").check()
    condition.get_by_role("checkbox", name="Réponse 2").check()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Enregistré dans le brouillon")).to_be_visible()
    saved = rule.conditions.get()
    assert [choice.key for choice in saved.choices.all()] == ["c1", "c2"]
    assert saved.question == second
