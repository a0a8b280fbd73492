"""An editor makes a mistake, reads in *La preuve* what it breaks, and mends it."""

import re

import pytest
from playwright.sync_api import Page, expect

from rules.admin.links import action_url, change_url
from rules.drafts.guides import guide_import
from rules.models import Guide, Rule
from tests.browser.conftest import LogIn
from tests.browser.sound import broken_rules
from tests.proof.large_guides import make_exploding_guide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(log_in: LogIn) -> Page:
    return log_in()


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    return shipped_guide


def break_a_rule(guide: Guide) -> None:
    """Removes the only rule that concludes for a pupil with different accounts."""
    guide.rules.get(key="comptes-differents").delete()


def test_an_editor_breaks_a_rule_sees_the_fault_and_mends_it(page: Page, guide: Guide) -> None:
    rule, support = guide.rules.get(key="aucune-methode"), "Contacter le support Pix"
    change_effect(page, rule, support)
    warning = page.get_by_text("Attention : 1 point à corriger et 2 cas types en rouge")
    warning.get_by_role("link", name="La preuve").click()
    unreached = page.get_by_text("n’est donnée à aucun visiteur")
    expect(unreached).to_contain_text("« Communiquer un code de campagne à l’élève »")
    change_effect(page, rule, "Communiquer un code de campagne à l’élève")
    expect(page.get_by_text("Attention")).to_be_hidden()
    page.get_by_role("link", name="La preuve").click()
    expect(page.get_by_text("Rien à corriger")).to_be_visible()
    expect(unreached).to_be_hidden()


def change_effect(page: Page, rule: Rule, outcome: str) -> None:
    page.goto(change_url(rule))
    page.get_by_label("Effet").select_option(label=outcome)
    page.get_by_role("button", name="Enregistrer", exact=True).click()


def test_the_answers_that_show_a_fault_are_tried(page: Page, guide: Guide) -> None:
    break_a_rule(guide)
    page.goto(action_url(guide, "proof"))
    page.get_by_role("link", name="Voir ces réponses dans l’essai").first.click()
    expect(page).to_have_url(re.compile("/try/.*connexion-habituelle="))
    page.get_by_role("link", name="Revenir à la preuve").click()
    expect(page).to_have_url(re.compile(action_url(guide, "proof")))


def test_a_forgotten_condition_is_one_point_and_the_rest_is_unfolded(
    page: Page, guide: Guide
) -> None:
    guide.rules.get(key="compte-a-associer").conditions.all().delete()
    page.goto(action_url(guide, "proof"))
    expect(page.get_by_text("conclut dès le départ")).to_be_visible()
    question = page.get_by_role("link", name="La question « Avez-vous mis")
    expect(question).to_be_hidden()
    page.get_by_text("n’est plus atteint à cause de cela").click()
    expect(question).to_be_visible()


def test_the_proof_breaks_no_accessibility_rule(log_in: LogIn, guide: Guide) -> None:
    page = log_in(bypass_csp=True)  # axe writes its own styles
    for broken in (False, True):
        if broken:
            break_a_rule(guide)
            guide.examples.all()[0].outcomes.all().delete()
        for url in (action_url(guide, "proof"), change_url(guide)):
            page.goto(url)
            assert list(broken_rules(page, [375, 1280])) == []
    page.goto(change_url(guide.examples.all()[0]))
    assert list(broken_rules(page, [375, 1280])) == []


def test_a_guide_too_large_for_its_page_is_proved_on_its_own(page: Page, guide: Guide) -> None:
    page.goto(change_url(guide_import(content=make_exploding_guide(20))))
    page.get_by_role("link", name="Lancer la preuve").click()
    expect(page.get_by_text("Ce n’est pas une preuve")).to_be_visible()
