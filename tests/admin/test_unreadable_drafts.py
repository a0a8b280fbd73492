"""A draft that cannot be read marks its own line; what else there is works, and it can be replaced."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.http import HttpResponseBase
from django.test import Client

from rules.admin.links import action_url, change_url, list_url
from rules.document.parsing import parse_document
from rules.drafts.content import UnreadableDraftError, draft_read
from rules.drafts.guides import guide_import
from rules.models import Choice, ExampleAnswer, ExampleOutcome, Guide, Rule
from rules.publication import review
from tests.admin.pages import fill_and_send, page_fields, page_text, parse_page
from tests.rules.documents import small_document

IMPORT_URL = "/admin/rules/guide/import/"
GUIDES_URL = "/admin/rules/guide/"


@pytest.fixture
def unreadable(shipped_guide: Guide) -> Guide:
    """A guide beside the shipped one, with a choice whose other spellings are no list."""
    guide = guide_import(content=parse_document(small_document()))
    Choice.objects.filter(question__guide=guide).update(aliases=3)
    return guide


def test_a_draft_whose_rows_do_not_fit_together_raises(unreadable: Guide) -> None:
    with pytest.raises(UnreadableDraftError, match="Petit guide"):
        draft_read(unreadable)


@pytest.mark.parametrize("aliases", [[5], [None], [["x"]], "abc", {"x": 1}])
def test_aliases_that_are_not_a_list_of_texts_make_a_draft_unreadable(
    no_guide: None, editor: Client, aliases: object
) -> None:
    guide = guide_import(content=parse_document(small_document()))
    question = guide.questions.all()[0]
    question.choices.update(aliases=aliases)
    with pytest.raises(UnreadableDraftError):
        draft_read(guide)
    assert editor.get(change_url(question)).status_code == 200
    assert fill_and_send(editor, change_url(question), title="Autre").status_code == 409


FOREIGN_ROWS = ["question of an answer", "outcome of an example", "choice", "asked", "given"]


def name_row_of_another_guide(guide: Guide, other: Guide, row: str) -> None:
    question, outcome = other.questions.all()[0], other.outcomes.filter(final=True)[0]
    if row == "question of an answer":
        ExampleAnswer.objects.filter(example=guide.examples.all()[0]).update(question=question)
    elif row == "outcome of an example":
        ExampleOutcome.objects.filter(example__guide=guide).update(outcome=outcome)
    elif row == "choice":
        choice = ExampleAnswer.objects.filter(example__guide=guide)[0].choice
        Choice.objects.filter(pk=choice.pk).update(question=question, key="ailleurs")
    elif row == "asked":
        guide.rules.exclude(asks=None).update(asks=question)
    else:
        guide.rules.exclude(gives=None).update(gives=outcome)


@pytest.mark.parametrize("row", FOREIGN_ROWS)
def test_a_draft_that_names_a_row_of_another_guide_is_unreadable(
    shipped_guide: Guide, publisher: Client, row: str
) -> None:
    guide = guide_import(content=parse_document(small_document()))
    name_row_of_another_guide(guide, shipped_guide, row)
    for page in ("read", "proof", "compare", "graph"):
        response = publisher.get(action_url(guide, page))
        assert response.status_code == 409
        assert "Ce brouillon ne se lit pas" in page_text(response)


@pytest.mark.parametrize("page", ["read", "proof", "compare", "graph", "change", "example"])
def test_pages_show_an_example_whose_choice_was_moved_to_another_question(
    no_guide: None, publisher: Client, page: str
) -> None:
    guide = guide_import(content=parse_document(small_document()))
    answer = ExampleAnswer.objects.filter(example__guide=guide)[0]
    other = guide.questions.exclude(pk=answer.question.pk)[0]
    Choice.objects.filter(pk=answer.choice.pk).update(question=other, key="ailleurs")
    urls = {"change": change_url(guide), "example": change_url(answer.example)}
    response = publisher.get(urls[page] if page in urls else action_url(guide, page))
    assert response.status_code == 200


def test_the_list_of_guides_marks_the_line_of_an_unreadable_draft(
    unreadable: Guide, editor: Client
) -> None:
    page = editor.get(GUIDES_URL)
    assert page.status_code == 200
    text = page_text(page)
    assert text.count("Ce brouillon ne se lit pas") == 1
    assert "À jour" in text


def test_the_list_of_guides_marks_the_line_of_a_draft_that_the_database_refuses_to_read(
    unreadable: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(guide: Guide) -> object:
        if guide == unreadable:
            raise DatabaseError("Expression tree is too large (maximum depth 1000)")
        return draft_read(guide)

    monkeypatch.setattr(review, "draft_read", refuse)
    text = page_text(editor.get(GUIDES_URL))
    assert text.count("Ce brouillon ne se lit pas") == 1
    assert "À jour" in text


@pytest.mark.parametrize("action", ["proof", "read", "graph", "compare", "export"])
def test_a_page_that_needs_the_draft_says_what_to_do(
    action: str, unreadable: Guide, publisher: Client
) -> None:
    page = publisher.get(action_url(unreadable, action))
    assert page.status_code == 409
    assert "Importer un document à sa place" in page_text(page)


def test_the_page_of_the_guide_and_the_list_of_its_rules_say_what_to_do(
    unreadable: Guide, editor: Client
) -> None:
    for url in (change_url(unreadable), list_url(Rule, unreadable)):
        assert "Remettre le brouillon à la version en ligne" in page_text(editor.get(url))


def test_the_pages_of_other_guides_stay(
    unreadable: Guide, shipped_guide: Guide, editor: Client
) -> None:
    assert editor.get(change_url(shipped_guide)).status_code == 200


def test_an_import_replaces_an_unreadable_draft(unreadable: Guide, editor: Client) -> None:
    import_document(editor, small_document())
    assert draft_read(unreadable) == parse_document(small_document())


def test_a_draft_is_set_back_to_the_live_version_although_it_cannot_be_read(
    shipped_guide: Guide, editor: Client
) -> None:
    before = draft_read(shipped_guide)
    Choice.objects.filter(question__guide=shipped_guide).update(aliases=3)
    editor.post(action_url(shipped_guide, "reset"))
    assert draft_read(shipped_guide) == before


@pytest.mark.parametrize("command", ["export_guide", "check_guide"])
def test_commands_say_that_the_draft_cannot_be_read(command: str, unreadable: Guide) -> None:
    with pytest.raises(CommandError, match=r"Le brouillon de .* ne se lit pas"):
        call_command(command, unreadable.slug, stdout=StringIO())


def test_an_import_says_that_it_is_done_although_the_check_after_it_fails(
    shipped_guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rules.admin.problems_after_save.publication_check", fail_check)
    answer = import_document(editor, small_document())
    assert Guide.objects.count() == 2
    text = parse_page(editor.get(answer["Location"])).get_text()
    assert "Le document est importé dans le brouillon." in text
    assert "il n’a pas pu être vérifié" in text


def test_the_page_of_an_error_says_what_the_request_before_it_has_done(
    shipped_guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = import_document(editor, small_document())
    monkeypatch.setattr("rules.admin.guide.guide_admin.guide_overview", fail_check)
    editor.raise_request_exception = False
    error = editor.get(answer["Location"])
    assert error.status_code == 500
    assert "Le document est importé dans le brouillon." in parse_page(error).get_text()


def import_document(client: Client, document: dict[str, Any]) -> HttpResponseBase:
    """Pastes a document on the page of imports, and confirms the import on the next page."""
    compared = client.post(IMPORT_URL, {"text": json.dumps(document)})
    return client.post(IMPORT_URL, page_fields(compared))


def fail_check(*_: object, **__: object) -> object:
    raise DatabaseError("too many SQL variables")
