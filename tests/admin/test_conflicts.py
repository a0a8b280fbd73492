"""Two people who edit one page: the second sees what the first has changed, and loses nothing."""

from datetime import UTC, datetime

import pytest
from django.http import HttpResponseBase
from django.test import Client

from rules.admin.links import action_url, add_url, change_url
from rules.models import Change, Guide, Outcome, Question, Rule
from tests.admin.pages import (
    fill_and_send,
    option_value,
    page_errors,
    page_fields,
    parse_page,
)


def first_question(guide: Guide) -> Question:
    return guide.questions.all()[0]


def form_action(page: HttpResponseBase) -> str:
    form = parse_page(page).select_one("#content-start form[method=post]")
    assert form is not None
    return str(form.get("action", ""))


def test_the_second_person_sees_who_changed_what_and_keeps_what_they_typed(
    guide: Guide, editor: Client, other: Client
) -> None:
    url = change_url(first_question(guide))
    typed = page_fields(editor.get(url)) | {"title": "Mon titre"}
    fill_and_send(other, url, title="Son titre")
    page = editor.post(url, typed)
    assert first_question(guide).title == "Son titre"
    assert page_fields(page)["title"] == "Mon titre"
    message = page_errors(page)
    assert "olivier a modifié cette question à" in message
    assert "pendant que vous l’aviez ouverte" in message
    assert "est maintenant « Son titre » au lieu de" in message.replace("\u00a0", " ")


def test_the_second_person_saves_again_after_a_conflict(
    guide: Guide, editor: Client, other: Client
) -> None:
    url = change_url(first_question(guide))
    typed = page_fields(editor.get(url)) | {"title": "Mon titre"}
    fill_and_send(other, url, title="Son titre")
    page = editor.post(url, typed)
    assert editor.post(url, page_fields(page)).status_code == 302
    assert first_question(guide).title == "Mon titre"


@pytest.mark.parametrize("kind", ["questions", "outcomes", "rules", "examples"])
def test_the_page_of_each_kind_of_part_reports_a_conflict(
    kind: str, guide: Guide, editor: Client, other: Client
) -> None:
    row = getattr(guide, kind).all()[4 if kind != "examples" else 0]
    url = change_url(row)
    field = {"questions": "help", "outcomes": "body", "rules": "note", "examples": "name"}[kind]
    typed = page_fields(editor.get(url)) | {field: "Mon texte"}
    fill_and_send(other, url, **{field: "Son texte"})
    page = editor.post(url, typed)
    assert "olivier a modifié ce" in page_errors(page)
    assert page_fields(page)[field] == "Mon texte"
    assert editor.post(url, page_fields(page)).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == "Mon texte"


def test_after_a_conflict_the_preview_shows_the_text_of_the_field(
    guide: Guide, editor: Client, other: Client
) -> None:
    url = change_url(guide.outcomes.all()[0])
    typed = page_fields(editor.get(url)) | {"body": "Mon **texte**"}
    fill_and_send(other, url, body="Son texte")
    page = editor.post(url, typed)
    assert page_fields(page)["body"] == "Mon **texte**"
    preview, *_ = parse_page(page).select(".preview")
    assert preview.get_text(strip=True) == "Montexte"


@pytest.mark.parametrize("acts", ["change", "delete"])
def test_an_act_on_an_example_is_no_conflict_with_another_of_its_name(
    acts: str, guide: Guide, editor: Client, other: Client
) -> None:
    guide.examples.filter(position__lte=2).update(name="Un cas")
    first, second = guide.examples.all()[:2]
    typed = page_fields(editor.get(change_url(second))) | {"outcome-1": ""}
    if acts == "change":
        fill_and_send(other, change_url(first), **{"outcome-1": ""})
    else:
        other.post(change_url(first).replace("change", "delete"), {"post": "yes"})
    assert editor.post(change_url(second), typed).status_code == 302


def test_the_page_of_the_guide_reports_a_conflict(
    guide: Guide, editor: Client, other: Client
) -> None:
    typed = page_fields(editor.get(action_url(guide, "texts"))) | {"introduction": "La mienne"}
    fill_and_send(other, action_url(guide, "texts"), introduction="La sienne")
    page = editor.post(action_url(guide, "texts"), typed)
    assert "olivier a modifié ce guide" in page_errors(page)
    assert editor.post(action_url(guide, "texts"), page_fields(page)).status_code == 302
    guide.refresh_from_db()
    assert guide.introduction == "La mienne"


