"""The explanation of a choice is plain text wherever it is read: no Markdown, no HTML, its own lines."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from rules.document.parsing import parse_document
from tests.admin.large_guide import publish_guide

EXPLANATION = "**Gras** [lien](https://pix.fr) <b>&amp;</b>\nsur deux lignes"
START = "/corriger-comptes-pix"
PAGES = ["classe", "hors-ligne", "affiche"]


@pytest.fixture
def guide_pk(guide_document: dict[str, Any], no_guide: None, db: None) -> int:
    for question in guide_document["questions"]:
        for choice in question["choices"]:
            choice["help"] = EXPLANATION
    return publish_guide(parse_document(guide_document)).pk


def shown_explanations(html: str) -> set[str]:
    """Returns the explanations that a page shows, with the line breaks of the page."""
    page = BeautifulSoup(html.replace("<br>", "\n").replace("template", "div"), "html.parser")
    return {text[text.index("**") :] for text in page.stripped_strings if "Gras" in text}


def test_visitors_read_it_as_text(client: Client, guide_pk: int) -> None:
    question = client.post(f"{START}/", follow=True)
    for page in (question, *(client.get(f"{START}/{name}/") for name in PAGES)):
        assert shown_explanations(page.content.decode()) == {EXPLANATION}, page.request


def test_editors_read_it_as_text(admin_client: Client, guide_pk: int) -> None:
    for address in (f"rules/guide/{guide_pk}/read/", f"diagnostics/session/try/{guide_pk}/"):
        page = admin_client.get(f"/admin/{address}")
        assert shown_explanations(page.content.decode()) == {EXPLANATION}, address


def test_programs_read_it_as_text(client: Client, guide_pk: int) -> None:
    state = client.post(f"/api/v1/guides{START}/evaluate", {"answers": {}}, "application/json")
    choices = state.json()["question"]["choices"]
    assert {choice["help"] for choice in choices} == {EXPLANATION}
