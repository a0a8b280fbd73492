"""The week before an exam: a rule is changed, its fault seen and mended, the draft tried, kept as
a case, compared, replayed on what visitors answered, published and taken back.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from diagnostics.services import session_create
from rules.admin.links import change_url
from rules.models import Example, Guide, Rule
from rules.publication.timeline import live_version
from tests.browser.conftest import LogIn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCHOOL = {"liste-a-jour": "oui", "attribution-gar": "oui"}
MAIL = {"methode-pix-orga": "mail", "connexion-habituelle": "mail", "identifiants-connus": "oui"}
EXPECTED_FOR_MAIL = [
    "Compte mail, identifiants connus",
    "Compte mail, mot de passe perdu",
    "Pix à attribuer dans le GAR, compte mail",
]


@pytest.fixture
def page(log_in: LogIn) -> Page:
    return log_in()


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    """The shipped guide with the diagnostics of two schools, one of them about a mail account."""
    version = live_version(shipped_guide.slug)
    assert version is not None
    session_create(version=version, answers=SCHOOL | MAIL)
    session_create(version=version, answers=SCHOOL | {"methode-pix-orga": "aucune"})
    return shipped_guide


@pytest.mark.slow
def test_an_editor_goes_all_the_way(page: Page, guide: Guide) -> None:
    a_slip_is_seen_and_mended(page, guide)
    mail_accounts_are_no_longer_associated(page, guide)
    the_cases_that_say_otherwise_are_mended(page, guide)
    the_draft_is_tried_and_the_try_becomes_an_example(page, guide)
    the_change_is_read_and_replayed(page, guide)
    it_is_published(page, guide)
    it_is_taken_back(page, guide)


def a_slip_is_seen_and_mended(page: Page, guide: Guide) -> None:
    rule = guide.rules.get(key="aucune-methode")
    change_conclusion(page, rule, "Contacter le support Pix")
    page.get_by_role("link", name="à corriger").click()
    fault = page.get_by_text("n’est donnée à aucun visiteur")
    expect(fault).to_contain_text("Communiquer un code de campagne à l’élève")
    page.goto(change_url(guide))
    page.get_by_role("link", name="Publier", exact=True).click()
    expect(page.get_by_text("ne peut pas encore être publié")).to_be_visible()
    expect(page.get_by_role("button", name="Publier")).to_be_hidden()
    change_conclusion(page, rule, "Communiquer un code de campagne à l’élève")
    expect(page.get_by_text("brouillon à jour")).to_be_visible()


def change_conclusion(page: Page, rule: Rule, outcome: str) -> None:
    page.goto(change_url(rule))
    page.get_by_label("Effet").select_option(label=outcome)
    page.get_by_role("button", name="Enregistrer", exact=True).click()


def mail_accounts_are_no_longer_associated(page: Page, guide: Guide) -> None:
    page.goto(change_url(guide.rules.get(key="compte-a-associer")))
    page.get_by_role("checkbox", name="Avec son adresse mail sur Pix.fr").locator(
        "visible=true"
    ).uncheck()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Attention : 3 cas types en rouge")).to_be_visible()


def the_cases_that_say_otherwise_are_mended(page: Page, guide: Guide) -> None:
    for name in EXPECTED_FOR_MAIL:
        page.goto(change_url(guide.examples.get(name=name)))
        page.get_by_label("Conclusion 2").select_option(label="— aucune —")
        page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("à corriger")).to_be_hidden()


def the_draft_is_tried_and_the_try_becomes_an_example(page: Page, guide: Guide) -> None:
    page.get_by_role("link", name="Essayer").click()
    for answer in ("Non", "Oui", "Mail", "Avec son adresse mail sur Pix.fr", "Oui"):
        page.get_by_role("radio", name=re.compile(f"^{answer}")).check()
        page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name="Tout va bien !").first).to_be_visible()
    expect(page.get_by_text("Associer le compte Pix")).to_be_hidden()
    expect(page.get_by_role("heading", name="Et si")).to_be_visible()
    before = Example.objects.count()
    page.get_by_role("button", name="En faire un cas type").click()
    expect(page.get_by_text("donne bien ce qui est attendu")).to_be_visible()
    assert Example.objects.count() == before + 1


def the_change_is_read_and_replayed(page: Page, guide: Guide) -> None:
    page.goto(change_url(guide))
    page.get_by_role("link", name="Ce qui change").click()
    expect(page.get_by_text("au lieu de").first).to_be_visible()
    page.goto(change_url(guide))
    page.get_by_text("Plus", exact=True).click()
    page.get_by_role("link", name="Rejouer les derniers diagnostics").click()
    expect(page.get_by_text("1 sur 2 change de conclusion")).to_be_visible()
    page.get_by_role("list").get_by_role("link", name="Mail").first.click()
    expect(page.get_by_text("Essai du brouillon")).to_be_visible()
    expect(page.get_by_role("heading", name="Tout va bien !").first).to_be_visible()


def it_is_published(page: Page, guide: Guide) -> None:
    page.goto(change_url(guide))
    page.get_by_role("link", name="Publier", exact=True).click()
    page.get_by_label("Note").fill("Les comptes mail ne s’associent plus")
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("La version 2 est en ligne.")).to_be_visible()


def it_is_taken_back(page: Page, guide: Guide) -> None:
    page.get_by_text("Plus", exact=True).click()
    page.get_by_role("link", name="Versions").click()
    page.get_by_role("link", name="Version 1", exact=True).click()
    page.get_by_role("link", name="Revenir à cette version").click()
    page.get_by_label("Motif").fill("Décision annulée")
    page.get_by_role("button", name="revenir à cette version").click()
    expect(page.get_by_role("row", name="Version 3")).to_contain_text("En ligne")
    page.goto(change_url(guide))
    page.get_by_text("Plus", exact=True).click()
    page.get_by_role("link", name="Historique").first.click()
    expect(page.get_by_text("Décision annulée")).to_be_visible()
