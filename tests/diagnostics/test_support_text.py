"""Tests the text that a school sends to support, and the e-mail links that contain it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from diagnostics.services import session_create
from diagnostics.support_text import MAX_TEXT_OF_LINK, leaves_text_out, support_text, with_text
from rules.models import Guide
from tests.web.conftest import publish_document

TEXT = "Guide\u00a0: Élèves & Pix\nCode\u00a0: ABCD"


def test_the_text_has_the_guide_version_code_answers_and_conclusion(shipped_guide: Guide) -> None:
    answers = {"liste-a-jour": "non", "attribution-gar": "oui", "methode-pix-orga": "aucune"}
    session = session_create(version=shipped_guide.versions.get(), answers=answers)
    assert support_text(session).replace("\u00a0", " ").splitlines() == [
        "Guide : Corriger les problèmes de comptes Pix avant la certification",
        "Version : 1",
        f"Code du diagnostic : {session.code}",
        "",
        "Avez-vous mis à jour la liste des élèves dans Pix Orga ? Non",
        "Avez-vous attribué Pix à tous les nouveaux élèves dans la console d’affectation du GAR ? Oui",
        "Dans Pix Orga > Élèves, quelle méthode de connexion apparaît en face du nom de l’élève ? – (aucune)",
        "",
        "Conclusion : Communiquer un code de campagne à l’élève",
    ]  # fmt: skip


def test_the_text_leaves_out_answers_off_the_path(shipped_guide: Guide) -> None:
    answers = {"liste-a-jour": "non", "identifiants-connus": "oui"}
    session = session_create(version=shipped_guide.versions.get(), answers=answers)
    assert "identifiant et mot de passe" not in support_text(session)


@pytest.mark.django_db
def test_the_text_says_if_no_rule_concludes(no_guide: None, guide_document: dict[str, Any]) -> None:
    version = publish_document(guide_document | {"rules": [], "examples": []}).versions.get()
    lines = support_text(session_create(version=version, answers={})).splitlines()
    assert lines[3:] == [
        "",
        "Conclusion\u00a0: Aucune\u00a0: le guide ne prévoit pas cette situation",
    ]


def test_an_e_mail_link_has_the_text_as_its_body() -> None:
    query = parse_qs(urlsplit(with_text("mailto:aide@pix.fr", TEXT)).query)
    assert query == {"body": [TEXT.replace("\n", "\r\n")]}


def test_an_e_mail_link_keeps_its_subject() -> None:
    query = parse_qs(urlsplit(with_text("MAILTO:aide@pix.fr?subject=Pix", TEXT)).query)
    assert list(query) == ["subject", "body"]


@pytest.mark.parametrize(
    "query",
    [
        "body=Bonjour%0D%0A%26",
        "subject=Pix&Body=Bonjour%0A%26",
        "body=Bonjour&body=%26&subject=Pix",
    ],
)
def test_the_text_follows_the_body_that_an_e_mail_link_has_already(query: str) -> None:
    address, _, fields = with_text(f"mailto:aide@pix.fr?{query}", TEXT).partition("?")
    bodies = [field for field in fields.split("&") if field.lower().startswith("body=")]
    assert address == "mailto:aide@pix.fr"
    assert fields.count("subject=Pix") == query.count("subject=Pix")
    (lines,) = [parse_qs(body)["body"][0].replace("\r\n", "\n").splitlines() for body in bodies]
    assert [line for line in lines if line] == ["Bonjour", "&", *TEXT.splitlines()]


def test_a_text_that_is_too_long_is_left_out_of_an_e_mail_link() -> None:
    url, longest = "mailto:aide@pix.fr?body=Bonjour", "é" * MAX_TEXT_OF_LINK
    assert not leaves_text_out(url, longest)
    assert leaves_text_out(url, f"{longest}é")
    assert with_text(url, longest) != url
    assert with_text(url, f"{longest}é") == url


@pytest.mark.parametrize("url", ["https://support.pix.fr/?a=b", "http://a.fr", "tel:+33123456789"])
def test_no_other_link_contains_the_text(url: str) -> None:
    assert with_text(url, TEXT) == url
    assert not leaves_text_out(url, TEXT * 100)
