"""*Tout relire*: a whole draft on one page, with the notes about each part."""

from functools import partial

import pytest
from bs4 import Tag
from django.test import Client

from rules.admin.links import action_url, change_url
from rules.document.parsing import parse_document
from rules.drafts.guides import guide_import
from rules.models import Guide
from rules.proof.bounds import ProofBound
from rules.publication.check import publication_check
from tests.admin.conftest import LogIn
from tests.admin.pages import page_links, page_text, parse_page
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


def find_entry(client: Client, guide: Guide, start: str) -> Tag:
    """Returns the entry of the page whose text begins with `start`."""
    page = parse_page(client.get(action_url(guide, "read")))
    return next(item for item in page.select(".content > li") if item.text.startswith(start))


def test_every_part_is_listed_with_its_link(shipped_guide: Guide, editor: Client) -> None:
    page = editor.get(action_url(shipped_guide, "read"))
    rows = [
        *shipped_guide.questions.all(),
        *shipped_guide.outcomes.all(),
        *shipped_guide.rules.all(),
        *shipped_guide.examples.all(),
    ]
    links = [link for link in page_links(page) if link.startswith("/admin/")]
    assert links == [action_url(shipped_guide, "texts"), *map(change_url, rows)]


def test_rules_are_sentences_and_texts_are_rendered(shipped_guide: Guide, editor: Client) -> None:
    page = editor.get(action_url(shipped_guide, "read"))
    assert "Toujours poser la question" in page_text(page)
    assert len(parse_page(page).select(".content > li > .markdown ol li")) == (5 + 3 + 3) + (
        2 + 2 + 3 + 5
    )


def test_the_page_says_that_an_example_holds(shipped_guide: Guide, editor: Client) -> None:
    example = shipped_guide.examples.all()[0]
    assert "donne bien ce qui est attendu" in find_entry(editor, shipped_guide, example.name).text


def test_the_page_says_what_a_failing_example_gives(shipped_guide: Guide, editor: Client) -> None:
    example = shipped_guide.examples.all()[0]
    example.outcomes.all().delete()
    found = find_entry(editor, shipped_guide, example.name)
    assert "aucune conclusion" in found.text
    assert found.select(".notes .wrong")


def test_the_result_of_the_proof_is_shown(shipped_guide: Guide, editor: Client) -> None:
    assert "52 parcours possibles" in page_text(editor.get(action_url(shipped_guide, "read")))


@pytest.mark.parametrize(
    ("part", "level"), [("Un", "À corriger"), ("Deux", "À corriger"), ("Conseil", "À corriger")]
)
def test_a_fault_is_shown_beside_its_part(
    part: str, level: str, broken: Guide, editor: Client
) -> None:
    (note,) = find_entry(editor, broken, part).select(".notes li")
    assert note.text.startswith(level)
    assert note["class"] == ["wrong"]


def test_a_warning_is_shown_beside_its_part(no_guide: None, editor: Client) -> None:
    document = small_document()
    document["outcomes"].append({"key": "autre", "title": "Autre", "final": True})
    when = [{"question": "q2", "is": ["a"]}]
    document["rules"].append({"key": "r9", "when": when, "then": {"conclude": "autre"}})
    guide = guide_import(content=parse_document(document))
    (note,) = find_entry(editor, guide, "Fin").select(".notes li")
    assert note.text.startswith("Attention")
    assert "class" not in note.attrs


def test_an_unfinished_draft_is_shown_with_its_problems_and_its_proof(
    broken: Guide, editor: Client
) -> None:
    broken.questions.all()[1].choices.filter(key="b").delete()
    page = page_text(editor.get(action_url(broken, "read")))
    assert "parcours possible" in page
    assert "au moins deux réponses" in find_entry(editor, broken, "Deux").text


@pytest.mark.usefixtures("no_cached_proof")
def test_an_incomplete_proof_is_reported(
    shipped_guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = partial(publication_check, bound=ProofBound(states=3))
    monkeypatch.setattr("rules.admin.guide.reading_page.publication_check", stopped)
    assert "Preuve inachevée" in page_text(editor.get(action_url(shipped_guide, "read")))


def test_the_page_requires_permission_to_see_guides(shipped_guide: Guide, log_in: LogIn) -> None:
    assert log_in("nobody").get(action_url(shipped_guide, "read")).status_code == 403
