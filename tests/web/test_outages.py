"""Public pages without the database: what they say, give back and lead to."""

import logging
import socket
from time import monotonic

import pytest
from pytest_django import Settings

from diagnostics.environment import read_cache
from diagnostics.models import Session
from tests.silent_database import SENT_HERE, silent_database
from tests.web.visitor import Visitor


@pytest.fixture
def reader(visitor: Visitor) -> Visitor:
    """A visitor whose browser says, as browsers do, that a page of this site sends its forms."""
    visitor.client.raise_request_exception = False
    visitor.client.defaults.update(SENT_HERE)
    return visitor


@pytest.mark.parametrize("address", ["/", "/corriger-comptes-pix/", "/accessibilite/"])
def test_a_page_that_cannot_be_read_says_so_and_leads_to_itself(
    reader: Visitor, address: str
) -> None:
    with silent_database():
        response = reader.client.get(address)
        reader.open(address)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response["Cache-Control"] == "no-store"
    assert reader.heading == "Le site est indisponible"
    assert reader.link("Réessayer")["href"] == address
    assert reader.follow("Réessayer").status == 200


def test_an_answer_that_cannot_be_stored_is_given_back_to_be_sent_again(reader: Visitor) -> None:
    reader.start()
    with silent_database("UPDATE"):
        reader.answer("oui")
    assert reader.status == 503
    [sentence] = [text for text in reader.texts("main p") if "pas enregistré" in text]
    assert "Ce qui l’était avant n’est pas perdu" in sentence
    assert (
        reader.link("Revenir au diagnostic")["href"] == f"/diagnostics/{Session.objects.get().pk}/"
    )
    assert reader.element('input[name="choice"]')["value"] == "oui"
    reader.press("Envoyer de nouveau", choice="oui")
    assert (reader.status, reader.answers) == (200, ["Oui"])


def test_a_comment_that_cannot_be_stored_is_shown_to_be_sent_again(reader: Visitor) -> None:
    reader.start().answer_all(("oui", "oui", "aucune"))
    with silent_database("UPDATE"):
        reader.press("Envoyer", solved="no", comment="Rien ne marche")
    assert reader.status == 503
    assert reader.element('textarea[name="comment"]').text.strip() == "Rien ne marche"
    assert reader.element('input[name="solved"]')["value"] == "no"


def test_a_form_of_another_site_is_not_given_back(reader: Visitor) -> None:
    reader.start().answer_all(("oui", "oui", "aucune"))
    reader.client.defaults["HTTP_ORIGIN"] = "https://autre.example"
    with silent_database("UPDATE"):
        reader.press("Envoyer", solved="no", comment="Payez ici")
    assert reader.status == 503
    assert "Payez ici" not in str(reader.page)


def test_the_page_of_an_outage_sets_no_cookie(reader: Visitor) -> None:
    reader.start()
    with silent_database():
        reader.answer("oui")
    assert reader.status == 503
    assert not reader.client.cookies


def test_an_outage_is_logged_without_an_address_and_a_traceback(
    reader: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with silent_database(), caplog.at_level(logging.INFO):
        reader.client.get("/corriger-comptes-pix/?liste-a-jour=oui")
    [record] = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert "The database does not answer" in record.getMessage()
    assert "database is locked" in record.getMessage()
    assert "corriger" not in record.getMessage()
    assert record.exc_info is None


def test_a_silent_redis_refuses_codes_soon_and_stops_no_page(
    reader: Visitor, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Codes must be counted, so that nobody finds a diagnostic by guessing its code."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("CACHE_URL", f"redis://127.0.0.1:{silent.getsockname()[1]}")
        settings.CACHES = {"default": read_cache()}
        began_at = monotonic()
        reader.open("/reprendre/").press("Ouvrir", code="23456789")
        assert monotonic() - began_at < 5
        assert reader.status == 503
        assert reader.element('textarea[name="code"]').text.strip() == "23456789"
        assert reader.start().status == 200
