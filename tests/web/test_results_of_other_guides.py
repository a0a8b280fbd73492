"""Tests the page of a result of guides that are not like the shipped one."""

from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import publish_document
from tests.web.visitor import Visitor

pytestmark = pytest.mark.no_cover  # other tests take the same branches

Document = dict[str, Any]
ADVICE = {"key": "prevenir", "title": "Prévenir le CPE", "body": "Avant midi.", "tone": "action"}


@pytest.fixture
def visitor(client: Client, db: None) -> Visitor:
    return Visitor(client)


@pytest.fixture
def document(small_document: Document) -> Document:
    """A guide that also advises the visitor to act, whatever the answer to its only question is."""
    small_document["outcomes"].append(ADVICE | {"final": False})
    rule = {"when": [{"question": "tout-marche", "answered": True}], "then": {"advise": "prevenir"}}
    small_document["rules"].append(rule | {"key": "prevenir"})
    return small_document


def ask_about_school(document: Document) -> None:
    for question in document["questions"]:
        question["scope"] = "school"


def open_result(visitor: Visitor, document: Document, choice: str) -> Visitor:
    publish_document(document)
    return visitor.start("petit-guide").answer(choice)


def test_a_result_that_is_about_no_pupil_names_none(visitor: Visitor, document: Document) -> None:
    ask_about_school(document)
    page = open_result(visitor, document, "oui")
    assert page.texts(".acts h2") == ["D’abord, pour l’établissement", "Ensuite"]
    for words in ("élève", "Élève"):
        assert words not in page.element("main").text
    assert page.follow("Tout recommencer").address == "/petit-guide/"


def test_a_conclusion_of_the_school_alone_is_under_its_name(
    visitor: Visitor, small_document: Document
) -> None:
    ask_about_school(small_document)
    page = open_result(visitor, small_document, "oui")
    assert page.texts(".acts h2") == ["Pour l’établissement"]


def test_advice_without_conclusion_stands_before_the_way_to_support(
    visitor: Visitor, document: Document
) -> None:
    page = open_result(visitor, document, "non")
    assert page.title == "Résultat\u00a0: Prévenir le CPE – Pix"
    assert page.heading == "Résultat\u00a0: ce qu’il faut faire"
    assert page.texts(".acts h2, .acts h3, .acts > p") == [
        "Pour cet élève",
        "Prévenir le CPE",
        "Pour la suite, ce guide ne prévoit pas votre situation. "
        "Vérifiez vos réponses, ou écrivez au support Pix.",
    ]


def test_several_conclusions_without_anything_to_do_are_numbered_steps(
    visitor: Visitor, small_document: Document
) -> None:
    first = small_document["outcomes"][0] | {"tone": "success"}
    small_document["outcomes"] = [first, first | {"key": "encore", "title": "Et encore"}]
    rule = {"key": "encore", "when": [{"question": "tout-marche", "is": ["oui"]}]}
    small_document["rules"].append(rule | {"then": {"conclude": "encore"}})
    page = open_result(visitor, small_document, "oui")
    assert page.texts("ol.steps > li.success > h3") == [first["title"], "Et encore"]
    assert not page.page.select(".ticks")