def test_a_change_of_another_part_is_no_conflict(
    guide: Guide, editor: Client, other: Client
) -> None:
    url = change_url(first_question(guide))
    typed = page_fields(editor.get(url)) | {"title": "Mon titre"}
    fill_and_send(other, change_url(guide.questions.all()[1]), title="Ailleurs")
    assert editor.post(url, typed).status_code == 302
    assert first_question(guide).title == "Mon titre"


def test_a_post_with_an_unreadable_last_change_conflicts_with_any_change(
    guide: Guide, editor: Client, other: Client
) -> None:
    url = change_url(first_question(guide))
    typed = page_fields(editor.get(url)) | {"seen": "9" * 40}
    fill_and_send(other, url, title="Son titre")
    assert "olivier a modifié" in page_errors(editor.post(url, typed))


def test_a_draft_set_back_to_the_live_version_meanwhile_is_a_conflict(
    guide: Guide, editor: Client, other: Client
) -> None:
    rule = guide.rules.all()[5]
    fill_and_send(editor, change_url(rule), note="Avant")
    typed = page_fields(editor.get(change_url(rule))) | {"note": "Ma remarque"}
    other.post(action_url(guide, "reset"))
    page = editor.post(change_url(rule), typed)
    assert "olivier a modifié cette règle" in page_errors(page)
    assert editor.post(change_url(rule), page_fields(page)).status_code == 302
    rule.refresh_from_db()
    assert (rule.note, rule.conditions.count()) == ("Ma remarque", 1)


def test_a_field_that_only_the_first_person_changed_takes_the_saved_value(
    guide: Guide, editor: Client, other: Client
) -> None:
    outcome = guide.outcomes.all()[4]
    url = change_url(outcome)
    typed = page_fields(editor.get(url)) | {"title": "Mon titre"}
    fill_and_send(other, url, body="Son texte\n\nsur trois lignes", tone="contact")
    page = editor.post(url, typed)
    form = page_fields(page)
    assert (form["title"], form["tone"]) == ("Mon titre", "contact")
    assert "Son texte" in str(form["body"])
    assert "reprises ci-dessous" in page_errors(page)
    assert editor.post(url, form).status_code == 302
    outcome.refresh_from_db()
    assert (outcome.title, outcome.body, outcome.tone) == (
        "Mon titre",
        "Son texte\n\nsur trois lignes",
        "contact",
    )


def test_windows_line_ends_do_not_count_as_a_change(
    guide: Guide, editor: Client, other: Client
) -> None:
    outcome = guide.outcomes.all()[4]
    url = change_url(outcome)
    fill_and_send(other, url, body="Un\n\nDeux")
    typed = page_fields(editor.get(url)) | {"title": "Mon titre", "body": "Un\r\n\r\nDeux"}
    fill_and_send(other, url, body="Trois")
    assert page_fields(editor.post(url, typed))["body"] == "Trois"


def test_a_field_that_both_people_changed_quotes_the_saved_value(
    guide: Guide, editor: Client, other: Client
) -> None:
    rule = guide.rules.get(key="liste-deja-a-jour")
    url = change_url(rule)
    page = editor.get(url)
    typed = page_fields(page) | {
        "then": option_value(page, "then", "Tout va bien"),
        "note": "La mienne",
    }
    fill_and_send(
        other, url, then=option_value(page, "then", "Contacter le support"), note="La sienne"
    )
    page = editor.post(url, typed)
    marked = [
        " ".join(found.get_text().split())
        for found in parse_page(page).select(".form-row .errorlist, .errors .errorlist")
    ]
    assert marked == [
        "olivier : « Contacter le support Pix »",
        "olivier : « La sienne »",
    ]
    assert page_fields(page)["then"] == typed["then"]
    assert editor.post(url, page_fields(page)).status_code == 302


@pytest.mark.parametrize(
    "made",
    ["", "null", "[1]", '{"": 3}', '{"": {"title": 1}}', pytest.param("[" * 100_000, id="deep")],
)
def test_a_post_with_unreadable_shown_values_keeps_everything_typed(
    made: str, guide: Guide, editor: Client, other: Client
) -> None:
    url = change_url(first_question(guide))
    typed = page_fields(editor.get(url)) | {"made": made}
    fill_and_send(other, url, title="Son titre")
    page = editor.post(url, typed)
    assert "olivier a modifié" in page_errors(page)
    assert page_fields(page)["title"] == typed["title"]


