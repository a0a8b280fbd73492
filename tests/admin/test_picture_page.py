"""*Voir en image*: the draft as a picture and as a tree, with links, and with its faults marked."""

from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from rules.admin.links import action_url, change_url, place_url
from rules.document.parsing import parse_document
from rules.drafts.guides import guide_import
from rules.engine.content import Tone
from rules.models import Guide
from rules.picture.dot import run_graphviz
from rules.proof.bounds import ProofBound
from rules.publication.check import publication_check
from tests.admin.conftest import LogIn
from tests.admin.pages import page_text, parse_page
from tests.rules.documents import small_document


@pytest.fixture
def broken(no_guide: None) -> Guide:
    """A guide with three faults.

    The choice « B » of the question « Un » is a dead end. The question « Deux » is never asked, and
    the advice « Conseil » is never given.
    """
    document = small_document()
    document["rules"] = [
        {"key": "r1", "then": {"ask": "q1"}},
        {"key": "r2", "when": [{"question": "q1", "is": ["a"]}], "then": {"conclude": "fin"}},
    ]
    return guide_import(content=parse_document(document))


def open_picture_page(client: Client, guide: Guide) -> BeautifulSoup:
    return parse_page(client.get(action_url(guide, "graph")))


@pytest.mark.usefixtures("graphviz")
def test_each_box_links_to_the_page_that_edits_its_part(
    shipped_guide: Guide, editor: Client
) -> None:
    links = {
        str(link["href"])
        for link in open_picture_page(editor, shipped_guide).select(".picture .node a")
    }
    acts = shipped_guide.outcomes.filter(final=False, tone=Tone.ACTION)
    ends = shipped_guide.outcomes.filter(final=True)
    rows = [*shipped_guide.questions.all(), *acts, *ends]
    assert links == {change_url(row) for row in rows}


@pytest.mark.usefixtures("graphviz")
@pytest.mark.parametrize("place", [".picture .edge a", ".tree .given a"])
def test_arrows_lead_to_their_lines_on_the_page_of_the_guide(
    shipped_guide: Guide, editor: Client, place: str
) -> None:
    page = open_picture_page(editor, shipped_guide)
    links = {str(link["href"]) for link in page.select(place)}
    anchors = {
        "reponse-liste-a-jour.oui",
        "reponse-liste-a-jour.non",
        "reponse-attribution-gar.oui",
        "reponse-attribution-gar.non",
        "etape-methode-pix-orga",
        "reponse-methode-pix-orga.aucune",
        "etape-connexion-habituelle",
        "reponse-identifiants-connus.oui",
        "reponse-identifiants-connus.non",
    }
    assert links == {place_url(shipped_guide, anchor) for anchor in anchors}


def test_the_picture_is_also_shown_as_a_tree(shipped_guide: Guide, editor: Client) -> None:
    tree = open_picture_page(editor, shipped_guide).select_one(".tree")
    assert tree
    assert "– (aucune)\u00a0:" in tree.get_text()
    assert tree.select_one(f'a[href="{change_url(shipped_guide.questions.all()[0])}"]')


@pytest.mark.usefixtures("graphviz")
def test_faults_are_marked_on_the_picture(broken: Guide, editor: Client) -> None:
    page = open_picture_page(editor, broken)
    marked = {str(link["aria-label"]) for link in page.select(".picture .wrong a")}
    assert marked == {
        "Question sur l’élève\u00a0: ⚠ 1. Un",
        "⚠ Impasse\u00a0: rien n’est demandé ni conclu",
        "Question sur l’élève\u00a0: ⚠ Jamais atteint\u00a0: Deux",
        "Conseil (information)\u00a0: ⚠ Jamais atteint\u00a0: Conseil",
    }
    assert len(page.select(".to-mend li")) == 3


def test_faults_are_marked_in_the_tree(broken: Guide, editor: Client) -> None:
    marked = [
        found.get_text() for found in open_picture_page(editor, broken).select(".tree .wrong")
    ]
    assert [mark[mark.index("⚠") :].split("\u00a0")[0] for mark in marked] == [
        "⚠ 1. Un",
        "⚠ Impasse",
        "⚠ Jamais atteint",
        "⚠ Jamais atteint",
    ]


@pytest.mark.usefixtures("graphviz")
def test_a_rule_that_never_holds_is_in_the_picture_and_in_the_tree(
    broken: Guide, editor: Client
) -> None:
    first, second = broken.questions.all()
    rule = broken.rules.create(key="r3", asks=second, position=3)
    for position, choice in enumerate(first.choices.all(), 1):
        condition = rule.conditions.create(question=first, operator="is", position=position)
        condition.choices.set([choice])
    page = open_picture_page(editor, broken)
    links = [str(link["href"]) for link in page.select(".picture .edge.wrong a")]
    assert links == [change_url(rule)]
    (line,) = page.select(".tree .given.wrong")
    assert line.get_text() == "✗ règle 3, qui ne s’applique jamais\u00a0:"
    assert "Une flèche rouge en tirets" in page.get_text()


def test_the_picture_shows_the_draft(shipped_guide: Guide, editor: Client) -> None:
    question = shipped_guide.questions.all()[0]
    question.short = "Tout neuf\u00a0?"
    question.save()
    assert "Tout neuf" in page_text(editor.get(action_url(shipped_guide, "graph")))


def test_an_unfinished_draft_is_drawn_with_its_problems(broken: Guide, editor: Client) -> None:
    broken.questions.all()[1].choices.filter(key="b").delete()
    page = open_picture_page(editor, broken)
    assert page.select(".tree")
    assert "une question a au moins deux réponses" in page.get_text()
    assert page.select(".to-mend li a")


@pytest.mark.usefixtures("no_cached_proof")
def test_an_incomplete_proof_is_reported(
    shipped_guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = partial(publication_check, bound=ProofBound(states=3))
    monkeypatch.setattr("rules.admin.guide.picture_page.publication_check", stopped)
    page = page_text(editor.get(action_url(shipped_guide, "graph")))
    assert "Image incomplète" in page
    assert "suite non parcourue" in page


def test_without_graphviz_the_tree_is_open(
    shipped_guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    run_graphviz.cache_clear()
    page = open_picture_page(editor, shipped_guide)
    assert not page.select(".picture")
    assert page.select("details[open] .tree")


def test_the_page_requires_permission_to_see_guides(shipped_guide: Guide, log_in: LogIn) -> None:
    assert log_in("nobody").get(action_url(shipped_guide, "graph")).status_code == 403


def test_a_missing_guide_is_not_found(no_guide: None, editor: Client) -> None:
    assert editor.get("/admin/rules/guide/999/graph/").status_code == 404
