"""Two people on one page: the second is told what the first has changed, and loses nothing."""

from datetime import UTC, datetime

import pytest
from django.http import HttpResponseBase
from django.test import Client

from rules.admin.links import action_url, add_url, change_url
from rules.drafts.rows import question_duplicate
from rules.models import Change, Guide, Outcome, Question, Rule
from tests.admin.conftest import LogIn
from tests.admin.pages import box, errors, fields, option, send, soup


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    return shipped_guide


@pytest.fixture
def other(log_in: LogIn) -> Client:
    return log_in("olivier", "Éditeurs")


def first_question(guide: Guide) -> Question:
    return guide.questions.all()[0]


def labels(question: Question) -> list[str]:
    return list(question.choices.values_list("label", flat=True))


def form_action(page: HttpResponseBase) -> str:
    form = soup(page).select_one("#content-start form[method=post]")
    assert form is not None
    return str(form.get("action", ""))


def test_the_second_is_told_who_changed_what_and_keeps_what_was_typed(
    guide: Guide, editor: Client, other: Client
) -> None:
    url = change_url(first_question(guide))
    typed = fields(editor.get(url)) | {"title": "Mon titre"}
    send(other, url, title="Son titre")
    page = editor.post(url, typed)
    assert first_question(guide).title == "Son titre"
    assert fields(page)["title"] == "Mon titre"
    told = errors(page)
    assert "olivier a modifié cette question à" in told
    assert "pendant que vous l’aviez ouverte" in told
    assert "s’appelle maintenant « Son titre »." in told.replace("\u00a0", " ")


def test_saving_again_keeps_what_the_second_typed(
    guide: Guide, editor: Client, other: Client
) -> None:
    url = change_url(first_question(guide))
    typed = fields(editor.get(url)) | {"title": "Mon titre"}
    send(other, url, title="Son titre")
    page = editor.post(url, typed)
    assert editor.post(url, fields(page)).status_code == 302
    assert first_question(guide).title == "Mon titre"


@pytest.mark.parametrize("kind", ["questions", "outcomes", "rules", "examples"])
def test_each_kind_of_page_tells_it(kind: str, guide: Guide, editor: Client, other: Client) -> None:
    row = getattr(guide, kind).all()[4 if kind != "examples" else 0]
    url = change_url(row)
    field = {"questions": "help", "outcomes": "body", "rules": "note", "examples": "name"}[kind]
    typed = fields(editor.get(url)) | {field: "Mon texte"}
    send(other, url, **{field: "Son texte"})
    page = editor.post(url, typed)
    assert "olivier a modifié ce" in errors(page)
    assert fields(page)[field] == "Mon texte"
    assert editor.post(url, fields(page)).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == "Mon texte"


def test_the_page_of_the_guide_tells_it_too(guide: Guide, editor: Client, other: Client) -> None:
    typed = fields(editor.get(change_url(guide))) | {"introduction": "La mienne"}
    send(other, change_url(guide), introduction="La sienne")
    page = editor.post(change_url(guide), typed)
    assert "olivier a modifié ce guide" in errors(page)
    assert editor.post(change_url(guide), fields(page)).status_code == 302
    guide.refresh_from_db()
    assert guide.introduction == "La mienne"


def test_what_was_changed_elsewhere_is_no_conflict(
    guide: Guide, editor: Client, other: Client
) -> None:
    url = change_url(first_question(guide))
    typed = fields(editor.get(url)) | {"title": "Mon titre"}
    send(other, change_url(guide.questions.all()[1]), title="Ailleurs")
    assert editor.post(url, typed).status_code == 302
    assert first_question(guide).title == "Mon titre"


def test_a_page_without_the_mark_of_when_it_was_made_is_checked_against_all(
    guide: Guide, editor: Client, other: Client
) -> None:
    url = change_url(first_question(guide))
    typed = fields(editor.get(url)) | {"seen": "9" * 40}
    send(other, url, title="Son titre")
    assert "olivier a modifié" in errors(editor.post(url, typed))


