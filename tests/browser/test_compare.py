"""Two editors change the same guide, and read the comparison and the history."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from rules.admin.links import action_url, change_url
from rules.models import Guide, Question
from tests.browser.axe import axe_violations
from tests.browser.conftest import LogIn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def log_in(log_in: LogIn) -> LogIn:
    """A window in which a new editor of that first name has logged in."""

    def log_in_as(name: str, **options: object) -> Page:
        page = log_in(name.lower(), group="Éditeurs", **options)
        User.objects.filter(username=name.lower()).update(first_name=name)
        return page

    return log_in_as


def first_question(guide: Guide) -> Question:
    return guide.questions.all()[0]


def save_part(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer", exact=True).click()


def test_the_second_of_two_editors_is_announced_and_loses_nothing(
    log_in: LogIn, shipped_guide: Guide
) -> None:
    edith, paul = log_in("Edith"), log_in("Paul")
    url = change_url(first_question(shipped_guide))
    for page in (edith, paul):
        page.goto(url)
    edith.get_by_label("Question :").fill("Celle d’Edith")
    save_part(edith)
    expect(edith.get_by_text("Enregistré dans le brouillon")).to_be_visible()
    paul.get_by_label("Question :").fill("Celle de Paul")
    paul.get_by_role("button", name="Ajouter une réponse").click()
    paul.locator("#id_choices-3-label").fill("Ne sait pas")
    first, added = (
        [option.inner_text() for option in paul.locator(f"#id_choices-{rank}-same option").all()]
        for rank in (2, 3)
    )
    assert first == added != []
    save_part(paul)
    expect(paul.get_by_text("Edith a modifié cette question à")).to_be_visible()
    expect(paul.get_by_label("Question :")).to_have_value("Celle de Paul")
    expect(paul.locator("#id_choices-3-label")).to_have_value("Ne sait pas")
    assert axe_violations(paul) == []
    save_part(paul)
    expect(paul.get_by_text("Enregistré dans le brouillon")).to_be_visible()
    question = first_question(shipped_guide)
    assert question.title == "Celle de Paul"
    assert question.choices.filter(label="Ne sait pas").exists()


def test_a_change_is_read_in_the_comparison_and_in_the_history(
    log_in: LogIn, shipped_guide: Guide
) -> None:
    page = log_in("Edith")
    outcome = shipped_guide.outcomes.filter(final=True).exclude(body="")[0]
    page.goto(change_url(outcome))
    page.get_by_label("Texte :").fill(f"{outcome.body}\n\nBonne chance.")
    save_part(page)
    page.get_by_role("link", name="Ce qui change").click()
    expect(page.get_by_text("Le texte a changé.")).to_be_visible()
    expect(page.locator("ins")).to_contain_text("Bonne chance.")
    assert axe_violations(page) == []
    page.get_by_role("link", name=outcome.title).click()
    page.get_by_role("link", name="Historique").click()
    expect(page.get_by_role("cell", name="Edith")).to_be_visible()
    expect(page.get_by_text("a changé. Ajouté")).to_be_visible()
    assert axe_violations(page) == []
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="Dernières modifications")).to_be_visible()
    assert axe_violations(page) == []


def test_the_comparison_is_read_on_a_narrow_screen(log_in: LogIn, shipped_guide: Guide) -> None:
    page = log_in("Edith", viewport={"width": 320, "height": 800})
    shipped_guide.rules.all()[7].delete()
    for url in (action_url(shipped_guide, "compare"), action_url(shipped_guide, "history")):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
