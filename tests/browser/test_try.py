"""An editor tries the draft, makes an example of the try and replays past answers."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import FloatRect, Page, expect

from diagnostics.models import Session
from diagnostics.services import session_create
from rules.admin.links import change_url
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


@pytest.fixture
def page(log_in: LogIn) -> Page:
    return log_in()


def answer_question(page: Page, label: str) -> None:
    page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Continuer").click()


def try_address(guide: Guide, **answers: str) -> str:
    return reverse("admin:diagnostics_session_try", args=[guide.pk], query=answers)


def change_a_conclusion(guide: Guide) -> None:
    support = Outcome.objects.get(guide=guide, key="contacter-support-pix")
    changed = Rule.objects.filter(guide=guide, gives__key="communiquer-code-campagne")
    changed.update(gives=support)


def test_an_editor_tries_the_draft_and_keeps_the_try_as_an_example(
    page: Page, guide: Guide
) -> None:
    guide.examples.all().delete()
    page.goto(change_url(guide))
    page.get_by_role("link", name="Essayer").click()
    for label in ("Oui", "Oui", "Identifiant", "Avec son adresse mail sur Pix.fr"):
        expect(page.get_by_text("Essai du brouillon.")).to_be_visible()
        answer_question(page, label)
    expect(page.get_by_role("heading", name="Contacter le support Pix", exact=True)).to_be_visible()
    page.get_by_role("button", name="En faire un cas type").click()
    name = page.get_by_role("textbox", name="Nom")
    expect(name).to_have_value("Contacter le support Pix (Identifiant, Avec son adresse mail sur Pix.fr)")  # fmt: skip
    name.fill("Un mail en face d’un identifiant")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("link", name="Un mail en face d’un identifiant").last).to_be_visible()
    assert not Session.objects.exists()


def test_an_example_of_the_same_answers_is_announced_and_mended(page: Page, guide: Guide) -> None:
    change_a_conclusion(guide)
    example = guide.examples.get(name="Aucune méthode de connexion dans Pix Orga")
    answers = {row.question.key: row.choice.key for row in example.answers.all()}
    page.goto(try_address(guide, **answers))
    expect(page.get_by_text("a déjà ces réponses, mais attend autre chose.")).to_be_visible()
    page.get_by_role("button", name="Lui faire attendre ces conclusions").click()
    expect(page.get_by_text("donne bien ce qui est attendu")).to_be_visible()


def test_an_editor_follows_what_another_answer_would_change(page: Page, guide: Guide) -> None:
    page.goto(try_address(guide, **ANSWERS))
    page.get_by_role("complementary").get_by_role("link", name="L’élève connaît").click()
    expect(page.get_by_role("heading", name="Tout va bien", exact=False)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Réinitialiser le mot de passe").first).to_be_visible()


def test_a_rule_of_the_trace_leads_to_its_page(page: Page, guide: Guide) -> None:
    page.goto(try_address(guide))
    page.get_by_role("link", name="Règle 1", exact=True).click()
    page.wait_for_url(f"**{change_url(guide.rules.all()[0])}")


def test_an_editor_sees_whose_conclusion_changes_and_opens_one(page: Page, guide: Guide) -> None:
    campaign = dict(list(ANSWERS.items())[:2]) | {"methode-pix-orga": "aucune"}
    for answers in (campaign, campaign, ANSWERS):
        session_create(version=guide.versions.get(), answers=answers)
    change_a_conclusion(guide)
    page.goto(change_url(guide))
    page.get_by_role("link", name="Rejouer le réel").click()
    expect(page.get_by_text("2 sur 3 changent de conclusion.")).to_be_visible()
    page.get_by_role("link", name="→ Oui, – (aucune)").click()
    expect(page.get_by_role("heading", name="Contacter le support Pix", exact=True)).to_be_visible()


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
    Question.objects.create(guide=guide, key="vide", title="Sans réponses")
    page.goto(try_address(guide))


def open_replay(page: Page, guide: Guide) -> None:
    session_create(version=guide.versions.get(), answers=ANSWERS | {"methode-pix-orga": "aucune"})
    change_a_conclusion(guide)
    page.goto(reverse("admin:diagnostics_session_replay", args=[guide.pk]))


OPENERS = [open_question, open_result, open_start, open_unfinished_draft, open_replay]


@pytest.mark.parametrize("opener", OPENERS, ids=lambda opener: opener.__name__)
def test_a_page_breaks_no_rule_and_does_not_scroll_sideways(
    opener: Opener, log_in: LogIn, guide: Guide
) -> None:
    page = log_in(bypass_csp=True)  # axe writes styles
    opener(page, guide)
    assert [*broken_rules(page), *sideways_scrolls(page)] == []
