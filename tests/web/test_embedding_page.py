"""Tests the page that explains how another site embeds a guide, and the script for such sites."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import Settings

from rules.document.serialising import document_digest
from rules.models import Guide
from rules.publication.guide_settings import guide_settings_update
from tests.rules.documents import NESTED_DOCUMENT, document_with_a_long_rule
from tests.web.conftest import publish_document
from tests.web.visitor import Visitor

SCRIPT_URL = "/static/diagnostics/integration.js"


@pytest.fixture
def page(visitor: Visitor) -> Visitor:
    return visitor.open("/integration/")


def parse_snippet(page: Visitor) -> BeautifulSoup:
    return BeautifulSoup(page.element("pre").text, "html.parser")


def test_the_snippet_has_the_script_the_element_and_a_link(page: Visitor) -> None:
    snippet = parse_snippet(page)
    (script,), (element,) = snippet.select("script"), snippet.select("pix-diagnostic")
    (link,) = element.select("a")
    assert script["src"] == f"http://testserver{SCRIPT_URL}"
    assert script.has_attr("defer")
    assert element["guide"] == "corriger-comptes-pix"
    assert link["href"] == "http://testserver/corriger-comptes-pix/"
    assert link.text == "Corriger les problèmes de comptes Pix avant la certification"


def test_the_addresses_of_the_snippet_begin_with_the_public_url(
    visitor: Visitor, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://diagnostics.example.fr"
    snippet = parse_snippet(visitor.open("/integration/"))
    assert snippet.select("script")[0]["src"] == f"https://diagnostics.example.fr{SCRIPT_URL}"
    assert snippet.select("a")[0]["href"] == "https://diagnostics.example.fr/corriger-comptes-pix/"


def test_the_page_may_show_its_example_in_a_frame(page: Visitor) -> None:
    assert page.element(f'head script[src="{SCRIPT_URL}"]')
    assert page.element("pix-diagnostic")["guide"] == "corriger-comptes-pix"
    policy = page.client.get("/integration/")["Content-Security-Policy"]
    assert "frame-src 'self'" in policy
    assert "script-src 'self';" in f"{policy};"


def test_the_example_of_a_link_has_an_answer_of_the_guide(page: Visitor) -> None:
    address = "http://testserver/corriger-comptes-pix/?liste-a-jour=oui"
    assert page.link(address)["href"] == address
    assert 'answers="liste-a-jour=oui"' in page.texts("code")


def test_all_questions_and_choices_are_listed(page: Visitor, shipped_guide: Guide) -> None:
    listed = page.texts("dd code")
    assert "methode-pix-orga=mediacentre" in listed
    assert len(listed) == sum(q.choices.count() for q in shipped_guide.questions.all())
    assert page.texts("dt") == [q.title for q in shipped_guide.questions.all()]


def test_the_page_has_a_snippet_for_each_open_guide(
    visitor: Visitor, shipped_guide: Guide, small_guide: Guide
) -> None:
    assert len(visitor.open("/integration/").page.select("pre")) == 2
    guide_settings_update(
        guide=shipped_guide, needs_approval=False, closed=True, closing_message="Fermé."
    )
    assert parse_snippet(visitor.open("/integration/")).select("pix-diagnostic[guide=petit-guide]")


def test_an_altered_version_marks_its_own_line(
    shipped_guide: Guide, small_document: dict[str, Any], client: Client
) -> None:
    publish_document(small_document | {"title": "Une version altérée"}).versions.update(
        document="{}"
    )
    page = Visitor(client).open("/integration/")
    assert page.status == 200
    assert page.page.text.count("Ce guide ne peut pas être affiché pour le moment") == 1
    assert "Corriger les problèmes" in page.page.text


@pytest.mark.parametrize(
    "document", [document_with_a_long_rule(), NESTED_DOCUMENT], ids=["long rule", "nested"]
)
def test_a_version_altered_with_its_digest_marks_its_own_line(
    shipped_guide: Guide, small_guide: Guide, client: Client, document: str
) -> None:
    small_guide.versions.update(document=document, sha256=document_digest(document))
    page = Visitor(client).open("/integration/")
    assert page.status == 200
    assert page.page.text.count("Ce guide ne peut pas être affiché pour le moment") == 1
    assert "Corriger les problèmes" in page.page.text


def test_the_page_names_the_setting_of_the_sites_that_may_frame_the_form(
    page: Visitor, settings: Settings
) -> None:
    assert "FRAME_ANCESTORS" in page.texts("main code")
    assert page.link("Écrivez au support Pix")["href"] == settings.SUPPORT_URL
    assert page.link("documentation de l’API")["href"] == "/api/v1/docs"


@pytest.mark.django_db
def test_a_site_without_any_guide_says_so(no_guide: None, client: Client) -> None:
    assert "Aucun guide n’est en ligne" in client.get("/integration/").content.decode()


def test_scripts_in_a_title_do_not_run_in_the_page_or_in_the_snippet(
    client: Client, no_guide: None, small_document: dict[str, Any]
) -> None:
    title = '</a></pix-diagnostic><script>alert(1)</script>"'
    publish_document(small_document | {"title": title})
    page = Visitor(client).open("/integration/")
    assert page.texts("h2")[-1] == title
    assert [script["src"] for script in parse_snippet(page).select("script")] == [
        f"http://testserver{SCRIPT_URL}"
    ]
    assert parse_snippet(page).select("a")[0].text == title


def test_the_script_is_small_and_is_cached_for_a_minute(
    client: Client,
) -> None:
    response = client.get(SCRIPT_URL)
    assert len(response.getvalue()) < 5_000
    assert response["Cache-Control"] == "max-age=60, public"


def test_the_script_is_ascii_so_that_pages_of_any_encoding_can_load_it(client: Client) -> None:
    assert client.get(SCRIPT_URL).getvalue().isascii()
