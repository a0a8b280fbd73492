"""Editors find a part of a large guide, from any of its pages, with a click and some words."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from rules.admin.links import change_url, rule_list_url
from rules.drafts.guides import guide_import
from rules.engine.content import Effect, OutcomeContent, RuleContent
from rules.models import Guide
from tests.admin.large_guide import large_guide
from tests.browser.conftest import LogIn
from tests.browser.sound import find_faults
from tests.engine.guides import choice_is

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CONCLUSION = "Contacter le support de la région"


@pytest.fixture
def guide(transactional_db: None) -> Guide:
    """A guide of 150 rules, one of which leads to `CONCLUSION`."""
    content = large_guide()
    outcome = OutcomeContent("support-region", CONCLUSION, final=True)
    rule = RuleContent("region", (choice_is("q7", "b"),), Effect.CONCLUDE, outcome.key)
    rules = (*content.rules[:101], rule, *content.rules[101:149])
    outcomes = (*content.outcomes, outcome)
    return guide_import(content=replace(content, rules=rules, outcomes=outcomes))


@pytest.fixture
def page(log_in: LogIn) -> Page:
    return log_in(group="Éditeurs")


def test_one_click_some_words_and_one_page_find_the_rule_that_leads_to_a_conclusion(
    page: Page, guide: Guide
) -> None:
    opened: list[str] = []
    page.goto(change_url(guide))
    page.on("framenavigated", lambda frame: opened.append(frame.url))
    page.get_by_role("searchbox", name="Chercher dans ce guide").click()
    page.keyboard.type("contacter support region")
    page.keyboard.press("Enter")
    rule = page.get_by_role("link", name="Règle 102 (→ Contacter le support de la région)")
    expect(rule).to_be_in_viewport()
    assert len(opened) == 1
    assert rule.get_attribute("href") == change_url(guide.rules.get(key="region"))


def test_the_list_of_150_rules_fits_on_few_screens_and_a_filter_leaves_one(
    page: Page, guide: Guide
) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(rule_list_url(guide))
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollHeight") <= 4_000
    page.get_by_label("Mène à").select_option(label=CONCLUSION)
    page.get_by_role("button", name="Filtrer").click()
    expect(page.get_by_role("row").filter(has_text=CONCLUSION)).to_have_count(1)
    expect(page.get_by_role("link", name=f"Conclure « {CONCLUSION} »")).to_be_in_viewport()


def test_the_rules_and_what_a_search_finds_are_readable_in_every_window(
    page: Page, shipped_guide: Guide
) -> None:
    for address in (
        rule_list_url(shipped_guide),
        f"/admin/rules/guide/{shipped_guide.pk}/search/?q=mail",
    ):
        page.goto(address)
        assert find_faults(page) == []
