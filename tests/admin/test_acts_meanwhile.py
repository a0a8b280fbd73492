"""Someone does an act while someone else has a form open: the form loses nothing, and says what was done."""

from urllib.parse import urlencode

import pytest
from django.http import HttpResponseBase
from django.test import Client

from rules.admin.acts.removal_pages import choice_removal_url
from rules.admin.links import action_url, change_url
from rules.document.parsing import parse_document
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_import
from rules.models import Guide
from tests.admin.pages import Fields, fill_and_send, page_errors, page_fields
from tests.rules.documents import small_document


@pytest.fixture
def guide(no_guide: None) -> Guide:
    """« Un »: A concludes « Fin », B gives « Conseil » and asks « Deux », which concludes « Fin »."""
    return guide_import(content=parse_document(small_document() | {"examples": []}))


def do_act(client: Client, guide: Guide, act: str, typed: Fields, **query: str) -> None:
    """Does an act on its plain page, and confirms it if its page asks for that."""
    do_act_at(client, f"{action_url(guide, act)}?{urlencode(query)}", typed)


def do_act_at(client: Client, url: str, typed: Fields) -> None:
    response: HttpResponseBase = fill_and_send(client, url, **typed)
    if response.status_code == 200:
        response = client.post(url, page_fields(response))
    assert response.status_code == 302, page_errors(response)


def open_question(client: Client, guide: Guide, key: str) -> tuple[str, Fields]:
    url = change_url(guide.questions.get(key=key))
    return url, page_fields(client.get(url))


def open_rule(client: Client, guide: Guide, key: str) -> tuple[str, Fields]:
    url = change_url(guide.rules.get(key=key))
    return url, page_fields(client.get(url))


def test_a_choice_that_an_act_adds_to_the_question_of_an_open_form_is_shown_in_it(
    guide: Guide, editor: Client, other: Client
) -> None:
    url, opened = open_question(editor, guide, "q1")
    do_act(other, guide, "choices", {"form__2__label": "Peut-être"}, question="q1")
    page = editor.post(url, opened | {"title": "Mon titre", "choices-0-label": "Mon A"})
    assert "olivier a modifié cette question" in page_errors(page)
    assert "Peut-être" in page_fields(page).values()
    assert editor.post(url, page_fields(page)).status_code == 302
    question = draft_read(guide).question["q1"]
    assert question.title == "Mon titre"
    assert [choice.label for choice in question.choices] == ["Mon A", "B", "Peut-être"]


def test_what_was_typed_in_a_choice_that_an_act_removes_comes_back_in_the_form(
    guide: Guide, editor: Client, other: Client
) -> None:
    do_act(other, guide, "choices", {"form__2__label": "C"}, question="q1")
    url, opened = open_question(editor, guide, "q1")
    do_act_at(other, choice_removal_url(guide, "q1", "b"), {"way": "remove"})
    page = editor.post(url, opened | {"choices-1-label": "Mon B"})
    assert "olivier a modifié cette question" in page_errors(page)
    assert editor.post(url, page_fields(page)).status_code == 302
    labels = [choice.label for choice in draft_read(guide).question["q1"].choices]
    assert sorted(labels) == ["A", "C", "Mon B"]


def test_a_form_is_saved_beside_an_act_on_other_parts(
    guide: Guide, editor: Client, other: Client
) -> None:
    url, opened = open_question(editor, guide, "q1")
    rule_url, rule_opened = open_rule(editor, guide, "r5")
    do_act(other, guide, "lead", {"sought": "Deux"}, arrow="q1.a.r2")
    assert editor.post(url, opened | {"title": "Mon titre"}).status_code == 302
    assert editor.post(rule_url, rule_opened | {"note": "Ma remarque"}).status_code == 302
    draft = draft_read(guide)
    assert (draft.question["q1"].title, draft.rule["r5"].note) == ("Mon titre", "Ma remarque")
    assert draft.rule["r2"].target == "q2"


def test_a_rule_that_an_act_leads_elsewhere_is_merged_with_its_open_form(
    guide: Guide, editor: Client, other: Client
) -> None:
    url, opened = open_rule(editor, guide, "r2")
    do_act(other, guide, "lead", {"sought": "Deux"}, arrow="q1.a.r2")
    page = editor.post(url, opened | {"note": "Ma remarque"})
    assert "olivier a modifié cette règle" in page_errors(page)
    assert draft_read(guide).rule["r2"].note == ""
    assert editor.post(url, page_fields(page)).status_code == 302
    rule = draft_read(guide).rule["r2"]
    assert (rule.target, rule.note) == ("q2", "Ma remarque")


def test_a_choice_that_an_act_adds_to_the_condition_of_an_open_rule_stays(
    guide: Guide, editor: Client, other: Client
) -> None:
    url, opened = open_rule(editor, guide, "r2")
    row: Fields = {"form__2__label": "C", "form__2__leads": "comme A"}
    do_act(other, guide, "choices", row, question="q1")
    page = editor.post(url, opened | {"note": "Ma remarque"})
    assert "olivier a modifié cette règle" in page_errors(page)
    assert editor.post(url, page_fields(page)).status_code == 302
    rule = draft_read(guide).rule["r2"]
    assert (rule.when[0].choices, rule.note) == (("a", "c"), "Ma remarque")


@pytest.mark.parametrize("part", ["question", "rule"])
def test_a_form_whose_part_an_act_removes_is_offered_as_a_new_part(
    guide: Guide, editor: Client, other: Client, part: str
) -> None:
    """The act removes the question « Deux », and the rule that asks it with it."""
    opens = {"question": (open_question, "q2", "help"), "rule": (open_rule, "r3", "note")}
    open_form, key, field = opens[part]
    url, opened = open_form(editor, guide, key)
    removal = change_url(guide.questions.get(key="q2")).replace("change", "delete")
    do_act_at(other, removal, {"way": "remove"})
    page = editor.post(url, opened | {field: "Mon texte"})
    assert "n’existe plus" in page_errors(page)
    assert page_fields(page)[field] == "Mon texte"
