"""Texts that an editor typed and could not save: they are sent again, or Back returns to them."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django import Settings

from rules.admin.links import change_url
from rules.models import Guide
from tests.browser.axe import axe_violations
from tests.browser.conftest import LogIn

TYPED = "Une ligne <b>précieuse</b>\n\net « une autre »"
PASSWORD = "a long password"

pytestmark = pytest.mark.browser


def fill_question(page: Page, guide: Guide) -> None:
    page.goto(change_url(guide.questions.all()[2]))
    page.locator("#id_help").fill(TYPED)


def save_form(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer", exact=True).click()


def test_a_form_is_sent_again_after_a_login_in_another_tab(
    log_in: LogIn, shipped_guide: Guide
) -> None:
    page = log_in("edith", "Éditeurs")
    fill_question(page, shipped_guide)
    user = User.objects.get(username="edith")
    user.set_password(PASSWORD)  # which ends the session
    user.save()
    save_form(page)
    expect(page.get_by_role("heading", name="Votre session est terminée")).to_be_visible()
    expect(page.get_by_label("Explication\u00a0:")).to_have_value(TYPED)
    assert axe_violations(page) == []
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Connectez-vous dans un autre onglet").click()
    opened.value.get_by_label("Nom d’utilisateur").fill("edith")
    opened.value.get_by_label("Mot de passe").fill(PASSWORD)
    opened.value.get_by_role("button", name="Connexion").click()
    expect(opened.value.get_by_role("button", name="Déconnexion")).to_be_visible()
    page.get_by_role("button", name="Je suis connecté, continuer").click()
    page.get_by_role("button", name="Envoyer de nouveau").click()
    expect(page.get_by_text("Enregistré dans le brouillon")).to_be_visible()
    assert shipped_guide.questions.all()[2].help == TYPED


def test_back_returns_to_a_form_that_was_too_large_as_it_was_filled(
    log_in: LogIn, shipped_guide: Guide, settings: Settings
) -> None:
    page = log_in("edith", "Éditeurs")
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    fill_question(page, shipped_guide)
    save_form(page)
    expect(page.get_by_role("heading", name="Votre envoi est trop long")).to_be_visible()
    page.go_back()
    expect(page.locator("#id_help")).to_have_value(TYPED)
