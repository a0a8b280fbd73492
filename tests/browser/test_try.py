"""Tries need no script; their pages and those of a replay break no rule of accessibility."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import FloatRect, Page, expect

from diagnostics.services import session_create
from rules.models import Guide, Outcome, Question, Rule
from tests.browser.conftest import LogIn
from tests.browser.sound import broken_rules, sideways_scrolls

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Opener = Callable[[Page, Guide], None]
ANSWERS = {
    "liste-a-jour": "non",
    "attribution-gar": "oui",
    "methode-pix-orga": "identifiant",
    "connexion-habituelle": "identifiant",
    "identifiants-connus": "non",
}


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    return shipped_guide


def try_address(guide: Guide, **answers: str) -> str:
    return reverse("admin:diagnostics_session_try", args=[guide.pk], query=answers)


def change_a_conclusion(guide: Guide) -> None:
    support = Outcome.objects.get(guide=guide, key="contacter-support-pix")
    changed = Rule.objects.filter(guide=guide, gives__key="communiquer-code-campagne")
    changed.update(gives=support)


def test_a_try_needs_no_script_and_no_mouse(log_in: LogIn, guide: Guide) -> None:
    page = log_in(java_script_enabled=False)
    page.goto(try_address(guide))
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Question 2")).to_be_visible()


def test_the_trace_is_beside_the_page_or_below_it(log_in: LogIn, guide: Guide) -> None:
    page = log_in(viewport={"width": 1280, "height": 800})
    page.goto(try_address(guide, **ANSWERS))
    card, trace = bounding_box(page, "main > .card"), bounding_box(page, ".trace")
    assert trace["x"] >= card["x"] + card["width"]
    page.set_viewport_size({"width": 320, "height": 800})
    card, trace = bounding_box(page, "main > .card"), bounding_box(page, ".trace")
    assert trace["y"] >= card["y"] + card["height"]


def bounding_box(page: Page, selector: str) -> FloatRect:
    found = page.locator(selector).bounding_box()
    assert found is not None
    return found


def open_question(page: Page, guide: Guide) -> None:
    page.goto(try_address(guide, **dict(list(ANSWERS.items())[:3]), inconnue="oui"))
    page.get_by_text("Règles non déclenchées").click()


def open_result(page: Page, guide: Guide) -> None:
    page.goto(try_address(guide, **ANSWERS))


def open_start(page: Page, guide: Guide) -> None:
    page.goto(try_address(guide, _start="1"))


def open_unfinished_draft(page: Page, guide: Guide) -> None:
    question = Question.objects.create(guide=guide, key="vide", title="Sans réponses")
    guide.rules.filter(asks__key="attribution-gar").update(asks=question)
    page.goto(try_address(guide, **{"liste-a-jour": "oui"}))


def open_replay(page: Page, guide: Guide) -> None:
    session_create(version=guide.versions.get(), answers=ANSWERS | {"methode-pix-orga": "aucune"})
    change_a_conclusion(guide)
    page.goto(reverse("admin:diagnostics_session_replay", args=[guide.pk]))


OPENERS = [open_question, open_result, open_start, open_unfinished_draft, open_replay]


@pytest.mark.parametrize("opener", OPENERS, ids=lambda opener: opener.__name__)
def test_a_page_breaks_no_rule_and_does_not_scroll_sideways(
    opener: Opener, log_in: LogIn, guide: Guide
) -> None:
    page = log_in()
    opener(page, guide)
    assert [*broken_rules(page), *sideways_scrolls(page)] == []
