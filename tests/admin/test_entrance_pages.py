"""A question that nobody is asked, and a conclusion that nothing gives, are led to from where they stand."""

import pytest
from django.test import Client

from rules.admin.links import action_url, add_url, change_url
from rules.document.parsing import parse_document
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_import
from rules.models import Guide, Outcome, Question
from tests.admin.pages import fill_and_send, page_fields, page_links, page_text
from tests.admin.test_arrow_pages import place_after
from tests.rules.documents import small_document


@pytest.fixture
def guide(no_guide: None) -> Guide:
    """« Un »: A concludes « Fin », B asks « Deux »; nothing leads to « Trois » and « Autre fin »."""
    guide = guide_import(content=parse_document(small_document()))
    question = Question.objects.create(guide=guide, key="q3", title="Trois", position=3)
    for position, key in enumerate("ab"):
        question.choices.create(key=key, label=key.upper(), position=position)
    Outcome.objects.create(guide=guide, key="autre", title="Autre fin", final=True, position=3)
    return guide


def enter_url(guide: Guide, **part: str) -> str:
    [(name, key)] = part.items()
    return f"{action_url(guide, 'enter')}?{name}={key}"


@pytest.mark.parametrize("page", ["change", "proof"])
def test_what_no_path_leads_to_has_a_link_that_leads_there(
    editor: Client, guide: Guide, page: str
) -> None:
    url = change_url(guide) if page == "change" else action_url(guide, page)
    links = page_links(editor.get(url))
    assert enter_url(guide, question="q3") in links
    assert enter_url(guide, outcome="autre") in links


def test_a_question_is_asked_after_all_answers_of_another_one(editor: Client, guide: Guide) -> None:
    url = enter_url(guide, question="q3")
    insert = fill_and_send(editor, url, after="Deux → toutes les réponses")["Location"]
    fill_and_send(editor, insert)
    assert place_after(guide, q1="b", q2="a") == ("Trois",)
    assert place_after(guide, q1="b", q2="b", q3="a") == ("Fin",)
    assert place_after(guide, q1="a") == ("Fin",)


def test_an_answer_is_led_to_a_conclusion(editor: Client, guide: Guide) -> None:
    guide.examples.all().delete()
    lead = fill_and_send(editor, enter_url(guide, outcome="autre"), after="Un → A")["Location"]
    fill_and_send(editor, lead)
    assert place_after(guide, q1="a") == ("Autre fin",)


def test_the_start_of_an_empty_guide_is_led_to_its_first_question(
    editor: Client, guide: Guide
) -> None:
    for parts in (guide.examples, guide.rules):
        parts.all().delete()
    lead = fill_and_send(editor, enter_url(guide, question="q3"), after="Départ")["Location"]
    editor.post(lead, page_fields(fill_and_send(editor, lead)))
    assert place_after(guide) == ("Trois",)


def test_after_a_question_is_created_a_message_leads_to_where_it_can_be_asked(
    editor: Client, guide: Guide
) -> None:
    choices = {f"choices__{place}__label": label for place, label in enumerate("AB")}
    response = fill_and_send(editor, add_url(Question, guide), title="Quatre ?", **choices)
    key = draft_read(guide).questions[-1].key
    links = page_links(editor.get(response["Location"]))
    assert links.count(enter_url(guide, question=key)) == 2


def test_the_page_of_a_new_question_says_how_to_put_it_on_the_way(
    editor: Client, guide: Guide
) -> None:
    assert "prenez plutôt le + d’une réponse" in page_text(editor.get(add_url(Question, guide)))