def test_a_draft_set_back_meanwhile_is_told(guide: Guide, editor: Client, other: Client) -> None:
    rule = guide.rules.all()[5]
    send(editor, change_url(rule), note="Avant")
    typed = fields(editor.get(change_url(rule))) | {"note": "Ma remarque"}
    other.post(action_url(guide, "reset"))
    page = editor.post(change_url(rule), typed)
    assert "olivier a modifié cette règle" in errors(page)
    assert editor.post(change_url(rule), fields(page)).status_code == 302
    rule.refresh_from_db()
    assert (rule.note, rule.conditions.count()) == ("Ma remarque", 1)


def test_an_answer_that_the_first_deleted_comes_back_with_what_was_typed(
    guide: Guide, editor: Client, other: Client
) -> None:
    question = question_duplicate(question=first_question(guide))
    url = change_url(question)
    typed = fields(editor.get(url)) | {"choices-1-label": "Pas du tout", "choices-0-help": "Aide"}
    send(other, url, choices__1__DELETE="on")
    page = editor.post(url, typed)
    assert labels(question) == ["Oui"]
    assert "Pas du tout" in fields(page).values()
    assert editor.post(url, fields(page)).status_code == 302
    assert labels(question) == ["Oui", "Pas du tout"]
    assert question.choices.get(label="Oui").help == "Aide"


def test_an_answer_that_the_first_added_is_shown_to_the_second(
    guide: Guide, editor: Client, other: Client
) -> None:
    url = change_url(first_question(guide))
    typed = fields(editor.get(url)) | {"title": "Mon titre", "choices-2-label": "La mienne"}
    send(other, url, choices__2__label="La sienne")
    page = editor.post(url, typed)
    assert {"La mienne", "La sienne"} <= {str(value) for value in fields(page).values()}
    assert editor.post(url, fields(page)).status_code == 302
    assert labels(first_question(guide)) == ["Oui", "Non", "La sienne", "La mienne"]


def test_an_answer_that_both_deleted_stays_deleted(
    guide: Guide, editor: Client, other: Client
) -> None:
    question = question_duplicate(question=first_question(guide))
    url = change_url(question)
    typed = fields(editor.get(url)) | {"choices-1-DELETE": "on"}
    send(other, url, choices__1__DELETE="on")
    page = editor.post(url, typed)
    assert editor.post(url, fields(page)).status_code == 302
    assert labels(question) == ["Oui"]


def test_a_condition_that_the_first_deleted_comes_back_where_the_second_changed_it(
    guide: Guide, editor: Client, other: Client
) -> None:
    rule = guide.rules.get(key="liste-deja-a-jour")
    url = change_url(rule)
    typed = fields(editor.get(url)) | {"conditions-0-operator": "is_not"}
    send(other, url, conditions__0__DELETE="on")
    page = editor.post(url, typed)
    assert rule.conditions.count() == 0
    assert "n’a plus la condition" in errors(page)
    assert editor.post(url, fields(page)).status_code == 302
    assert rule.conditions.get().operator == "is_not"


def test_a_condition_that_the_first_deleted_stays_deleted_where_the_second_left_it(
    guide: Guide, editor: Client, other: Client
) -> None:
    rule = guide.rules.get(key="liste-deja-a-jour")
    url = change_url(rule)
    typed = fields(editor.get(url)) | {"note": "Ma remarque"}
    send(other, url, conditions__0__DELETE="on")
    page = editor.post(url, typed)
    assert editor.post(url, fields(page)).status_code == 302
    rule.refresh_from_db()
    assert (rule.conditions.count(), rule.note) == (0, "Ma remarque")


