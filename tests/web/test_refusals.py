"""Tests that wrong requests to a diagnostic get a page in French, and store nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from diagnostics.models import Session
from tests.web.visitor import Visitor

PATHS_OF_DIAGNOSTIC = ("", "questions/liste-a-jour/", "autre-eleve/")


def question_address(key: str) -> str:
    return f"/diagnostics/{Session.objects.get().pk}/questions/{key}/"


def test_the_error_of_a_missing_choice_links_to_the_choices(visitor: Visitor) -> None:
    visitor.start().answer("oui").press("Continuer")
    assert visitor.status == 400
    assert visitor.title.startswith("Erreur\u00a0: Avez-vous attribué Pix")
    error = visitor.element("[role=alert] a")
    assert error.text == "Choisissez une réponse pour continuer"
    assert visitor.element(str(error["href"]))["name"] == "choice"


def test_the_choices_are_described_by_their_error(visitor: Visitor) -> None:
    visitor.start().answer("oui")
    assert not visitor.element("fieldset").has_attr("aria-invalid")
    visitor.press("Continuer")
    choices = visitor.element("fieldset")
    assert (choices["aria-invalid"], choices["aria-describedby"]) == ("true", "erreur aide")
    assert "Choisissez une réponse" in visitor.element("#erreur").text


def test_an_error_keeps_the_answers_so_far(visitor: Visitor) -> None:
    visitor.start().answer("non").press("Continuer")
    assert visitor.answers == ["Non"]
    assert Session.objects.get().answers == {"liste-a-jour": "non"}
    assert visitor.answer("oui").answers == ["Non", "Oui"]


@pytest.mark.parametrize("choice", ["peut-être", "\x00", "OUI", "\ud800", "oui\x00"])
def test_an_unknown_choice_is_an_error_and_is_not_stored(visitor: Visitor, choice: str) -> None:
    body = b"choice=" + choice.encode("utf-8", "surrogatepass")
    address = str(visitor.start().element("form")["action"])
    response = visitor.client.post(address, body, "application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert "pas dans la liste" in response.content.decode()
    assert Session.objects.get().answers == {}


def test_an_error_while_changing_an_answer_keeps_the_current_answer(visitor: Visitor) -> None:
    visitor.start().answer("non").modify("liste-a-jour").press("Continuer")
    assert visitor.status == 400
    assert visitor.chosen() == ["non"]


@pytest.mark.parametrize("choice", ["inconnu", "", "\x00"])
def test_a_wrong_choice_for_a_question_not_asked_leads_to_the_diagnostic(
    visitor: Visitor, choice: str
) -> None:
    visitor.start()
    response = visitor.client.post(question_address("identifiants-connus"), {"choice": choice})
    assert response.status_code == 303
    assert response["Location"] == f"/diagnostics/{Session.objects.get().pk}/"
    assert Session.objects.get().answers == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_question_is_not_found(visitor: Visitor, method: str) -> None:
    visitor.start()
    response = getattr(visitor.client, method)(question_address("inconnue"), {"choice": "oui"})
    assert response.status_code == 404
    assert "Cette page n’existe pas" in response.content.decode()


@pytest.mark.parametrize("end", PATHS_OF_DIAGNOSTIC)
def test_an_unknown_diagnostic_is_not_found(visitor: Visitor, end: str) -> None:
    address = f"/diagnostics/{uuid4()}/{end}"
    response = visitor.client.post(address) if end else visitor.client.get(address)
    assert response.status_code == 404
    assert "Ce diagnostic n’existe pas" in response.content.decode()
    assert not Session.objects.exists()


@pytest.mark.parametrize("end", PATHS_OF_DIAGNOSTIC)
def test_an_expired_diagnostic_is_gone(visitor: Visitor, end: str) -> None:
    visitor.start()
    session = Session.objects.get()
    session.updated_at -= timedelta(days=settings.SESSION_DAYS)
    session.save()
    address = f"/diagnostics/{session.pk}/{end}"
    response = visitor.client.post(address) if end else visitor.client.get(address)
    assert response.status_code == 410
    assert "Ce diagnostic a été effacé" in response.content.decode()
    assert Session.objects.get().answers == {}


def test_a_question_of_an_expired_diagnostic_is_not_shown(visitor: Visitor) -> None:
    visitor.start().answer("oui")
    session = Session.objects.get()
    session.updated_at -= timedelta(days=settings.SESSION_DAYS)
    session.save()
    visitor.open(question_address("liste-a-jour"))
    assert visitor.status == 410
    assert visitor.follow("Commencer un diagnostic").address == "/corriger-comptes-pix/"


@pytest.mark.parametrize("address", ["/corriger-comptes-pix/", "/"])
def test_a_body_over_the_limit_is_refused(visitor: Visitor, address: str) -> None:
    response = visitor.client.post(address, {"choice": "x" * 70_000})
    assert response.status_code == 413
    assert "Votre envoi est trop long" in response.content.decode()
    assert not Session.objects.exists()


@pytest.mark.parametrize("end", ["nulle-part/", "é%00"])
def test_an_unknown_address_of_the_admin_has_a_page_of_the_admin(
    visitor: Visitor, admin_client: Client, end: str
) -> None:
    visitor.client = admin_client
    visitor.open(f"/admin/{end}")
    assert visitor.status == 404
    assert visitor.element("#content h1").text == "Cette page n’existe pas"
    assert visitor.page.select("#user-tools #logout-form")
    assert visitor.link("Revenir à l’administration")["href"] == "/admin/"


def test_another_method_is_refused_in_french(visitor: Visitor) -> None:
    visitor.start()
    address = f"/diagnostics/{Session.objects.get().pk}/"
    response = visitor.client.put(address)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "Cette page ne s’ouvre pas ainsi" in response.content.decode()
