"""Tests the start page of a guide, `/{slug}/`, and links to it that contain answers."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from diagnostics.models import Session
from rules.models import Guide
from rules.publication.guide_settings import guide_settings_update
from tests.web.conftest import publish_document
from tests.web.visitor import Visitor


def test_the_introduction_is_shown_as_html(client: Client, small_guide: Guide) -> None:
    visitor = Visitor(client).open("/petit-guide/")
    assert visitor.heading == "Petit guide"
    assert visitor.texts(".card em") == ["introduction"]


def test_opening_the_start_page_stores_nothing(visitor: Visitor) -> None:
    visitor.open("/corriger-comptes-pix/")
    assert not Session.objects.exists()


def test_the_form_is_sent_to_the_address_of_the_page(visitor: Visitor) -> None:
    form = visitor.open("/corriger-comptes-pix/").element("form")
    assert (form["method"], form["action"]) == ("post", "/corriger-comptes-pix/")


def test_beginning_creates_a_diagnostic_and_leads_to_it(
    client: Client, shipped_guide: Guide
) -> None:
    response = client.post("/corriger-comptes-pix/")
    session = Session.objects.get()
    assert session.answers == {}
    assert response.status_code == 303
    assert response["Location"] == f"/diagnostics/{session.pk}/questions/liste-a-jour/"


def test_the_page_has_the_days_for_which_answers_are_stored(visitor: Visitor) -> None:
    note = "Vos réponses sont gardées 30 jours, puis effacées."
    assert note in visitor.open("/corriger-comptes-pix/").element(".note").text


def test_the_page_links_to_the_page_of_a_whole_class(visitor: Visitor) -> None:
    link = visitor.open("/corriger-comptes-pix/?liste-a-jour=oui").link("Traiter toute une classe")
    assert link["href"] == "/corriger-comptes-pix/classe/"


def test_the_page_has_the_size_of_the_file_to_download(visitor: Visitor) -> None:
    link = visitor.open("/corriger-comptes-pix/").link("Télécharger pour l’utiliser sans connexion")
    size = len(visitor.client.get(str(link["href"])).content)
    kilobytes = re.search(r"\(HTML, (\d+)\u00a0Ko\)", link.text)
    assert kilobytes
    assert abs(int(kilobytes[1]) * 1000 - size) <= 1000


def test_a_guide_without_an_introduction_says_whom_it_is_for(
    visitor: Visitor, guide_document: dict[str, Any]
) -> None:
    publish_document(guide_document | {"introduction": ""})
    assert (
        "pour les établissements scolaires"
        in visitor.open("/corriger-comptes-pix/").texts("h1 + p")[0]
    )


URL_WITH_ANSWERS = (
    "/corriger-comptes-pix/?attribution-gar=non&liste-a-jour=oui&methode-pix-orga=mail"
)


def test_the_answers_of_a_link_are_shown_by_their_labels(visitor: Visitor) -> None:
    visitor.open(URL_WITH_ANSWERS)
    assert visitor.answers == ["Oui", "Non", "Mail"]
    assert not Session.objects.exists()


def test_the_diagnostic_begins_with_the_answers_of_a_link(visitor: Visitor) -> None:
    visitor.open(URL_WITH_ANSWERS).press("Commencer")
    assert visitor.texts(".rank") == ["Question 4"]
    assert visitor.answers == ["Oui", "Non", "Mail"]
    assert "?" not in visitor.address


def test_a_link_with_all_answers_leads_to_the_result(visitor: Visitor) -> None:
    visitor.open(URL_WITH_ANSWERS.replace("mail", "aucune")).press("Commencer")
    assert visitor.address == f"/diagnostics/{Session.objects.get().pk}/"
    assert visitor.texts("ol.steps h3")[-1] == "Communiquer un code de campagne à l’élève"


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


def test_a_link_with_too_many_parameters_is_refused_in_french(visitor: Visitor) -> None:
    too_many = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1
    visitor.open("/corriger-comptes-pix/?" + "&".join(f"x{number}=y" for number in range(too_many)))
    assert (visitor.status, visitor.heading) == (413, "Votre envoi est trop long")


def test_a_link_to_a_closed_guide_does_not_show_the_answers(
    visitor: Visitor, shipped_guide: Guide
) -> None:
    guide_settings_update(
        guide=shipped_guide, needs_approval=False, closed=True, closing_message="Fermé."
    )
    assert visitor.open(URL_WITH_ANSWERS).answers == []
    assert visitor.client.post(URL_WITH_ANSWERS).status_code == 403


@pytest.mark.parametrize("slug", ["inconnu", "diagnostics", "static"])
def test_an_unknown_guide_is_not_found(visitor: Visitor, slug: str) -> None:
    visitor.open(f"/{slug}/")
    assert visitor.status == 404
    assert visitor.heading == "Cette page n’existe pas"
    assert visitor.follow("Commencer un diagnostic").address == "/corriger-comptes-pix/"