def test_what_the_second_left_alone_is_what_the_first_made_of_it(
    guide: Guide, editor: Client, other: Client
) -> None:
    outcome = guide.outcomes.all()[4]
    url = change_url(outcome)
    typed = fields(editor.get(url)) | {"title": "Mon titre"}
    send(other, url, body="Son texte\n\nsur trois lignes", tone="contact")
    page = editor.post(url, typed)
    shown = fields(page)
    assert (shown["title"], shown["tone"]) == ("Mon titre", "contact")
    assert "Son texte" in str(shown["body"])
    assert "reprises ci-dessous" in errors(page)
    assert editor.post(url, shown).status_code == 302
    outcome.refresh_from_db()
    assert (outcome.title, outcome.body, outcome.tone) == (
        "Mon titre",
        "Son texte\n\nsur trois lignes",
        "contact",
    )


def test_line_ends_of_windows_are_no_change(guide: Guide, editor: Client, other: Client) -> None:
    outcome = guide.outcomes.all()[4]
    url = change_url(outcome)
    send(other, url, body="Un\n\nDeux")
    typed = fields(editor.get(url)) | {"title": "Mon titre", "body": "Un\r\n\r\nDeux"}
    send(other, url, body="Trois")
    assert fields(editor.post(url, typed))["body"] == "Trois"


def test_what_both_changed_is_marked_with_what_the_first_made_of_it(
    guide: Guide, editor: Client, other: Client
) -> None:
    rule = guide.rules.get(key="liste-deja-a-jour")
    url = change_url(rule)
    page = editor.get(url)
    typed = fields(page) | {"then": option(page, "then", "Tout va bien"), "note": "La mienne"}
    send(other, url, then=option(page, "then", "Contacter le support"), note="La sienne")
    page = editor.post(url, typed)
    marked = [
        " ".join(found.get_text().split())
        for found in soup(page).select(".form-row .errorlist, .errors .errorlist")
    ]
    assert marked == [
        "olivier : « Contacter le support Pix »",
        "olivier : « La sienne »",
    ]
    assert fields(page)["then"] == typed["then"]
    assert editor.post(url, fields(page)).status_code == 302


def test_rows_are_merged_field_by_field_too(guide: Guide, editor: Client, other: Client) -> None:
    question = first_question(guide)
    url = change_url(question)
    typed = fields(editor.get(url)) | {"choices-0-label": "Bien sûr", "choices-1-label": "Jamais"}
    send(other, url, choices__0__help="Son aide", choices__1__label="Pas du tout")
    page = editor.post(url, typed)
    shown = fields(page)
    assert (shown["choices-0-label"], shown["choices-0-help"]) == ("Bien sûr", "Son aide")
    assert shown["choices-1-label"] == "Jamais"
    assert "olivier : « Pas du tout »" in errors(page).replace("\u00a0", " ")
    assert editor.post(url, shown).status_code == 302
    assert labels(question) == ["Bien sûr", "Jamais"]
    assert question.choices.get(label="Bien sûr").help == "Son aide"


def test_boxes_of_a_condition_that_were_left_alone_are_those_of_the_first(
    guide: Guide, editor: Client, other: Client
) -> None:
    rule = guide.rules.get(key="liste-deja-a-jour")
    url = change_url(rule)
    page = editor.get(url)
    typed = fields(page) | {"note": "Ma remarque"}
    both = [box(page, "conditions-0-named", label) for label in ("Oui", "Non")]
    send(other, url, conditions__0__named=both)
    page = editor.post(url, typed)
    assert editor.post(url, fields(page)).status_code == 302
    assert rule.conditions.get().choices.count() == 2


@pytest.mark.parametrize(
    "made",
    ["", "null", "[1]", '{"": 3}', '{"": {"title": 1}}', pytest.param("[" * 100_000, id="deep")],
)
def test_a_page_that_does_not_say_what_it_showed_keeps_all_that_was_typed(
    made: str, guide: Guide, editor: Client, other: Client
) -> None:
    url = change_url(first_question(guide))
    typed = fields(editor.get(url)) | {"made": made}
    send(other, url, title="Son titre")
    page = editor.post(url, typed)
    assert "olivier a modifié" in errors(page)
    assert fields(page)["title"] == typed["title"]


