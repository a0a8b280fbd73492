"""Tests that the page of a question says how many questions are left, from the version's proof."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from pytest_django import DjangoAssertNumQueries

from rules.models import Guide, VersionProof
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.web.conftest import publish_document
from tests.web.visitor import Visitor


def progress_text(visitor: Visitor) -> str:
    [words] = visitor.texts(".progress")
    return words


def test_each_question_says_how_many_questions_are_left(visitor: Visitor) -> None:
    visitor.start()
    found = [progress_text(visitor)]
    for choice in ("oui", "oui", "identifiant", "identifiant"):
        found.append(progress_text(visitor.answer(choice)))
    assert found == [
        "Question 1, encore 2 à 4",
        "Question 2, encore 1 à 3",
        "Question 3, encore 2 au plus",
        "Question 4, peut-être encore une",
        "Question 5, la dernière",
    ]


def test_a_question_shown_again_counts_the_paths_of_all_its_choices(visitor: Visitor) -> None:
    visitor.start().answer_all(["oui", "oui", "identifiant", "identifiant"])
    assert progress_text(visitor.modify("methode-pix-orga")) == "Question 3, encore 2 au plus"


def test_without_a_complete_proof_the_page_shows_only_the_rank(
    visitor: Visitor, guide_document: dict[str, Any]
) -> None:
    publish_document(guide_document | {"title": "Sans preuve"})
    assert progress_text(visitor.start()) == "Question 1"


def test_with_an_altered_proof_the_page_shows_only_the_rank(
    visitor: Visitor, shipped_guide: Guide
) -> None:
    Guide.objects.update(title="Preuve altérée")
    shipped_guide.refresh_from_db()
    version = guide_publish(review=PublicationReview(shipped_guide))
    VersionProof.objects.filter(version=version).update(states=[["liste-a-jour", [], [7, 8]]])
    assert progress_text(visitor.start()) == "Question 1"
    assert visitor.client.get("/corriger-comptes-pix/affiche/").status_code == 200


def test_the_proof_is_cached(
    visitor: Visitor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    visitor.start()
    with django_assert_max_num_queries(2):  # those of the diagnostic and of the live version
        visitor.client.get(visitor.address)


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (0, 0, "la dernière"),
        (0, 1, "peut-être encore une"),
        (1, 1, "encore une"),
        (2, 2, "encore 2"),
        (1, 2, "encore 1 ou 2"),
        (0, 2, "encore 2 au plus"),
        (3, 7, "encore 3 à 7"),
    ],
)
def test_the_number_of_questions_left_is_written_in_french(
    least: int, most: int, words: str
) -> None:
    page = render_to_string("diagnostics/_after.html", {"least": least, "most": most})
    assert page.strip() == words
