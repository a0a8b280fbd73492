"""The pages of the choices of a question, of advice, and of the order of rules and questions."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from rules.admin.links import action_url, change_url, place_url, rule_list_url
from rules.document.parsing import parse_document
from rules.drafts.compiled_drafts import compiled_draft
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_import
from rules.engine.content import ConditionContent, Operator
from rules.models import Guide
from tests.admin.pages import (
    fill_and_send,
    form_fields,
    page_errors,
    page_fields,
    page_text,
    parse_page,
)
from tests.rules.documents import small_document


@pytest.fixture
def guide(no_guide: None) -> Guide:
    """« Un »: A concludes « Fin », B gives « Conseil » and asks « Deux », which concludes « Fin »."""
    return guide_import(content=parse_document(small_document() | {"examples": []}))


def act_url(guide: Guide, act: str, **query: str | list[str]) -> str:
    return f"{action_url(guide, act)}?{urlencode(query, doseq=True)}"


def choices_url(guide: Guide, question: str = "q1") -> str:
    return act_url(guide, "choices", question=question)


def choice_labels(guide: Guide, question: str = "q1") -> list[str]:
    return [choice.label for choice in draft_read(guide).question[question].choices]


def title_after(guide: Guide, **answers: str) -> str:
    """Returns the title of the question that visitors come to, or that of their conclusion."""
    draft = draft_read(guide)
    state = compiled_draft(draft).resolve(answers)
    if state.question:
        return draft.question[state.question].title
    return ", ".join(draft.outcome[given.outcome].title for given in state.outcomes)


def test_choices_are_added_at_once_though_they_lead_nowhere_yet(
    editor: Client, guide: Guide
) -> None:
    response = fill_and_send(
        editor, choices_url(guide), form__2__label="Peut-être", form__3__label="Jamais"
    )
    assert response["Location"] == place_url(guide, "reponse-q1.peut-etre")
    assert choice_labels(guide) == ["A", "B", "Peut-être", "Jamais"]


def test_a_choice_like_another_one_goes_where_that_one_goes(editor: Client, guide: Guide) -> None:
    fill_and_send(editor, choices_url(guide), form__2__label="Peut-être", form__2__leads="comme B")
    assert title_after(guide, q1="peut-etre") == "Deux"
    assert draft_read(guide).rule["r4"].when[0].choices == ("b", "peut-etre")


def test_choices_are_led_to_parts_that_exist_and_to_new_ones_in_one_act(
    editor: Client, guide: Guide
) -> None:
    fill_and_send(
        editor,
        choices_url(guide, "q2"),
        form__0__leads="Le code est-il connu\u00a0? Oui / Non",
        form__2__label="Autre",
        form__2__leads="Nouvelle fin",
    )
    assert title_after(guide, q1="b", q2="a") == "Le code est-il connu\u00a0?"
    assert title_after(guide, q1="b", q2="b") == "Fin"
    assert title_after(guide, q1="b", q2="autre") == "Nouvelle fin"
    assert choice_labels(guide, "le-code-est-il-connu") == ["Oui", "Non"]


def test_the_order_is_a_number_and_stays_as_it_is_now_if_nobody_changes_it(
    editor: Client, guide: Guide
) -> None:
    opened = form_fields(parse_page(editor.get(choices_url(guide))), ".act-form")
    fill_and_send(editor, choices_url(guide), form__0__ORDER="2", form__1__ORDER="1")
    assert choice_labels(guide) == ["B", "A"]
    editor.post(choices_url(guide), opened | {"form-2-label": "C"})
    assert choice_labels(guide) == ["B", "A", "C"]


def test_a_destination_that_was_led_elsewhere_meanwhile_stays_unless_the_editor_has_changed_it(
    editor: Client, guide: Guide
) -> None:
    opened = form_fields(parse_page(editor.get(choices_url(guide))), ".act-form")
    fill_and_send(editor, choices_url(guide), form__0__leads="Deux")
    editor.post(choices_url(guide), opened | {"form-2-label": "C"})
    assert title_after(guide, q1="a") == "Deux"


def test_whoever_leads_a_choice_that_was_led_elsewhere_meanwhile_is_told_so_once(
    editor: Client, guide: Guide
) -> None:
    guide.examples.all().delete()
    opened = form_fields(parse_page(editor.get(choices_url(guide))), ".act-form")
    fill_and_send(editor, choices_url(guide), form__0__leads="Deux")
    refused = editor.post(choices_url(guide), opened | {"form-0-leads": "Autre fin"})
    assert "Quelqu’un l’a changée entre-temps : elle mène maintenant à « Deux »" in page_errors(
        refused
    ).replace("\u00a0", " ")
    assert title_after(guide, q1="a") == "Deux"
    fields = form_fields(parse_page(refused), ".act-form")
    assert fields["form-0-leads"] == "Autre fin"
    editor.post(choices_url(guide), fields)
    assert title_after(guide, q1="a") == "Autre fin"


def test_a_choice_that_someone_has_added_meanwhile_stays_and_asks_nothing_of_an_open_form(
    editor: Client, guide: Guide
) -> None:
    guide.examples.all().delete()
    opened = form_fields(parse_page(editor.get(choices_url(guide))), ".act-form")
    fill_and_send(editor, choices_url(guide), form__2__label="C")
    editor.post(choices_url(guide), opened | {"form-0-leads": "Deux"})
    assert title_after(guide, q1="a") == "Deux"
    assert choice_labels(guide) == ["A", "B", "C"]


def test_what_cannot_be_done_comes_back_with_all_that_was_typed(
    editor: Client, guide: Guide
) -> None:
    url = choices_url(guide)
    refused = fill_and_send(editor, url, form__2__label="a", form__3__leads="Fin")
    assert "Écrivez la réponse." in page_errors(refused)
    refused = fill_and_send(editor, url, form__2__label="a")
    assert "se lit comme" in page_text(refused)
    assert form_fields(parse_page(refused), ".act-form")["form-2-label"] == "a"
    assert choice_labels(guide) == ["A", "B"]


def test_yes_and_no_are_one_click_at_a_question_without_choices(
    editor: Client, guide: Guide
) -> None:
    guide.questions.get(key="q2").choices.all().delete()
    page = parse_page(editor.get(change_url(guide)))
    form = page.select_one(f'.act-now[action="{choices_url(guide, "q2")}"]')
    assert form is not None
    editor.post(str(form["action"]), form_fields(page, f'.act-now[action="{form["action"]}"]'))
    assert choice_labels(guide, "q2") == ["Oui", "Non"]


def test_advice_is_given_to_several_choices_and_taken_away_with_one_click(
    editor: Client, guide: Guide
) -> None:
    url = act_url(guide, "advise", question="q1", choice=["a"])
    fill_and_send(editor, url, advice="Nouveau", choice=["a", "b"], tone="action")
    rule = draft_read(guide).rule["nouveau"]
    assert rule.when == (ConditionContent("q1", Operator.ANSWERED),)
    page = parse_page(editor.get(change_url(guide)))
    form = page.select_one('.act-now[action*="rule=nouveau"][action*="choice=a"]')
    assert form is not None
    editor.post(str(form["action"]))
    assert draft_read(guide).rule["nouveau"].when[0].choices == ("b",)


def test_advice_of_the_guide_is_found_by_some_letters(editor: Client, guide: Guide) -> None:
    fill_and_send(editor, act_url(guide, "advise", question="q1", choice=["a"]), advice="cons")
    assert draft_read(guide).rule["r4"].when == (ConditionContent("q1", Operator.ANSWERED),)


def test_a_rule_is_placed_after_another_one_from_the_list_of_rules(
    editor: Client, guide: Guide
) -> None:
    response = fill_and_send(editor, act_url(guide, "place_rule", rule="r1"), other="2")
    assert str(response["Location"]).startswith(f"{rule_list_url(guide)}#rule-")
    assert [*draft_read(guide).rule] == ["r2", "r1", "r3", "r4", "r5"]


def test_a_question_is_placed_before_another_one(editor: Client, guide: Guide) -> None:
    url = act_url(guide, "place_question", question="q2")
    fill_and_send(editor, url, side="before", other="Un")
    assert title_after(guide) == "Deux"


@pytest.mark.parametrize("act", ["choices", "advise", "place_question", "withdraw", "place_rule"])
def test_an_act_on_what_is_gone_goes_back_and_says_so(
    editor: Client, guide: Guide, act: str
) -> None:
    response = editor.get(act_url(guide, act, question="gone", rule="gone"), follow=True)
    assert page_text(response).count("n’existe plus") + page_text(response).count("entre-temps")


def test_new_questions_are_answered_yes_or_no_and_stay_in_the_order_of_their_typing(
    editor: Client, guide: Guide
) -> None:
    guide.examples.all().delete()
    typed = {"form__0__leads": "Alpha\u00a0?", "form__1__leads": "Bravo\u00a0?"}
    url = f"{action_url(guide, 'choices')}?question=q1"
    response = fill_and_send(editor, url, **typed)
    if response.status_code == 200:
        editor.post(url, page_fields(response))
    new = draft_read(guide).questions[1:3]
    assert [question.title for question in new] == ["Alpha\u00a0?", "Bravo\u00a0?"]
    assert [choice.label for choice in new[0].choices] == ["Oui", "Non"]


def test_a_new_name_that_is_nearly_another_one_is_asked_about_once(
    editor: Client, guide: Guide
) -> None:
    guide.outcomes.filter(key="fin").update(title="Contacter le support")
    url = choices_url(guide)
    typed = {"form__2__label": "Autre", "form__2__leads": "Contacter le suport"}
    refused = fill_and_send(editor, url, **typed)
    assert "Vouliez-vous dire «\u00a0Contacter le support\u00a0»\u00a0?" in page_errors(refused)
    assert choice_labels(guide) == ["A", "B"]
    again = form_fields(parse_page(refused), ".act-form")
    assert editor.post(url, again).status_code == 302
    assert "Contacter le suport" in [one.title for one in draft_read(guide).outcomes]