def test_what_was_typed_in_a_deleted_row_is_offered_as_a_new_one(
    guide: Guide, editor: Client, other: Client
) -> None:
    rule = guide.rules.all()[2]
    url = change_url(rule)
    typed = fields(editor.get(url)) | {"note": "Ma remarque"}
    other.post(url.replace("change", "delete"))
    page = editor.post(url, typed)
    assert "Cette règle n’existe plus" in errors(page)
    assert fields(page)["note"] == "Ma remarque"
    assert not Rule.objects.filter(note="Ma remarque").exists()
    assert form_action(page) == add_url(Rule, guide)
    assert editor.post(form_action(page), fields(page)).status_code == 302
    assert Rule.objects.get(note="Ma remarque").conditions.count() == rule_conditions(typed)


def rule_conditions(typed: dict[str, str | list[str]]) -> int:
    return int(str(typed["conditions-INITIAL_FORMS"]))


def test_a_deleted_outcome_is_offered_as_a_new_one(
    guide: Guide, editor: Client, other: Client
) -> None:
    send(other, add_url(Outcome, guide), title="Éphémère")
    url = change_url(Outcome.objects.get(title="Éphémère"))
    typed = fields(editor.get(url)) | {"body": "Mon texte"}
    other.post(url.replace("change", "delete"))
    page = editor.post(url, typed)
    assert "n’existe plus" in errors(page)
    assert fields(page)["body"] == "Mon texte"
    assert "Éphémère" in str(fields(page)["title"])


def test_all_who_changed_it_are_named(
    guide: Guide, editor: Client, other: Client, publisher: Client
) -> None:
    url = change_url(first_question(guide))
    typed = fields(editor.get(url))
    for client in (other, publisher):
        send(client, url, title=f"Titre {id(client)}")
    assert "olivier et paul ont modifié cette question" in errors(editor.post(url, typed))


def test_one_s_own_other_window_is_told(guide: Guide, editor: Client) -> None:
    url = change_url(first_question(guide))
    typed = fields(editor.get(url)) | {"title": "Première fenêtre"}
    send(editor, url, title="Seconde fenêtre")
    assert "Vous avez modifié cette question" in errors(editor.post(url, typed))


@pytest.mark.parametrize("kind", ["questions", "outcomes", "rules", "examples"])
def test_a_double_click_saves_once(kind: str, guide: Guide, editor: Client) -> None:
    row = getattr(guide, kind).all()[4 if kind != "examples" else 0]
    field = {"questions": "help", "outcomes": "body", "rules": "note", "examples": "name"}[kind]
    typed = fields(editor.get(change_url(row))) | {field: "Mon texte"}
    first = editor.post(change_url(row), typed)
    told = Change.objects.count()
    second = editor.post(change_url(row), typed)
    assert second.status_code == 302
    assert second.headers["Location"] == first.headers["Location"]
    assert Change.objects.count() == told


def test_what_another_saved_in_the_same_words_is_still_told(
    guide: Guide, editor: Client, other: Client
) -> None:
    url = change_url(first_question(guide))
    typed = fields(editor.get(url)) | {"title": "Le même titre"}
    send(other, url, title="Le même titre")
    assert "olivier a modifié" in errors(editor.post(url, typed))


def test_a_change_of_another_day_is_dated(guide: Guide, editor: Client, other: Client) -> None:
    url = change_url(first_question(guide))
    typed = fields(editor.get(url))
    send(other, url, title="Son titre")
    Change.objects.update(at=datetime(2025, 5, 3, 12, 32, tzinfo=UTC))
    told = errors(editor.post(url, typed)).replace("\u00a0", " ")
    assert "olivier a modifié cette question le 3 mai 2025 à 14 h 32" in told
