"""Two people change the choices of one question, or the conditions of one rule."""

import pytest
from django.test import Client

from rules.admin.links import change_url
from rules.drafts.rows import question_duplicate
from rules.models import Guide, Question
from tests.admin.pages import (
    checkbox_value,
    fill_and_send,
    page_errors,
    page_fields,
)
from tests.admin.test_conflicts import first_question


def choice_labels(question: Question) -> list[str]:
    return list(question.choices.values_list("label", flat=True))


def test_a_deleted_choice_comes_back_if_the_second_person_changed_it(
    guide: Guide, editor: Client, other: Client
) -> None:
    question = question_duplicate(question=first_question(guide))
    url = change_url(question)
    typed = page_fields(editor.get(url)) | {
        "choices-1-label": "Pas du tout",
        "choices-0-help": "Aide",
    }
    fill_and_send(other, url, choices__1__DELETE="on")
    page = editor.post(url, typed)
    assert choice_labels(question) == ["Oui"]
    assert "Pas du tout" in page_fields(page).values()
    assert editor.post(url, page_fields(page)).status_code == 302
    assert choice_labels(question) == ["Oui", "Pas du tout"]
    assert question.choices.get(label="Oui").help == "Aide"


@pytest.mark.parametrize("deleted", [0, 1, 3])
def test_the_number_typed_for_a_choice_is_its_place_after_another_was_deleted_meanwhile(
    deleted: int, guide: Guide, editor: Client, other: Client
) -> None:
    question = question_duplicate(question=first_question(guide))
    url = change_url(question)
    fill_and_send(editor, url, choices__2__label="Trois", choices__3__label="Quatre")
    fill_and_send(editor, url, choices__4__label="Cinq")
    typed = page_fields(editor.get(url)) | {
        "choices-2-label": "Drei",
        "choices-2-aliases": "Tre",
        "choices-2-position": "2",
    }
    fill_and_send(other, url, **{f"choices__{deleted}__DELETE": "on"})
    page = editor.post(url, typed)
    assert editor.post(url, page_fields(page)).status_code == 302
    labels = ["Oui", "Non", "Quatre", "Cinq"]
    remaining = [label for label in labels if label != ["Oui", "Non", "", "Quatre"][deleted]]
    assert choice_labels(question) == [remaining[0], "Drei", *remaining[1:]]
    assert question.choices.get(label="Drei").aliases == ["Tre"]


def test_a_number_typed_for_a_choice_that_was_deleted_meanwhile_is_its_place(
    guide: Guide, editor: Client, other: Client
) -> None:
    question = question_duplicate(question=first_question(guide))
    url = change_url(question)
    fill_and_send(editor, url, choices__2__label="Trois", choices__3__label="Quatre")
    typed = page_fields(editor.get(url)) | {"choices-2-position": "1"}
    fill_and_send(other, url, choices__2__DELETE="on")
    page = editor.post(url, typed)
    assert editor.post(url, page_fields(page)).status_code == 302
    assert choice_labels(question) == ["Trois", "Oui", "Non", "Quatre"]


def test_a_choice_that_the_first_person_added_is_shown_to_the_second(
    guide: Guide, editor: Client, other: Client
) -> None:
    url = change_url(first_question(guide))
    typed = page_fields(editor.get(url)) | {"title": "Mon titre", "choices-2-label": "La mienne"}
    fill_and_send(other, url, choices__2__label="La sienne")
    page = editor.post(url, typed)
    assert {"La mienne", "La sienne"} <= {str(value) for value in page_fields(page).values()}
    assert editor.post(url, page_fields(page)).status_code == 302
    assert choice_labels(first_question(guide)) == ["Oui", "Non", "La sienne", "La mienne"]


def test_a_choice_that_both_people_deleted_stays_deleted(
    guide: Guide, editor: Client, other: Client
) -> None:
    question = question_duplicate(question=first_question(guide))
    url = change_url(question)
    typed = page_fields(editor.get(url)) | {"choices-1-DELETE": "on"}
    fill_and_send(other, url, choices__1__DELETE="on")
    page = editor.post(url, typed)
    assert editor.post(url, page_fields(page)).status_code == 302
    assert choice_labels(question) == ["Oui"]


def test_a_deleted_choice_stays_deleted_if_the_second_person_did_not_change_it(
    guide: Guide, editor: Client, other: Client
) -> None:
    question = question_duplicate(question=first_question(guide))
    url = change_url(question)
    typed = page_fields(editor.get(url)) | {"help": "Mon aide"}
    assert "choices-1-same" not in typed  # a browser sends no disabled field
    fill_and_send(other, url, choices__1__DELETE="on")
    page = editor.post(url, typed)
    assert editor.post(url, page_fields(page)).status_code == 302
    assert choice_labels(question) == ["Oui"]


def test_a_deleted_condition_comes_back_if_the_second_person_changed_it(
    guide: Guide, editor: Client, other: Client
) -> None:
    rule = guide.rules.get(key="liste-deja-a-jour")
    url = change_url(rule)
    typed = page_fields(editor.get(url)) | {"conditions-0-operator": "is_not"}
    fill_and_send(other, url, conditions__0__DELETE="on")
    page = editor.post(url, typed)
    assert rule.conditions.count() == 0
    assert "n’a plus la condition" in page_errors(page)
    assert editor.post(url, page_fields(page)).status_code == 302
    assert rule.conditions.get().operator == "is_not"


def test_a_deleted_condition_stays_deleted_if_the_second_person_did_not_change_it(
    guide: Guide, editor: Client, other: Client
) -> None:
    rule = guide.rules.get(key="liste-deja-a-jour")
    url = change_url(rule)
    typed = page_fields(editor.get(url)) | {"note": "Ma remarque"}
    fill_and_send(other, url, conditions__0__DELETE="on")
    page = editor.post(url, typed)
    assert editor.post(url, page_fields(page)).status_code == 302
    rule.refresh_from_db()
    assert (rule.conditions.count(), rule.note) == (0, "Ma remarque")


def test_inline_rows_are_merged_field_by_field(guide: Guide, editor: Client, other: Client) -> None:
    question = first_question(guide)
    url = change_url(question)
    typed = page_fields(editor.get(url)) | {
        "choices-0-label": "Bien sûr",
        "choices-1-label": "Jamais",
    }
    fill_and_send(other, url, choices__0__help="Son aide", choices__1__label="Pas du tout")
    page = editor.post(url, typed)
    form = page_fields(page)
    assert (form["choices-0-label"], form["choices-0-help"]) == ("Bien sûr", "Son aide")
    assert form["choices-1-label"] == "Jamais"
    assert "olivier : « Pas du tout »" in page_errors(page).replace("\u00a0", " ")
    assert editor.post(url, form).status_code == 302
    assert choice_labels(question) == ["Bien sûr", "Jamais"]
    assert question.choices.get(label="Bien sûr").help == "Son aide"


def test_check_boxes_that_only_the_first_person_changed_take_the_saved_values(
    guide: Guide, editor: Client, other: Client
) -> None:
    rule = guide.rules.get(key="liste-deja-a-jour")
    url = change_url(rule)
    page = editor.get(url)
    typed = page_fields(page) | {"note": "Ma remarque"}
    both = [checkbox_value(page, "conditions-0-named", label) for label in ("Oui", "Non")]
    fill_and_send(other, url, conditions__0__named=both)
    page = editor.post(url, typed)
    assert editor.post(url, page_fields(page)).status_code == 302
    assert rule.conditions.get().choices.count() == 2
