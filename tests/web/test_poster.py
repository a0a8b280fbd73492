"""Tests the poster to print, `/{slug}/affiche/`."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from pytest_django.asserts import assertNumQueries

from diagnostics.web.poster import MAX_LINES_OF_ONE_SHEET
from rules import list_pages
from rules.document.parsing import parse_document
from rules.drafts.guides import guide_import
from rules.models import Guide, Version
from rules.picture.dot import run_graphviz
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.web.conftest import publish_document
from tests.web.visitor import Visitor

POSTER_URL = "/corriger-comptes-pix/affiche/"


@pytest.fixture
def poster(visitor: Visitor) -> Visitor:
    return visitor.open(POSTER_URL)


def test_the_poster_has_all_texts_of_the_guide(poster: Visitor) -> None:
    page_text = poster.page.get_text()
    for text in ("Comment se connecte cet élève", "– (aucune)", "SIECLE", "support.pix.fr"):
        assert text in page_text
    assert len(poster.page.select("[id^=questions-]")) == 5
    assert len(poster.page.select("[id^=outcomes-]")) == 15


def test_markdown_is_rendered_on_the_poster(poster: Visitor) -> None:
    assert len(poster.page.select("#outcomes-associer-mediacentre ol li")) == 5


def test_the_poster_has_its_version_and_the_day_of_publication(visitor: Visitor) -> None:
    Version.objects.update(published_at=datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert "Version 1 du 2 mars 2026" in visitor.open(POSTER_URL).element(".note").text


def test_the_poster_has_the_paths_as_a_tree(poster: Visitor) -> None:
    assert len(poster.page.select(".tree [id^=tree-question-]")) == 5


@pytest.mark.usefixtures("graphviz")
def test_conditions_name_questions_by_the_numbers_of_their_boxes_and_texts(
    poster: Visitor,
) -> None:
    words = " ".join(text.get_text().strip("\u00a0") for text in poster.page.select(".edge text"))
    assert "réponse qu’à la question\u00a03" in words
    titles = [title.get_text() for title in poster.page.select("[id^=questions-] h3")]
    assert [title[:2] for title in titles] == ["1.", "2.", "3.", "4.", "5."]
    names = [str(link["aria-label"]) for link in poster.page.select(".node a")]
    assert any(name.startswith("Question sur l’élève\u00a0: 3. Dans Pix Orga") for name in names)


@pytest.mark.usefixtures("graphviz")
def test_visitors_never_see_short_names(shipped_guide: Guide, visitor: Visitor) -> None:
    shipped_guide.questions.update(short="Nom court")
    guide_publish(review=PublicationReview(shipped_guide), reason="Pour un essai")
    assert "Nom court" not in str(visitor.open(POSTER_URL).page)


@pytest.mark.usefixtures("graphviz")
def test_arrows_of_the_poster_are_no_links(poster: Visitor) -> None:
    assert poster.page.select(".edge")
    assert not poster.page.select(".edge a, .tree .given a")


@pytest.mark.usefixtures("graphviz")
def test_each_box_of_the_picture_links_to_its_text(poster: Visitor) -> None:
    anchors = [str(link["href"]) for link in poster.page.select(".picture a")]
    assert len(anchors) == 15
    assert all(poster.page.select_one(anchor) for anchor in anchors)


@pytest.mark.usefixtures("graphviz")
def test_each_box_of_the_picture_links_to_its_text_on_another_page_of_a_long_list(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_pages, "MAX_PAGE_WEIGHT", 2000)
    page = visitor.open(POSTER_URL).page
    assert "une page n’a qu’une partie de ses textes" in page.get_text()
    links = [str(link["href"]).partition("#") for link in page.select(".picture a")]
    assert len({query for query, _, _ in links}) > 2
    assert all(visitor.open(f"{POSTER_URL}{query}").element(f"#{name}") for query, _, name in links)


def test_an_act_hangs_on_its_answer_in_the_picture_and_in_the_lists(
    graphviz: None, poster: Visitor
) -> None:
    assert len(poster.page.select(".picture .node.first")) == 2
    listed = [
        re.sub("[ \n]+", " ", item.get_text()).strip() for item in poster.page.select(".tree li")
    ]
    acts = [text for text in listed if text.startswith("Non\u00a0: À faire d’abord")]
    assert {text.partition(" ensuite")[0] for text in acts} == {
        "Non\u00a0: À faire d’abord\u00a0: Importer la liste des élèves dans Pix Orga",
        "Non\u00a0: À faire d’abord\u00a0: Attribuer Pix aux nouveaux élèves dans le GAR",
    }


def test_every_identifier_is_unique(poster: Visitor) -> None:
    names = [str(element["id"]) for element in poster.page.select("[id]")]
    assert len(names) == len(set(names))


def test_without_graphviz_the_tree_is_unfolded(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    run_graphviz.cache_clear()
    page = visitor.open(POSTER_URL).page
    run_graphviz.cache_clear()
    assert not page.select(".picture")
    assert page.select("details[open] .tree")


def test_the_qr_code_leads_to_the_form_on_the_host_of_the_request(poster: Visitor) -> None:
    assert poster.element("figcaption a")["href"] == "http://testserver/corriger-comptes-pix/"
    assert poster.page.select("figure svg path")


def test_the_qr_code_leads_to_the_public_url(visitor: Visitor, settings: Settings) -> None:
    before = visitor.open(POSTER_URL).element("figure svg").decode()
    settings.PUBLIC_URL = "http://diagnostic.example.fr"
    after = visitor.open(POSTER_URL)
    link = after.element("figcaption a")
    assert link["href"] == "http://diagnostic.example.fr/corriger-comptes-pix/"
    assert after.element("figure svg").decode() != before


def test_without_a_complete_proof_the_poster_has_texts_and_no_picture(
    client: Client, small_guide: Guide
) -> None:
    page = Visitor(client).open("/petit-guide/affiche/").page
    assert not page.select(".drawn")
    assert page.select("#outcomes-fin")
    assert page.select("main.long")


@pytest.mark.django_db
def test_long_texts_are_printed_on_separate_sheets(
    no_guide: None, client: Client, guide_document: dict[str, Any]
) -> None:
    guide_document["outcomes"][0]["body"] = "mot\n\n" * MAX_LINES_OF_ONE_SHEET
    guide = guide_import(content=parse_document(guide_document))
    guide_publish(review=PublicationReview(guide))
    assert Visitor(client).open(POSTER_URL).page.select("main.long")


@pytest.mark.django_db
@pytest.mark.usefixtures("graphviz")
def test_the_lists_are_open_if_the_picture_cuts_words(
    no_guide: None, client: Client, guide_document: dict[str, Any]
) -> None:
    """They are printed then, on sheets of their own."""
    guide_document["questions"][2]["choices"][3]["label"] = "Une réponse longue " * 10
    guide = guide_import(content=parse_document(guide_document))
    guide_publish(review=PublicationReview(guide))
    page = Visitor(client).open(POSTER_URL).page
    assert page.select("main.long details[open] .tree")
    assert "Le texte qui suit dit la même chose en entier." in page.get_text()


def test_each_text_says_what_it_is(poster: Visitor) -> None:
    texts = ("questions-liste-a-jour", "outcomes-tout-va-bien", "outcomes-importer-liste-eleves")
    assert [poster.element(f"#{text} .kind").text for text in texts] == [
        "Question sur l’établissement",
        "Conclusion (réussite)",
        "À faire d’abord",
    ]


def test_a_guide_that_is_not_live_has_no_poster(visitor: Visitor) -> None:
    visitor.open("/inconnu/affiche/")
    assert visitor.status == 404
    assert visitor.heading == "Cette page n’existe pas"


@pytest.mark.django_db
def test_tags_in_the_texts_of_editors_stay_text(
    client: Client, small_document: dict[str, Any]
) -> None:
    small_document["title"] = small_document["outcomes"][0]["title"] = "<script>alert(1)</script>"
    publish_document(small_document)
    assert not Visitor(client).open("/petit-guide/affiche/").page.select("script:not([src])")


def test_the_poster_refuses_a_post(visitor: Visitor) -> None:
    assert visitor.client.post(POSTER_URL).status_code == 405


def test_the_poster_takes_one_query(visitor: Visitor) -> None:
    visitor.open(POSTER_URL)
    with assertNumQueries(1):
        visitor.client.get(POSTER_URL)
