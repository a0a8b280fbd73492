"""Tests the legal pages, and the links to them on every page."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import Settings

from rules.legal.legal_texts import LEGAL_PAGE_KEYS
from rules.models import LegalPage
from tests.web.visitor import Visitor

pytestmark = pytest.mark.django_db

FOOTER_LINKS = {
    "Plan du site": "/plan-du-site/",
    "Accessibilité\u00a0: non conforme": "/accessibilite/",
    "Mentions légales": "/mentions-legales/",
    "Données personnelles": "/donnees-personnelles/",
}
TO_COMPLETE = "À compléter par l’éditeur du service\u00a0:"


@pytest.fixture
def reader(client: Client) -> Visitor:
    return Visitor(client)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/corriger-comptes-pix/",
        "/corriger-comptes-pix/affiche/",
        "/mentions-legales/",
        "/integration/",
        "/nulle-part/",
        "/api/v1/docs",
        "/admin/login/",
        "/admin/",
    ],
)
def test_every_page_links_to_the_site_map_and_the_legal_pages(
    visitor: Visitor, admin_client: Client, address: str
) -> None:
    client = visitor.client if address == "/admin/login/" else admin_client
    page = BeautifulSoup(client.get(address, follow=True).content.decode(), "html.parser")
    links = page.select("footer nav.legal a")
    assert {link.text: link["href"] for link in links} == FOOTER_LINKS


def test_questions_and_results_link_to_the_legal_pages(visitor: Visitor) -> None:
    visitor.start()
    assert visitor.link("Mentions légales")
    visitor.answer_all(["oui", "oui", "aucune"])
    assert visitor.link("Données personnelles")


@pytest.mark.parametrize("key", LEGAL_PAGE_KEYS)
def test_the_shipped_text_is_shown_until_editors_change_it(reader: Visitor, key: str) -> None:
    reader.open(f"/{key}/")
    assert reader.status == 200
    assert reader.title == f"{reader.heading} – Pix"
    assert TO_COMPLETE in reader.element("main").text
    assert not reader.page.select(".note")


def test_the_text_of_editors_is_shown_with_its_date(reader: Visitor) -> None:
    LegalPage.objects.create(key="mentions-legales", title="Mentions", body="## Éditeur\n\nNous.")
    reader.open("/mentions-legales/")
    assert reader.texts("h1, h2") == ["Mentions", "Éditeur"]
    assert reader.texts(".note")[0].startswith("Mis à jour le ")
    assert "Nous." in reader.element("main").text


def test_the_accessibility_statement_has_its_mandatory_sections(reader: Visitor) -> None:
    reader.open("/accessibilite/")
    assert "non conforme" in reader.texts("main strong")
    assert reader.texts("h2") == [
        "État de conformité",
        "Résultats des tests",
        "Contenus non accessibles",
        "Établissement de cette déclaration",
        "Retour d’information et contact",
        "Voies de recours",
    ]


def test_the_page_on_personal_data_has_the_days_of_the_settings(
    reader: Visitor, settings: Settings
) -> None:
    settings.SESSION_DAYS = 45
    text = reader.open("/donnees-personnelles/").element("main").text
    assert "gardées 45 jours" in text
    assert "{" not in text


def test_scripts_in_a_legal_page_do_not_run(reader: Visitor) -> None:
    body = "<script>alert(1)</script> [x](javascript:alert(1)) {jours.x} {0} %s"
    LegalPage.objects.create(key="accessibilite", title="<b>A</b>", body=body)
    page = str(reader.open("/accessibilite/").element("main"))
    assert "<script" not in page
    assert "<b>" not in page
    assert 'href="javascript' not in page
    assert "{jours.x} {0} %s" in page


def test_legal_pages_refuse_a_post(reader: Visitor) -> None:
    assert reader.client.post("/accessibilite/").status_code == 405
