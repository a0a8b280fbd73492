"""The jobs of editors stay within what they may cost, by mouse and by keyboard, without scripts too."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from rules.admin.links import change_url
from rules.drafts.guides import guide_import
from rules.engine.content import Effect, OutcomeContent, RuleContent
from rules.models import Guide
from rules.publication.timeline import guide_live_version
from tests.admin.usual_guide import usual_guide
from tests.browser.conftest import LogIn
from tests.browser.jobs import Cost, Hand, KeyboardHand, MouseHand, play_job
from tests.engine.guides import choice_is

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HANDS = pytest.mark.parametrize("hand", [MouseHand, KeyboardHand])
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
CONCLUSION = "Contacter le support de la région"
WORDING = "La liste des élèves est-elle à jour dans Pix Orga\u00a0?"


@pytest.fixture
def new_editor(log_in: LogIn, scripts: bool) -> Page:
    return log_in(java_script_enabled=scripts)


def change_a_wording_see_it_and_publish(hand: Hand) -> None:
    page = hand.page
    field = page.get_by_role("searchbox", name="Chercher dans ce guide")
    hand.send_text(field, "mis à jour la liste", page.get_by_role("button", name="Chercher"))
    hand.press(page.locator(".found a").first)
    hand.send_text(
        page.get_by_label("Question", exact=False).first,
        WORDING,
        page.get_by_role("button", name="Enregistrer", exact=True),
    )
    hand.press(page.get_by_role("link", name="Essayer", exact=True))
    expect(page.get_by_text(WORDING).first).to_be_visible()
    hand.press(page.get_by_role("link", name="Revenir à la page du guide"))
    hand.press(page.get_by_role("link", name="Publier", exact=True))
    hand.press(page.get_by_role("button", name="Publier", exact=True))
    expect(page.get_by_text("La version 2 est en ligne.").first).to_be_visible()


@HANDS
@SCRIPTS
def test_a_wording_is_changed_seen_as_a_visitor_and_published(
    new_editor: Page, shipped_guide: Guide, hand: type[Hand]
) -> None:
    job, limit = change_a_wording_see_it_and_publish, Cost(presses=9, pages=7)
    play_job(new_editor, change_url(shipped_guide), job, hand, limit)
    live = guide_live_version(shipped_guide)
    assert live is not None
    assert WORDING in live.document


@pytest.fixture
def large_guide(db: None) -> Guide:
    """A guide of 40 questions and 150 rules, one of which leads to `CONCLUSION`."""
    content = usual_guide(40, 149)
    outcome = OutcomeContent("support-region", CONCLUSION, final=True)
    rule = RuleContent("region", (choice_is("q7", "oui"),), Effect.CONCLUDE, outcome.key)
    rules = (*content.rules[:101], rule, *content.rules[101:])
    outcomes = (*content.outcomes, outcome)
    return guide_import(content=replace(content, rules=rules, outcomes=outcomes))


def find_the_rule_of_a_conclusion(hand: Hand) -> None:
    field = hand.page.get_by_role("searchbox", name="Chercher dans ce guide")
    hand.send_text(field, CONCLUSION, hand.page.get_by_role("button", name="Chercher"))
    rule = hand.page.get_by_role("link", name=re.compile(f"Règle 102 .*{CONCLUSION}"))
    expect(rule).to_be_in_viewport()


@HANDS
@SCRIPTS
def test_the_rule_that_leads_to_a_conclusion_is_found_among_150(
    new_editor: Page, large_guide: Guide, hand: type[Hand]
) -> None:
    limit = Cost(presses=2, pages=1)
    play_job(new_editor, change_url(large_guide), find_the_rule_of_a_conclusion, hand, limit)


def delete_a_question_in_use(hand: Hand) -> None:
    page = hand.page
    hand.press(page.locator("summary", has_text="Attribution dans le GAR"))
    hand.press(page.get_by_role("link", name="Supprimer\u00a0: Attribution dans le GAR"))
    hand.pick_radio(page.get_by_label("Comme si tout le monde répondait «\u00a0Oui\u00a0»"))
    hand.send_form(page.locator(".act").get_by_role("button", name="Supprimer"))
    hand.press(page.locator(".act").get_by_role("button", name="Enregistrer"))
    expect(page.locator(".messagelist")).to_contain_text("comme si tout le monde répondait")


@HANDS
@SCRIPTS
def test_a_question_in_use_is_deleted(
    new_editor: Page, shipped_guide: Guide, hand: type[Hand]
) -> None:
    limit = Cost(presses=6, pages=3)
    play_job(new_editor, change_url(shipped_guide), delete_a_question_in_use, hand, limit)
    assert not shipped_guide.questions.filter(key="attribution-gar").exists()
