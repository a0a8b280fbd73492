"""What holds at once, without publication."""

import pytest
from django.http import HttpResponseBase
from django.test import Client

from rules.admin.links import action_url, change_url
from rules.models import Guide, PublicationRequest
from rules.publication.timeline import has_unpublished_changes
from tests.admin.conftest import LogIn
from tests.admin.pages import errors, fields, links, send, soup, text

MESSAGE = "Le guide revient lundi."


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    return shipped_guide


@pytest.fixture
def bound(guide: Guide, publisher: Client) -> Guide:
    """By paul to the approval of a second person."""
    settle(publisher, guide, needs_approval="on")
    return guide


@pytest.fixture
def boss(log_in: LogIn) -> Client:
    return log_in("boss", superuser=True)


def settle(client: Client, guide: Guide, **settings: str | list[str]) -> HttpResponseBase:
    return send(client, action_url(guide, "settings"), **settings)


def history(client: Client, guide: Guide) -> str:
    return text(client.get(f"/admin/rules/guide/{guide.pk}/history/")).replace("\u00a0", " ")


def test_a_guide_is_closed_at_once_with_its_message(guide: Guide, publisher: Client) -> None:
    settle(publisher, guide, closed="on", closing_message=MESSAGE)
    guide.refresh_from_db()
    assert (guide.closed, guide.closing_message) == (True, MESSAGE)
    assert not has_unpublished_changes(guide)
    assert "Fermé aux nouveaux visiteurs." in text(publisher.get(change_url(guide)))
    assert f"Le guide est fermé aux nouveaux visiteurs : « {MESSAGE} »" in history(publisher, guide)


def test_a_closed_guide_tells_visitors_why(guide: Guide, publisher: Client) -> None:
    page = settle(publisher, guide, closed="on", closing_message=" ")
    assert "Dites aux visiteurs pourquoi" in errors(page)
    guide.refresh_from_db()
    assert not guide.closed


def test_a_guide_is_opened_again_and_its_message_stays(guide: Guide, publisher: Client) -> None:
    settle(publisher, guide, closed="on", closing_message=MESSAGE)
    settle(publisher, guide, closed=[])
    guide.refresh_from_db()
    assert (guide.closed, guide.closing_message) == (False, MESSAGE)
    assert "Le guide est rouvert aux nouveaux visiteurs." in history(publisher, guide)


def test_a_second_person_is_asked_for_and_not_any_more(
    bound: Guide, publisher: Client, boss: Client
) -> None:
    bound.refresh_from_db()
    assert bound.needs_approval
    settle(boss, bound, needs_approval=[])
    bound.refresh_from_db()
    assert not bound.needs_approval
    told = history(publisher, bound)
    assert "Publier demande maintenant l’accord d’une seconde personne." in told
    assert "Publier ne demande plus l’accord d’une seconde personne." in told


def test_who_publishes_cannot_undo_the_approval_that_binds(bound: Guide, publisher: Client) -> None:
    url = action_url(bound, "settings")
    box = soup(publisher.get(url)).select_one("input[type=checkbox][name=needs_approval]")
    assert box is not None
    assert (box.has_attr("disabled"), box.has_attr("checked")) == (True, True)
    page = settle(publisher, bound, needs_approval=[], closed="on", closing_message=MESSAGE)
    assert "Seul un administrateur du site" in errors(page)
    shown = fields(page)
    assert (shown["closed"], shown["closing_message"]) == (["on"], MESSAGE)
    bound.refresh_from_db()
    assert (bound.needs_approval, bound.closed) == (True, False)
    assert publisher.post(url, shown).status_code == 302


def test_the_other_settings_of_a_bound_guide_are_saved(bound: Guide, publisher: Client) -> None:
    settle(publisher, bound, closed="on", closing_message=MESSAGE)
    bound.refresh_from_db()
    assert (bound.needs_approval, bound.closed) == (True, True)


def test_a_page_opened_before_the_approval_was_asked_for_does_not_undo_it(
    guide: Guide, publisher: Client, boss: Client
) -> None:
    seen = fields(publisher.get(action_url(guide, "settings")))
    settle(boss, guide, needs_approval="on")
    page = publisher.post(action_url(guide, "settings"), seen)
    assert "Seul un administrateur du site" in errors(page)
    guide.refresh_from_db()
    assert guide.needs_approval


def test_a_request_that_falls_with_the_setting_is_named(
    bound: Guide, publisher: Client, boss: Client
) -> None:
    Guide.objects.filter(pk=bound.pk).update(title="Nouveau titre")
    send(publisher, action_url(bound, "publish"))
    assert PublicationRequest.objects.exists()
    page = boss.get(settle(boss, bound, needs_approval=[]).headers["Location"])
    assert not PublicationRequest.objects.exists()
    dropped = "La publication demandée par paul n’attend plus d’accord"
    assert dropped in page.getvalue().decode()
    assert dropped in history(boss, bound)


def test_saving_the_page_as_it_is_tells_nothing(guide: Guide, publisher: Client) -> None:
    before = history(publisher, guide)
    assert settle(publisher, guide).status_code == 302
    assert history(publisher, guide) == before


def test_the_page_shows_what_holds(guide: Guide, publisher: Client) -> None:
    settle(publisher, guide, closed="on", closing_message=MESSAGE)
    shown = fields(publisher.get(action_url(guide, "settings")))
    assert (shown["closed"], shown["closing_message"]) == (["on"], MESSAGE)


def test_an_editor_cannot_change_them(guide: Guide, editor: Client) -> None:
    url = action_url(guide, "settings")
    assert url not in links(editor.get(change_url(guide)))
    assert editor.get(url).status_code == 403
    refused = editor.post(url, {"closed": "on", "closing_message": MESSAGE})
    assert refused.status_code == 403
    assert "Demandez à un responsable de publication" in refused.getvalue().decode()
    guide.refresh_from_db()
    assert not guide.closed


def test_the_draft_s_own_form_leaves_them(guide: Guide, editor: Client, publisher: Client) -> None:
    settle(publisher, guide, closed="on", closing_message=MESSAGE)
    send(editor, change_url(guide), title="Nouveau titre", closed=[], needs_approval="on")
    guide.refresh_from_db()
    assert (guide.closed, guide.needs_approval) == (True, False)
