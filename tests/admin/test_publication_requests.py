"""Editors who may not publish request it; someone who may publish approves or refuses."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from rules.admin.links import action_url, change_url
from rules.models import Change, Guide, PublicationRequest
from rules.publication.guide_settings import guide_settings_update
from rules.publication.review import PublicationReview
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_fields, page_links, page_text, parse_page

NEW_TITLE = "Nouveau titre"


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    """A guide that needs no approval, whose draft has another title than version 1."""
    shipped_guide.title = NEW_TITLE
    shipped_guide.save()
    return shipped_guide


@pytest.fixture
def publication_request(guide: Guide, editor: Client) -> PublicationRequest:
    """The request of « edith » to publish the guide."""
    fill_and_send(editor, action_url(guide, "publish"), note="Titre plus court")
    return PublicationRequest.objects.get()


def last_change(guide: Guide) -> str:
    """Returns the newest sentence of the history of a guide."""
    return Change.objects.filter(guide=guide)[0].sentence


def decide_request(client: Client, guide: Guide, decision: str, **typed: str) -> HttpResponseBase:
    """Posts a decision with the fingerprint of the guide as it is now."""
    fingerprint = PublicationReview(guide).fingerprint
    posted = {"checked": fingerprint, "decision": decision} | typed
    return client.post(action_url(guide, "approve"), posted)


def test_an_editor_requests_a_publication(
    guide: Guide, publication_request: PublicationRequest
) -> None:
    assert (publication_request.author_name, publication_request.note) == (
        "edith",
        "Titre plus court",
    )
    assert guide.versions.count() == 1
    assert last_change(guide) == (
        "La publication est demandée\u00a0: une autre personne doit l’approuver."
    )


def test_the_page_of_an_editor_names_the_request_and_who_can_approve_it(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    page = editor.get(action_url(guide, "publish"))
    approval = page_text(page).split("Ce qui change")[0]
    assert "attendra l’accord d’un responsable de publication (paul)." in approval
    [button] = parse_page(page).select("#content-start [type=submit]")
    assert button["value"] == "Demander la publication"
    link = parse_page(editor.get(change_url(guide))).select_one(f'[href$="{guide.pk}/publish/"]')
    assert link
    assert link.text == "Demander la publication"


def test_a_publisher_approves_the_request_of_an_editor(
    guide: Guide, publication_request: PublicationRequest, publisher: Client
) -> None:
    assert action_url(guide, "approve") in page_links(publisher.get(change_url(guide)))
    assert parse_page(publisher.get(action_url(guide, "publish"))).select("[name=note]") == []
    fill_and_send(publisher, action_url(guide, "approve"))
    version = guide.versions.get(number=2)
    assert (version.author_name, version.note) == ("edith", "Titre plus court")
    assert not PublicationRequest.objects.exists()
    assert last_change(guide) == (
        "La version 2 est en ligne. Demandée par edith, approuvée par paul."
    )


def test_a_publisher_refuses_the_request_of_an_editor(
    guide: Guide, publication_request: PublicationRequest, publisher: Client
) -> None:
    decide_request(publisher, guide, "refuse", message="Trop court")
    assert not PublicationRequest.objects.exists()
    assert last_change(guide) == ("La publication demandée par edith est refusée\u00a0: Trop court")


def test_an_editor_withdraws_the_own_request(
    guide: Guide, publication_request: PublicationRequest, editor: Client
) -> None:
    fill_and_send(editor, action_url(guide, "approve"))
    assert not PublicationRequest.objects.exists()
    assert last_change(guide) == "La publication demandée par edith est retirée."


@pytest.mark.parametrize("title", [NEW_TITLE, "Encore un autre"])
@pytest.mark.parametrize("decision", ["approve", "refuse", "withdraw"])
def test_an_editor_decides_nothing_about_the_request_of_another(
    guide: Guide, publication_request: PublicationRequest, log_in: LogIn, decision: str, title: str
) -> None:
    Guide.objects.filter(pk=guide.pk).update(title=title)
    guide.refresh_from_db()
    marc = log_in("marc", "Éditeurs")
    assert decide_request(marc, guide, decision, message="Non").status_code == 403
    assert parse_page(marc.get(action_url(guide, "approve"))).select("#content-start form") == []
    assert PublicationRequest.objects.exists()
    assert guide.versions.count() == 1


def test_an_editor_who_becomes_a_publisher_does_not_approve_the_own_request(
    guide: Guide, publication_request: PublicationRequest, editor: Client
) -> None:
    group = Group.objects.get(name="Responsables de publication")
    User.objects.get(username="edith").groups.add(group)
    assert decide_request(editor, guide, "approve").status_code == 403
    assert guide.versions.count() == 1


def test_the_date_of_a_request_is_that_of_the_version(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    url = action_url(guide, "publish")
    fill_and_send(editor, url, when="later", date=f"{tomorrow:%Y-%m-%d}", time="12:00")
    fill_and_send(publisher, action_url(guide, "approve"))
    noon = datetime.combine(tomorrow, datetime.min.time().replace(hour=12))
    assert guide.versions.get(number=2).published_at == timezone.make_aware(noon)


def test_an_editor_requests_the_publication_of_a_guide_that_needs_approval(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    guide_settings_update(guide=guide, needs_approval=True, closed=False, closing_message="")
    fill_and_send(editor, action_url(guide, "publish"))
    fill_and_send(publisher, action_url(guide, "approve"))
    assert guide.versions.get(number=2).author_name == "edith"


def test_a_publisher_who_saves_settings_leaves_the_request_of_an_editor(
    guide: Guide, publication_request: PublicationRequest, publisher: Client
) -> None:
    closing = {"closed": "on", "closing_message": "Revenez."}
    fill_and_send(publisher, action_url(guide, "settings"), **closing)
    assert PublicationRequest.objects.get() == publication_request


def test_a_double_click_makes_one_request(guide: Guide, editor: Client) -> None:
    form = page_fields(editor.get(action_url(guide, "publish")))
    for _ in range(2):
        editor.post(action_url(guide, "publish"), form)
    assert PublicationRequest.objects.count() == 1
    assert guide.changes.filter(sentence__contains="est demandée").count() == 1


def test_an_editor_who_lost_the_right_to_edit_requests_nothing(
    guide: Guide, editor: Client
) -> None:
    form = page_fields(editor.get(action_url(guide, "publish")))
    edith = User.objects.get(username="edith")
    edith.groups.clear()
    edith.user_permissions.set(Permission.objects.filter(codename="view_guide"))
    refused = editor.post(action_url(guide, "publish"), form)
    assert refused.status_code == 403
    assert "Votre compte ne permet pas de publier ce guide." in refused.getvalue().decode()
    assert not PublicationRequest.objects.exists()
