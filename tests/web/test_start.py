"""The start page, `/{slug}/`."""

import pytest
from django.test import Client

from diagnostics.models import Session
from rules.models import Guide
from rules.publication.guide_settings import guide_settings_update
from tests.web.visitor import Visitor


def test_it_shows_the_introduction_as_html(client: Client, small_guide: Guide) -> None:
    visitor = Visitor(client).open("/petit-guide/")
    assert visitor.heading == "Petit guide"
    assert visitor.texts(".card em") == ["introduction"]


def test_looking_at_it_stores_nothing(visitor: Visitor) -> None:
    visitor.open("/corriger-comptes-pix/")
    assert not Session.objects.exists()


def test_its_form_is_sent_to_itself(visitor: Visitor) -> None:
    form = visitor.open("/corriger-comptes-pix/").element("form")
    assert (form["method"], form["action"]) == ("post", "/corriger-comptes-pix/")


def test_beginning_makes_a_diagnostic_and_goes_to_it(client: Client, shipped_guide: Guide) -> None:
    response = client.post("/corriger-comptes-pix/")
    session = Session.objects.get()
    assert session.answers == {}
    assert response.status_code == 303
    assert response["Location"] == f"/diagnostics/{session.pk}/"


def test_it_says_how_long_answers_are_kept(visitor: Visitor) -> None:
    assert "30 jours" in visitor.open("/corriger-comptes-pix/").element(".note").text


def test_it_leads_to_the_whole_class(visitor: Visitor) -> None:
    link = visitor.open("/corriger-comptes-pix/?liste-a-jour=oui").link("Toute la classe")
    assert link["href"] == "/corriger-comptes-pix/classe/"


LINK = "/corriger-comptes-pix/?attribution-gar=non&liste-a-jour=oui&methode-pix-orga=mail"


def test_a_link_gives_answers_that_the_page_says_in_words(visitor: Visitor) -> None:
    visitor.open(LINK)
    assert visitor.answers == ["Oui", "Non", "Mail"]
    assert not Session.objects.exists()


def test_a_link_gives_answers_to_the_diagnostic_that_begins(visitor: Visitor) -> None:
    visitor.open(LINK).press("Commencer")
    assert visitor.texts(".rank") == ["Question 4"]
    assert visitor.answers == ["Oui", "Non", "Mail"]
    assert "?" not in visitor.address


def test_a_link_may_give_all_answers(visitor: Visitor) -> None:
    visitor.open(LINK.replace("mail", "aucune")).press("Commencer")
    assert visitor.heading == "Résultat du diagnostic"


@pytest.mark.parametrize(
    "query",
    [
        "inconnue=oui",
        "liste-a-jour=peut-etre",
        "liste-a-jour=",
        "liste-a-jour",
        "liste-a-jour=oui&liste-a-jour=oui",
        "liste-a-jour=oui&liste-a-jour=non",
        "Liste-a-jour=oui",
        "liste-a-jour=oui%00",
        "%00=%ff&%ED%A0%80=%ED%A0%80",
        f"{'x' * 3000}=oui",
        "=&=&&;",
    ],
)
def test_wrong_answers_of_a_link_are_left_out(visitor: Visitor, query: str) -> None:
    address = f"/corriger-comptes-pix/?{query}"
    assert visitor.open(f"{address}&attribution-gar=oui").answers == ["Oui"]
    assert visitor.client.post(address).status_code == 303
    assert Session.objects.get().answers == {}


def test_a_link_with_far_too_much_is_refused_in_french(visitor: Visitor) -> None:
    visitor.open("/corriger-comptes-pix/?" + "&".join(f"x{number}=y" for number in range(1_100)))
    assert (visitor.status, visitor.heading) == (400, "Demande incorrecte")


def test_a_link_to_a_closed_guide_shows_its_message_alone(
    visitor: Visitor, shipped_guide: Guide
) -> None:
    guide_settings_update(
        guide=shipped_guide, needs_approval=False, closed=True, closing_message="Fermé."
    )
    assert visitor.open(LINK).answers == []
    assert visitor.client.post(LINK).status_code == 403


@pytest.mark.parametrize("slug", ["inconnu", "diagnostics", "static"])
def test_an_unknown_guide_is_a_french_page(visitor: Visitor, slug: str) -> None:
    visitor.open(f"/{slug}/")
    assert visitor.status == 404
    assert visitor.heading == "Adresse introuvable"
    assert visitor.follow("Commencer un diagnostic").address == "/corriger-comptes-pix/"