def test_what_was_typed_in_a_deleted_rule_is_offered_as_a_new_rule(
    guide: Guide, editor: Client, other: Client
) -> None:
    rule = guide.rules.all()[2]
    url = change_url(rule)
    typed = page_fields(editor.get(url)) | {"note": "Ma remarque"}
    fill_and_send(other, url.replace("change", "delete"))
    page = editor.post(url, typed)
    assert "Cette règle n’existe plus" in page_errors(page)
    assert page_fields(page)["note"] == "Ma remarque"
    assert not Rule.objects.filter(note="Ma remarque").exists()
    assert form_action(page) == add_url(Rule, guide)
    assert editor.post(form_action(page), page_fields(page)).status_code == 302
    assert Rule.objects.get(note="Ma remarque").conditions.count() == count_posted_conditions(typed)


def count_posted_conditions(typed: dict[str, str | list[str]]) -> int:
    return int(str(typed["conditions-INITIAL_FORMS"]))


def test_what_was_typed_in_a_deleted_outcome_is_offered_as_a_new_outcome(
    guide: Guide, editor: Client, other: Client
) -> None:
    fill_and_send(other, add_url(Outcome, guide), title="Éphémère")
    url = change_url(Outcome.objects.get(title="Éphémère"))
    typed = page_fields(editor.get(url)) | {"body": "Mon texte"}
    other.post(url.replace("change", "delete"))
    page = editor.post(url, typed)
    assert "n’existe plus" in page_errors(page)
    assert page_fields(page)["body"] == "Mon texte"
    assert "Éphémère" in str(page_fields(page)["title"])


def test_a_conflict_names_everyone_who_changed_the_row(
    guide: Guide, editor: Client, other: Client, publisher: Client
) -> None:
    url = change_url(first_question(guide))
    typed = page_fields(editor.get(url))
    for client in (other, publisher):
        fill_and_send(client, url, title=f"Titre {id(client)}")
    assert "olivier et paul ont modifié cette question" in page_errors(editor.post(url, typed))


def test_a_change_in_another_window_of_the_same_person_is_a_conflict(
    guide: Guide, editor: Client
) -> None:
    url = change_url(first_question(guide))
    typed = page_fields(editor.get(url)) | {"title": "Première fenêtre"}
    fill_and_send(editor, url, title="Seconde fenêtre")
    assert "Vous avez modifié cette question" in page_errors(editor.post(url, typed))


@pytest.mark.parametrize("kind", ["questions", "outcomes", "rules", "examples"])
def test_a_double_click_saves_once(kind: str, guide: Guide, editor: Client) -> None:
    row = getattr(guide, kind).all()[4 if kind != "examples" else 0]
    field = {"questions": "help", "outcomes": "body", "rules": "note", "examples": "name"}[kind]
    typed = page_fields(editor.get(change_url(row))) | {field: "Mon texte"}
    first = editor.post(change_url(row), typed)
    change_count = Change.objects.count()
    second = editor.post(change_url(row), typed)
    assert second.status_code == 302
    assert second.headers["Location"] == first.headers["Location"]
    assert Change.objects.count() == change_count


def test_the_same_change_by_another_person_is_still_a_conflict(
    guide: Guide, editor: Client, other: Client
) -> None:
    url = change_url(first_question(guide))
    typed = page_fields(editor.get(url)) | {"title": "Le même titre"}
    fill_and_send(other, url, title="Le même titre")
    assert "olivier a modifié" in page_errors(editor.post(url, typed))


def test_a_conflict_with_a_change_of_another_day_gives_its_date(
    guide: Guide, editor: Client, other: Client
) -> None:
    url = change_url(first_question(guide))
    typed = page_fields(editor.get(url))
    fill_and_send(other, url, title="Son titre")
    Change.objects.update(at=datetime(2025, 5, 3, 12, 32, tzinfo=UTC))
    message = page_errors(editor.post(url, typed)).replace("\u00a0", " ")
    assert "olivier a modifié cette question le 3 mai 2025 à 14 h 32" in message
