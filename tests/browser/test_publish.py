"""Publishers publish with a note or a date, approve, go back to a version and close a guide."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from rules.admin.links import action_url, change_url, list_url
from rules.models import Guide, Version
from rules.publication.guide_settings import guide_settings_update
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.browser.axe import axe_violations, violations_by_address
from tests.browser.conftest import LogIn, NewPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    """The shipped guide, whose draft asks the first question in other words than version 1."""
    shipped_guide.questions.filter(key="liste-a-jour").update(title="La liste est-elle à jour ?")
    return shipped_guide


def fill_date(page: Page, days: int) -> None:
    page.wait_for_load_state()  # a script chooses to publish at that date
    page.get_by_role("textbox", name="Date").fill(
        (timezone.localdate() + timedelta(days=days)).isoformat()
    )
    page.get_by_role("textbox", name="Heure").fill("08:30")


def test_a_version_is_scheduled_then_called_off(log_in: LogIn, guide: Guide) -> None:
    page = log_in("paul")
    page.goto(change_url(guide))
    page.get_by_role("link", name="Publier").click()
    expect(page.get_by_text("La liste est-elle à jour ?").first).to_be_visible()
    page.get_by_label("Note").fill("Question plus courte")
    fill_date(page, days=-1)
    page.get_by_role("button", name="Programmer").click()
    expect(page.get_by_role("alert")).to_contain_text("Une erreur à corriger")
    expect(page.get_by_role("link", name="Ce moment est passé")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("Question plus courte")
    fill_date(page, days=3)
    page.get_by_role("button", name="Programmer").click()
    expect(page.get_by_text("La version 2 est programmée pour le")).to_be_in_viewport()
    expect(page.get_by_text("programmée pour le").last).to_be_visible()
    page.get_by_text("Plus", exact=True).click()
    page.get_by_role("link", name="Annuler la programmation").click()
    expect(page.get_by_text("la version 1 reste en ligne")).to_be_visible()
    page.get_by_role("button", name="Oui, annuler la programmation").click()
    expect(page.get_by_text("La programmation de la version 2, prévue pour")).to_be_in_viewport()
    page.get_by_text("Plus", exact=True).click()
    page.get_by_role("link", name="Versions", exact=True).click()
    expect(page.get_by_role("row", name="Version 2")).to_contain_text("Annulée")
    expect(page.get_by_role("row", name="Version 1")).to_contain_text("En ligne")
    expect(page.get_by_role("row", name="Version 3")).to_have_count(0)


def test_a_second_person_approves_in_a_window_of_their_own(log_in: LogIn, guide: Guide) -> None:
    guide_settings_update(guide=guide, needs_approval=True, closed=False, closing_message="")
    paul, anne = log_in("paul"), log_in("anne")
    paul.goto(action_url(guide, "publish"))
    paul.get_by_label("Note").fill("Question plus courte")
    paul.get_by_role("button", name="Demander la publication").click()
    expect(paul.get_by_text("une autre personne doit l’approuver")).to_be_in_viewport()
    anne.goto(change_url(guide))
    anne.get_by_role("link", name="paul attend votre accord").click()
    expect(anne.get_by_text("Question plus courte")).to_be_visible()
    anne.get_by_role("button", name="Approuver et publier").click()
    expect(anne.get_by_text("Demandée par paul, approuvée par anne.")).to_be_in_viewport()


def test_a_visitor_goes_on_in_the_newer_version(new_page: NewPage, guide: Guide) -> None:
    visitor = new_page()
    visitor.goto(f"/{guide.slug}/")
    visitor.get_by_role("button", name="Commencer").click()
    for answer in ("Oui", "Non"):
        visitor.get_by_label(answer, exact=True).check()
        visitor.get_by_role("button", name="Continuer").click()
    guide_publish(review=PublicationReview(guide))
    visitor.reload()
    assert axe_violations(visitor) == []
    visitor.get_by_role("button", name="Passer à la nouvelle version").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("La liste est-elle à jour ?")
    visitor.get_by_label("Oui", exact=True).check()
    visitor.get_by_role("button", name="Continuer").click()
    expect(visitor.get_by_text("Question 3")).to_be_visible()


def prepare_pages(guide: Guide) -> list[str]:
    """Prepares a guide whose pages show all that they can; returns their addresses."""
    guide_publish(review=PublicationReview(guide), publish_at=timezone.now() + timedelta(days=3))
    guide.questions.filter(key="liste-a-jour").update(title="Encore une autre question ?")
    guide.examples.all().delete()
    guide_settings_update(guide=guide, needs_approval=False, closed=True, closing_message="Fermé.")
    return [
        change_url(guide),
        *(action_url(guide, action) for action in ("publish", "settings")),
        action_url(guide.versions.get(number=1), "restore"),
        list_url(Version, guide),
        *(change_url(version) for version in guide.versions.all()),
        f"/{guide.slug}/",
    ]


@pytest.mark.slow
def test_every_page_is_accessible_and_keeps_to_the_content_security_policy(
    log_in: LogIn, guide: Guide
) -> None:
    """The fixture of the window fails the test when the console complains."""
    paul, anne = (log_in(name) for name in ("paul", "anne"))
    assert violations_by_address(paul, prepare_pages(guide)) == {}
    Guide.objects.update(needs_approval=True)
    paul.goto(action_url(guide, "publish"))
    paul.get_by_label("Motif").fill("Sans cas types pour l’instant")
    paul.get_by_role("button", name="Demander la publication").click()
    for page in (paul, anne):
        assert violations_by_address(page, [action_url(guide, "approve"), change_url(guide)]) == {}


def test_histories_and_versions_are_read_on_a_phone_without_moving_sideways(
    log_in: LogIn, guide: Guide
) -> None:
    guide_publish(
        review=PublicationReview(guide), note="Une note assez longue pour prendre plus d’une ligne"
    )
    page = log_in("paul")
    page.set_viewport_size({"width": 375, "height": 800})
    for url in (action_url(guide, "history"), list_url(Version, guide)):
        page.goto(url)
        last = page.locator("table tbody tr").first.locator("td").last.bounding_box()
        assert last is not None
        assert last["x"] + last["width"] <= 375
