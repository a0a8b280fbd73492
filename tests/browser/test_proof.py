"""*La preuve* unfolds what follows from a fault, and its pages break no rule of accessibility."""

import pytest
from playwright.sync_api import Page, expect

from rules.admin.links import action_url, change_url
from rules.models import Guide
from tests.browser.conftest import LogIn
from tests.browser.sound import broken_rules

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(log_in: LogIn) -> Page:
    return log_in()


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    return shipped_guide


def test_a_forgotten_condition_is_one_point_and_the_rest_is_unfolded(
    page: Page, guide: Guide
) -> None:
    guide.rules.get(key="compte-a-associer").conditions.all().delete()
    page.goto(action_url(guide, "proof"))
    expect(page.get_by_text("conclut dès le départ")).to_be_visible()
    question = page.get_by_role("link", name="La question « Liste des élèves à jour »")
    expect(question).to_be_hidden()
    page.get_by_text("n’est plus atteint à cause de cela").click()
    expect(question).to_be_visible()


def test_the_proof_breaks_no_accessibility_rule(page: Page, guide: Guide) -> None:
    for broken in (False, True):
        if broken:
            guide.rules.get(key="comptes-differents").delete()
            guide.questions.create(key="vide", title="Sans réponses", position=9)
            guide.examples.all()[0].outcomes.all().delete()
        for url in (action_url(guide, "proof"), change_url(guide)):
            page.goto(url)
            page.evaluate(
                "for (const folded of document.querySelectorAll('details')) folded.open = true"
            )
            assert list(broken_rules(page, [375, 1280])) == []
    page.goto(change_url(guide.examples.all()[0]))
    assert list(broken_rules(page, [375, 1280])) == []
