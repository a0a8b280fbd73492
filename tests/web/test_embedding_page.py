"""The page that says how another site shows a guide, and the script that such a site loads."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import Settings

from rules.models import Guide
from rules.publication.guide_settings import guide_settings_update
from tests.web.conftest import publish_document
from tests.web.visitor import Visitor

SCRIPT = "/static/diagnostics/integration.js"


@pytest.fixture
def page(visitor: Visitor) -> Visitor:
    return visitor.open("/integration/")


def parse_snippet(page: Visitor) -> BeautifulSoup:
    return BeautifulSoup(page.element("pre").text, "html.parser")


def test_the_snippet_has_the_script_the_element_and_a_link(page: Visitor) -> None:
    copied = parse_snippet(page)
    (script,), (element,) = copied.select("script"), copied.select("pix-diagnostic")
    (link,) = element.select("a")
    assert script["src"] == f"http://testserver{SCRIPT}"
    assert script.has_attr("defer")
    assert element["guide"] == "corriger-comptes-pix"
    assert link["href"] == "http://testserver/corriger-comptes-pix/"
    assert link.text == "Corriger les problèmes de comptes Pix avant la certification"


def test_its_addresses_are_those_of_the_settings(visitor: Visitor, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://diagnostics.example.fr"
    copied = parse_snippet(visitor.open("/integration/"))
    assert copied.select("script")[0]["src"] == f"https://diagnostics.example.fr{SCRIPT}"
    assert copied.select("a")[0]["href"] == "https://diagnostics.example.fr/corriger-comptes-pix/"


def test_the_example_on_the_page_may_be_framed_there(page: Visitor) -> None:
    assert page.element(f'head script[src="{SCRIPT}"]')
    assert page.element("pix-diagnostic")["guide"] == "corriger-comptes-pix"
    policy = page.client.get("/integration/")["Content-Security-Policy"]
    assert "frame-src 'self'" in policy
    assert "script-src 'self';" in f"{policy};"


def test_a_link_with_an_answer_is_one_of_the_guide_s_own(page: Visitor) -> None:
    address = "http://testserver/corriger-comptes-pix/?liste-a-jour=oui"
    assert page.link(address)["href"] == address
    assert 'answers="liste-a-jour=oui"' in page.texts("code")


def test_all_questions_and_answers_are_listed(page: Visitor, shipped_guide: Guide) -> None:
    listed = page.texts("dd code")
    assert "methode-pix-orga=mediacentre" in listed
    assert len(listed) == sum(q.choices.count() for q in shipped_guide.questions.all())
    assert page.texts("dt") == [q.title for q in shipped_guide.questions.all()]


def test_each_open_guide_is_there_and_no_closed_one(
    visitor: Visitor, shipped_guide: Guide, small_guide: Guide
) -> None:
    assert len(visitor.open("/integration/").page.select("pre")) == 2
    guide_settings_update(
        guide=shipped_guide, needs_approval=False, closed=True, closing_message="Fermé."
    )
    assert parse_snippet(visitor.open("/integration/")).select("pix-diagnostic[guide=petit-guide]")


def test_it_says_which_sites_may_frame_the_form(page: Visitor, settings: Settings) -> None:
    assert "FRAME_ANCESTORS" in page.texts("main code")
    assert page.link("écrivez au support Pix")["href"] == settings.SUPPORT_URL
    assert page.link("documentation de l’API")["href"] == "/api/v1/docs"


@pytest.mark.django_db
def test_a_site_without_any_guide_says_so(no_guide: None, client: Client) -> None:
    assert "Aucun guide n’est en ligne" in client.get("/integration/").content.decode()


def test_a_hostile_title_stays_text_in_the_page_and_in_what_is_copied(
    client: Client, no_guide: None, small_document: dict[str, Any]
) -> None:
    title = '</a></pix-diagnostic><script>alert(1)</script>"'
    publish_document(small_document | {"title": title})
    page = Visitor(client).open("/integration/")
    assert page.texts("h2")[-1] == title
    assert [script["src"] for script in parse_snippet(page).select("script")] == [
        f"http://testserver{SCRIPT}"
    ]
    assert parse_snippet(page).select("a")[0].text == title


def test_the_script_is_small_and_a_new_one_reaches_other_sites_within_minutes(
    client: Client,
) -> None:
    response = client.get(SCRIPT)
    assert len(response.getvalue()) < 5_000
    assert response["Cache-Control"] == "max-age=60, public"


def test_the_script_reads_the_same_in_a_page_of_any_encoding(client: Client) -> None:
    assert client.get(SCRIPT).getvalue().isascii()
