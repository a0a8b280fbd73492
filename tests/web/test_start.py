"""The start page, `/{slug}/`."""

import pytest
from django.test import Client

from diagnostics.models import Session
from rules.models import Guide
from tests.web.visitor import Visitor


def test_it_shows_the_introduction_as_html(client: Client, small_guide: Guide) -> None:
    visitor = Visitor(client).open("/petit-guide/")
    assert visitor.heading == "Petit guide"
    assert visitor.texts(".card em") == ["introduction"]


def test_looking_at_it_stores_nothing(visitor: Visitor) -> None:
    visitor.open("/corriger-comptes-pix/")
    assert not Session.objects.exists()


def test_its_form_is_sent_to_itself(visitor: Visitor) -> None:
    form = visitor.open("/corriger-comptes-pix/").one("form")
    assert (form["method"], form["action"]) == ("post", "/corriger-comptes-pix/")


def test_beginning_makes_a_diagnostic_and_goes_to_it(client: Client, shipped_guide: Guide) -> None:
    response = client.post("/corriger-comptes-pix/")
    session = Session.objects.get()
    assert session.answers == {}
    assert response.status_code == 303
    assert response["Location"] == f"/diagnostics/{session.pk}/"


def test_it_says_how_long_answers_are_kept(visitor: Visitor) -> None:
    assert "30 jours" in visitor.open("/corriger-comptes-pix/").one(".note").text


@pytest.mark.parametrize("slug", ["inconnu", "diagnostics", "static"])
def test_an_unknown_guide_is_a_french_page(visitor: Visitor, slug: str) -> None:
    visitor.open(f"/{slug}/")
    assert visitor.status == 404
    assert visitor.heading == "Adresse introuvable"
    assert visitor.follow("Commencer un diagnostic").address == "/corriger-comptes-pix/"
