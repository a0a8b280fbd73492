"""An address with capitals, as people write them and telephones begin them, leads to its page."""

import pytest
from django.test import Client
from pytest_django import Settings

from diagnostics.models import Session
from tests.web.visitor import Visitor

ADDRESSES = (
    *("/Corriger-Comptes-Pix/", "/corriger-comptes-pix/Classe/", "/CORRIGER-COMPTES-PIX/AFFICHE/"),
    *("/Reprendre/", "/Mentions-Legales/", "/Plan-Du-Site/", "/Integration/"),
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_with_capitals_leads_to_its_page(visitor: Visitor, address: str) -> None:
    assert visitor.open(address).status == 200
    assert visitor.address == address.lower()
    assert visitor.client.head(address)["Location"] == address.lower()


def test_without_its_last_slash_it_leads_there_too(visitor: Visitor) -> None:
    assert visitor.open("/Reprendre").address == "/reprendre/"


def test_a_prefilled_link_keeps_its_answers_as_they_are_written(visitor: Visitor) -> None:
    query = "liste-a-jour=oui&Nom=%C3%89l%C3%A8ve"
    moved = visitor.client.get(f"/Corriger-Comptes-Pix/?{query}")
    assert moved["Location"] == f"/corriger-comptes-pix/?{query}"


def test_a_diagnostic_is_found_by_an_address_in_capitals(visitor: Visitor) -> None:
    visitor.start()
    address = f"/diagnostics/{Session.objects.get().pk}/"
    visitor.open(address.upper())
    assert (visitor.status, visitor.address) == (200, address)


def test_a_form_sent_to_an_address_with_capitals_is_not_lost(visitor: Visitor) -> None:
    begun = visitor.client.post("/Corriger-Comptes-Pix/?liste-a-jour=oui", follow=True)
    assert begun.status_code == 200
    assert Session.objects.get().answers == {"liste-a-jour": "oui"}


@pytest.mark.parametrize("path", ["/Nulle/Part/", "//EXEMPLE.FR/", "/\\EXEMPLE.fr/", "/ÉLÈVE/"])
def test_what_is_no_page_in_small_letters_either_is_refused_at_once(
    client: Client, path: str
) -> None:
    """The test has no database: nothing is asked of it."""
    assert client.get("/", PATH_INFO=path).status_code == 404


def test_a_site_that_frames_the_form_may_frame_the_redirect(
    visitor: Visitor, settings: Settings
) -> None:
    settings.FRAME_ANCESTORS = ["https://ent.example.fr"]
    moved = visitor.client.get("/Corriger-Comptes-Pix/")
    assert moved.status_code == 307
    assert "X-Frame-Options" not in moved
