"""*Annuler*, *Rétablir* and *Revenir à ce moment*: after each change, whatever page has made it."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from bs4 import Tag
from django.contrib.auth.models import User
from django.core.management import call_command
from django.http import HttpResponseBase
from django.test import Client

from rules.admin.links import action_url, add_url, change_url, list_url
from rules.document.serialising import canonical_json
from rules.drafts.content import draft_read, draft_write
from rules.drafts.snapshots import snapshot_content
from rules.drafts.undo import FIRST_SENTENCE, first_snapshots_take
from rules.models import Choice, Example, Guide, Outcome, Question, Rule, Snapshot
from rules.publication.approvals import publication_request_create
from rules.publication.review import PublicationReview
from tests.admin.conftest import LogIn
from tests.admin.pages import Fields, fill_and_send, page_fields, page_text, parse_page

IMPORT = "/admin/rules/guide/import/"
TRY = "/admin/diagnostics/session/try/{}/example/"


@pytest.fixture
def other(log_in: LogIn) -> Client:
    return log_in("marc", "Éditeurs")


def stored_draft(guide: Guide) -> str:
    return canonical_json(draft_read(Guide.objects.get(pk=guide.pk)))


def delete_url(row: Question | Outcome | Rule | Example) -> str:
    return f"{change_url(row).removesuffix('change/')}delete/"


def save_title(client: Client, guide: Guide) -> HttpResponseBase:
    return fill_and_send(client, action_url(guide, "texts"), title="Autre titre")


def save_question(client: Client, guide: Guide) -> HttpResponseBase:
    return fill_and_send(client, change_url(guide.questions.all()[0]), short="Un nom")


def add_question(client: Client, guide: Guide) -> HttpResponseBase:
    labels = {"choices__0__label": "A", "choices__1__label": "B"}
    return fill_and_send(client, add_url(Question, guide), title="Encore ?", **labels)


def save_outcome(client: Client, guide: Guide) -> HttpResponseBase:
    return fill_and_send(client, change_url(guide.outcomes.all()[0]), title="Un autre")


def save_rule(client: Client, guide: Guide) -> HttpResponseBase:
    return fill_and_send(client, change_url(guide.rules.all()[1]), note="À revoir")


def save_example(client: Client, guide: Guide) -> HttpResponseBase:
    return fill_and_send(client, change_url(guide.examples.all()[0]), name="Un autre nom")


def delete_rule(client: Client, guide: Guide) -> HttpResponseBase:
    url = delete_url(guide.rules.all()[1])
    return client.post(url, page_fields(client.get(url)))


def delete_example(client: Client, guide: Guide) -> HttpResponseBase:
    return client.post(delete_url(guide.examples.all()[0]), {"post": "yes"})


def move_rule(client: Client, guide: Guide) -> HttpResponseBase:
    return client.post(action_url(guide.rules.all()[1], "move"), {"direction": "down"})


def duplicate_question(client: Client, guide: Guide) -> HttpResponseBase:
    return client.post(action_url(guide.questions.all()[0], "duplicate"))


def make_example_of_try(client: Client, guide: Guide) -> HttpResponseBase:
    answers = dict(draft_read(guide).examples[0].answers)
    guide.examples.all()[0].delete()
    return client.post(f"{TRY.format(guide.pk)}?{urlencode(answers)}")


def import_document(client: Client, guide: Guide) -> HttpResponseBase:
    text = stored_draft(guide).replace("certification", "épreuve")
    return client.post(IMPORT, page_fields(client.post(IMPORT, {"text": text})))


def change_and_reset_draft(client: Client, guide: Guide) -> HttpResponseBase:
    guide.questions.update(help="Une aide qui n’est pas en ligne.")
    return reset_draft(client, guide)


def reset_draft(client: Client, guide: Guide) -> HttpResponseBase:
    return client.post(action_url(guide, "reset"))


def set_back(client: Client, guide: Guide) -> HttpResponseBase:
    save_title(client, guide)
    url = f"{action_url(guide, 'revert')}?snapshot={guide.snapshots.count()}"
    return client.post(url, page_fields(client.get(url)))


DOORS: list[Callable[[Client, Guide], HttpResponseBase]] = [
    save_title,
    save_question,
    add_question,
    save_outcome,
    save_rule,
    save_example,
    delete_rule,
    delete_example,
    move_rule,
    duplicate_question,
    make_example_of_try,
    import_document,
    change_and_reset_draft,
    set_back,
]
"""A change of a draft by each function of the admin that makes some, except acts (`run_act`)."""


def find_button(page: HttpResponseBase) -> Tag:
    """Returns the button of the message about a change."""
    button = parse_page(page).select_one('.messagelist button[form="undo"]')
    assert button is not None, page_text(page)
    return button


def press_button(client: Client, page: HttpResponseBase) -> HttpResponseBase:
    """Sends the form of the button of a message, and returns the page to which this leads."""
    button = find_button(page)
    fields: Fields = page_fields(page, "form#undo") | {str(button["name"]): str(button["value"])}
    return client.get(client.post(str(button["formaction"]), fields)["Location"])


@pytest.mark.parametrize("change", DOORS, ids=lambda change: change.__name__)
def test_the_message_about_each_change_undoes_it_and_does_it_again(
    guide: Guide, editor: Client, change: Callable[[Client, Guide], HttpResponseBase]
) -> None:
    response = change(editor, guide)
    after = stored_draft(guide)
    undone = press_button(editor, editor.get(response["Location"]))
    last = guide.snapshots.all()[1]
    assert stored_draft(guide) == canonical_json(snapshot_content(last)) != after
    assert find_button(undone).text == "Rétablir"
    done_again = press_button(editor, undone)
    assert stored_draft(guide) == after
    assert find_button(done_again).text == "Annuler"


def test_a_second_click_on_the_button_finds_the_change_undone(guide: Guide, editor: Client) -> None:
    before = stored_draft(guide)
    page = editor.get(save_title(editor, guide)["Location"])
    press_button(editor, page)
    again = press_button(editor, page)
    assert stored_draft(guide) == before
    assert find_button(again).text == "Rétablir"
    press_button(editor, again)
    assert "Autre titre" in stored_draft(guide)


def test_an_import_by_the_command_is_a_moment_too(guide: Guide, tmp_path: Path) -> None:
    before, file = stored_draft(guide), tmp_path / "guide.json"
    file.write_text(before.replace("certification", "épreuve"))
    call_command("import_guide", str(file), "--replace-draft", stdout=StringIO())
    snapshot = guide.snapshots.get()
    assert canonical_json(snapshot_content(snapshot)) == before
    assert snapshot.sentence == "Import d’un document dans le brouillon."


def test_a_save_that_changes_nothing_has_no_button(guide: Guide, editor: Client) -> None:
    response = fill_and_send(editor, action_url(guide, "texts"))
    assert 'form="undo"' not in editor.get(response["Location"]).getvalue().decode()


def test_an_undo_leads_back_to_the_place_on_the_page_or_to_the_list(
    guide: Guide, editor: Client
) -> None:
    for change, ending in ((save_question, "#etape-liste-a-jour"), (move_rule, "&p=1")):
        page = editor.get(change(editor, guide)["Location"])
        button, fields = find_button(page), page_fields(page, "form#undo")
        response = editor.post(
            str(button["formaction"]), fields | {"snapshot": str(button["value"])}
        )
        assert response["Location"].endswith(ending)


@pytest.mark.parametrize(
    "address", ["//evil.example/", "https://evil.example/", "/nulle-part/", ""]
)
def test_an_undo_leads_nowhere_else(guide: Guide, editor: Client, address: str) -> None:
    save_title(editor, guide)
    response = editor.post(action_url(guide, "undo"), {"snapshot": "1", "next": address})
    assert response["Location"] == change_url(guide)


@pytest.mark.parametrize("number", ["7", "", "x", "9" * 30])
def test_a_moment_that_is_not_stored_says_so(guide: Guide, editor: Client, number: str) -> None:
    editor.post(action_url(guide, "undo"), {"snapshot": number})
    assert "Ce moment n’est plus gardé" in page_text(editor.get(change_url(guide)))
    response = editor.get(f"{action_url(guide, 'revert')}?snapshot={number}")
    assert "Ce moment n’est plus gardé" in page_text(editor.get(response["Location"]))


def test_a_moment_that_was_altered_says_so(guide: Guide, editor: Client) -> None:
    save_title(editor, guide)
    Snapshot.objects.update(sha256="0" * 64)
    editor.post(action_url(guide, "undo"), {"snapshot": "1"})
    assert "altéré dans la base" in page_text(editor.get(change_url(guide)))
    response = editor.get(f"{action_url(guide, 'revert')}?snapshot=1")
    assert "altéré dans la base" in page_text(editor.get(response["Location"]))


def test_an_undo_keeps_what_someone_else_has_changed_elsewhere(
    guide: Guide, editor: Client, other: Client
) -> None:
    page = editor.get(save_title(editor, guide)["Location"])
    save_question(other, guide)
    press_button(editor, page)
    guide.refresh_from_db()
    assert (guide.title != "Autre titre", guide.questions.all()[0].short) == (True, "Un nom")


def test_an_undo_after_someone_else_changed_the_same_part_says_who_and_what(
    guide: Guide, editor: Client, other: Client
) -> None:
    page = editor.get(save_title(editor, guide)["Location"])
    fill_and_send(other, action_url(guide, "texts"), title="Un tout autre titre")
    text = page_text(press_button(editor, page))
    assert "Rien n’est annulé. marc a modifié la même partie depuis, à" in text
    assert "s’appelle maintenant « Un tout autre titre »" in text
    guide.refresh_from_db()
    assert guide.title == "Un tout autre titre"


def test_an_undo_after_the_same_editor_changed_the_same_part_again_says_so_and_drops_nothing(
    guide: Guide, editor: Client
) -> None:
    before = stored_draft(guide)
    first = editor.get(save_title(editor, guide)["Location"])
    fill_and_send(editor, action_url(guide, "texts"), title="Un tout autre titre")
    second, now = editor.get(change_url(guide)), stored_draft(guide)
    text = page_text(press_button(editor, first))
    assert "Rien n’est annulé. Vous avez modifié la même partie depuis, à" in text
    assert stored_draft(guide) == now
    press_button(editor, second)
    press_button(editor, first)
    assert stored_draft(guide) == before


def test_an_undo_keeps_what_the_same_editor_has_changed_elsewhere_since(
    guide: Guide, editor: Client
) -> None:
    page = editor.get(save_title(editor, guide)["Location"])
    save_question(editor, guide)
    press_button(editor, page)
    guide.refresh_from_db()
    assert (guide.title != "Autre titre", guide.questions.all()[0].short) == (True, "Un nom")


def test_a_form_that_was_open_during_an_undo_loses_nothing(
    guide: Guide, editor: Client, other: Client
) -> None:
    page = editor.get(save_question(editor, guide)["Location"])
    question = guide.questions.all()[0]
    fields = page_fields(other.get(change_url(question))) | {"help": "Une aide"}
    press_button(editor, page)
    again = other.post(change_url(question), fields)
    assert "a modifié cette question" in page_text(again)
    assert page_fields(again)["help"] == "Une aide"
    other.post(change_url(question), page_fields(again))
    question.refresh_from_db()
    assert (question.short, question.help) == ("Liste des élèves à jour", "Une aide")


@pytest.mark.parametrize("change", [save_title, import_document, move_rule, reset_draft])
def test_each_change_says_that_a_request_for_publication_is_outdated(
    guide: Guide, editor: Client, change: Callable[[Client, Guide], HttpResponseBase]
) -> None:
    Guide.objects.filter(pk=guide.pk).update(needs_approval=True, introduction="Demandée")
    marc = User.objects.create_user("marc")
    publication_request_create(
        review=PublicationReview(Guide.objects.get(pk=guide.pk)), author=marc
    )
    response = change(editor, guide)
    text = page_text(editor.get(response["Location"]))
    assert "la publication demandée par marc ne vaut plus" in text


def test_the_comparison_of_a_moment_says_whose_request_is_outdated(
    guide: Guide, editor: Client
) -> None:
    save_title(editor, guide)
    guide.refresh_from_db()
    marc = User.objects.create_user("marc")
    publication_request_create(review=PublicationReview(guide), author=marc)
    page = page_text(editor.get(f"{action_url(guide, 'revert')}?snapshot=1"))
    assert "La publication demandée par marc ne vaudra plus" in page


def test_the_history_leads_to_each_moment_and_the_comparison_comes_first(
    guide: Guide, editor: Client
) -> None:
    before = stored_draft(guide)
    save_title(editor, guide)
    save_question(editor, guide)
    moments = parse_page(editor.get(action_url(guide, "history"))).select("tbody")
    [first] = [moment for moment in moments if "Autre titre" in moment.text]
    link = first.select_one('th a[href*="revert"]')
    assert link is not None
    page = editor.get(str(link["href"]))
    assert "au lieu de « Autre titre »" in page_text(page)
    assert "Pour les visiteurs" in page_text(page)
    editor.post(str(link["href"]), page_fields(page))
    assert stored_draft(guide) == before


def test_nothing_is_set_back_if_the_draft_changed_after_the_comparison(
    guide: Guide, editor: Client, other: Client
) -> None:
    save_title(editor, guide)
    url = f"{action_url(guide, 'revert')}?snapshot=1"
    fields = page_fields(editor.get(url))
    save_question(other, guide)
    now = stored_draft(guide)
    assert "Le brouillon a changé entre-temps" in page_text(editor.post(url, fields))
    assert stored_draft(guide) == now


@pytest.mark.parametrize("act", ["undo", "revert"])
def test_a_draft_that_cannot_be_read_is_set_back_and_this_is_said(
    guide: Guide, editor: Client, act: str
) -> None:
    before = stored_draft(guide)
    page: HttpResponseBase = editor.get(save_title(editor, guide)["Location"])
    Choice.objects.filter(question__guide=guide).update(aliases="abîmé")
    url = f"{action_url(guide, 'revert')}?snapshot=1"
    if act == "undo":
        page = press_button(editor, page)
    else:
        page = editor.get(editor.post(url, page_fields(editor.get(url)))["Location"])
    assert "Le brouillon se lit de nouveau" in page_text(page)
    assert stored_draft(guide) == before


def test_changes_without_a_snapshot_have_no_moment(guide: Guide, editor: Client) -> None:
    save_title(editor, guide)
    Snapshot.objects.all().delete()
    page = editor.get(action_url(guide, "history")).getvalue().decode()
    assert ("Autre titre" in page, "?snapshot=" in page) == (True, False)


def test_a_deleted_account_keeps_its_name_beside_its_moments(
    guide: Guide, editor: Client, other: Client
) -> None:
    save_title(other, guide)
    User.objects.get(username="marc").delete()
    page = page_text(editor.get(f"{action_url(guide, 'revert')}?snapshot=1"))
    assert "Cette modification de marc" in page


def test_a_guide_without_versions_is_deleted_with_its_moments(
    no_guide: None, editor: Client
) -> None:
    guide = Guide.objects.create(slug="essai", title="Essai")
    add_question(editor, guide)
    editor.post(f"{change_url(guide).removesuffix('change/')}delete/", {"post": "yes"})
    assert not Guide.objects.exists()
    assert not Snapshot.objects.exists()


def test_a_guide_that_is_older_than_moments_gets_a_first_one(guide: Guide, editor: Client) -> None:
    save_title(editor, guide)
    Snapshot.objects.all().delete()
    first_snapshots_take()
    first_snapshots_take()
    snapshot = guide.snapshots.get()
    assert canonical_json(snapshot_content(snapshot)) == stored_draft(guide)
    assert str(snapshot.changes.get()) == FIRST_SENTENCE


def test_the_list_of_rules_is_where_a_move_is_undone(guide: Guide, editor: Client) -> None:
    response = move_rule(editor, guide)
    assert response["Location"].startswith(list_url(Rule, guide))


def test_what_an_act_changed_in_many_parts_is_one_line_of_the_history(
    guide: Guide, editor: Client
) -> None:
    draft = draft_read(guide)
    content = replace(draft, title="Autre titre", examples=draft.examples[2:])
    draft_write(guide=guide, content=content, before=draft, author=None, sentence="Tout change.")
    [moment, *_] = parse_page(editor.get(action_url(guide, "history"))).select("tbody")
    [row] = moment.select("tr")
    assert "Tout change." in row.get_text()
    assert "Revenir juste avant" in row.get_text()
    assert len(row.select("details li")) > 1


def test_the_last_change_can_be_undone_from_the_page_of_the_guide_at_any_time(
    editor: Client, guide: Guide
) -> None:
    url = change_url(guide)
    assert "Dernier changement" not in page_text(editor.get(url))
    fill_and_send(editor, action_url(guide, "texts"), title="Autre titre")
    editor.get(url)
    assert "Dernier changement" in page_text(editor.get(url))
    last = guide.snapshots.first()
    assert last is not None
    editor.post(action_url(guide, "undo"), {"snapshot": str(last.number)})
    editor.get(url)
    page = page_text(editor.get(url))
    assert "Dernier changement du brouillon : Annulé : " in page
    assert "Rétablir" in page


def test_a_return_to_a_moment_is_one_sentence_of_the_history_with_its_second(
    guide: Guide, editor: Client
) -> None:
    save_title(editor, guide)
    first = f"{action_url(guide, 'revert')}?snapshot=1"
    fill_and_send(editor, first)
    page = page_text(editor.get(first.replace("=1", "=2")))
    assert page.count("redevien") == 0
    moment = guide.snapshots.get(number=1).taken_at.astimezone(ZoneInfo("Europe/Paris"))
    assert f"Retour du brouillon à ce qu’il était le {moment.day} " in page
    assert f"à {moment:%H:%M:%S}." in page
