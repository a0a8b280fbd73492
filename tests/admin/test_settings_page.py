"""*Réglages*: the settings of a guide, which take effect without a publication."""

from datetime import timedelta

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from rules.admin.links import action_url, change_url
from rules.models import Guide, PublicationRequest
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.admin.conftest import LogIn
from tests.admin.pages import (
    fill_and_send,
    page_errors,
    page_fields,
    page_links,
    page_text,
    parse_page,
)

CLOSING_MESSAGE = "Le guide revient lundi."


@pytest.fixture
def guide_with_approval(guide: Guide, publisher: Client) -> Guide:
    """A guide for which « paul » has decided that a second person must approve publications."""
    save_settings(publisher, guide, needs_approval="on")
    return guide


@pytest.fixture
def boss(log_in: LogIn) -> Client:
    return log_in("boss", superuser=True)


def save_settings(client: Client, guide: Guide, **settings: str | list[str]) -> HttpResponseBase:
    return fill_and_send(client, action_url(guide, "settings"), **settings)


def history_text(client: Client, guide: Guide) -> str:
    return page_text(client.get(f"/admin/rules/guide/{guide.pk}/history/")).replace("\u00a0", " ")


def test_a_guide_is_closed_at_once_with_its_message(guide: Guide, publisher: Client) -> None:
    save_settings(publisher, guide, closed="on", closing_message=CLOSING_MESSAGE)
    guide.refresh_from_db()
    assert (guide.closed, guide.closing_message) == (True, CLOSING_MESSAGE)
    assert not PublicationReview(guide).has_unpublished_changes
    assert "fermé aux nouveaux visiteurs" in page_text(publisher.get(change_url(guide)))
    assert f"Le guide est fermé aux nouveaux visiteurs : « {CLOSING_MESSAGE} »" in history_text(
        publisher, guide
    )


def test_refused_links_of_the_saved_message_are_named_when_the_page_opens(
    guide: Guide, publisher: Client
) -> None:
    Guide.objects.update(closing_message="Voir [l’aide](/aide/).")
    page = parse_page(publisher.get(action_url(guide, "settings")))
    [shown] = [found.get_text() for found in page.select(".messagelist .warning")]
    assert "Les visiteurs voient ce lien comme du texte" in shown
    assert "«\u00a0/aide/\u00a0» n’est pas complète" in shown


def test_a_guide_cannot_be_closed_without_a_message(guide: Guide, publisher: Client) -> None:
    page = save_settings(publisher, guide, closed="on", closing_message=" ")
    assert "Dites aux visiteurs pourquoi" in page_errors(page)
    guide.refresh_from_db()
    assert not guide.closed


def test_a_guide_is_opened_again_and_its_message_stays(guide: Guide, publisher: Client) -> None:
    save_settings(publisher, guide, closed="on", closing_message=CLOSING_MESSAGE)
    save_settings(publisher, guide, closed=[])
    guide.refresh_from_db()
    assert (guide.closed, guide.closing_message) == (False, CLOSING_MESSAGE)
    assert "Le guide est rouvert aux nouveaux visiteurs." in history_text(publisher, guide)


def test_the_approval_of_a_second_person_is_required_then_lifted(
    guide_with_approval: Guide, publisher: Client, boss: Client
) -> None:
    guide_with_approval.refresh_from_db()
    assert guide_with_approval.needs_approval
    save_settings(boss, guide_with_approval, needs_approval=[])
    guide_with_approval.refresh_from_db()
    assert not guide_with_approval.needs_approval
    history = history_text(publisher, guide_with_approval)
    assert "Publier demande maintenant l’accord d’une seconde personne." in history
    assert "Publier ne demande plus l’accord d’une seconde personne." in history


def test_a_version_that_was_scheduled_without_the_approval_is_named_when_it_is_required(
    guide: Guide, publisher: Client
) -> None:
    Guide.objects.filter(pk=guide.pk).update(title="Autre titre")
    guide.refresh_from_db()
    tomorrow = timezone.now() + timedelta(days=1)
    guide_publish(review=PublicationReview(guide), publish_at=tomorrow)
    saved = save_settings(publisher, guide, needs_approval="on")
    page = publisher.get(saved.headers["Location"]).getvalue().decode()
    assert "La version 2 sera en ligne le" in page
    assert "sans cet accord, sauf si vous annulez sa programmation." in page


def test_a_user_who_may_publish_cannot_lift_the_approval(
    guide_with_approval: Guide, publisher: Client
) -> None:
    url = action_url(guide_with_approval, "settings")
    box = parse_page(publisher.get(url)).select_one("input[type=checkbox][name=needs_approval]")
    assert box is not None
    assert (box.has_attr("disabled"), box.has_attr("checked")) == (True, True)
    page = save_settings(
        publisher,
        guide_with_approval,
        needs_approval=[],
        closed="on",
        closing_message=CLOSING_MESSAGE,
    )
    assert "Seul un administrateur du site" in page_errors(page)
    form = page_fields(page)
    assert (form["closed"], form["closing_message"]) == (["on"], CLOSING_MESSAGE)
    guide_with_approval.refresh_from_db()
    assert (guide_with_approval.needs_approval, guide_with_approval.closed) == (True, False)
    assert publisher.post(url, form).status_code == 302


def test_the_other_settings_of_a_guide_that_needs_approval_are_saved(
    guide_with_approval: Guide, publisher: Client
) -> None:
    save_settings(publisher, guide_with_approval, closed="on", closing_message=CLOSING_MESSAGE)
    guide_with_approval.refresh_from_db()
    assert (guide_with_approval.needs_approval, guide_with_approval.closed) == (True, True)


def test_a_page_opened_before_the_approval_was_required_does_not_lift_it(
    guide: Guide, publisher: Client, boss: Client
) -> None:
    form = page_fields(publisher.get(action_url(guide, "settings")))
    save_settings(boss, guide, needs_approval="on")
    page = publisher.post(action_url(guide, "settings"), form)
    assert "Seul un administrateur du site" in page_errors(page)
    guide.refresh_from_db()
    assert guide.needs_approval


def test_a_request_waits_on_when_the_approval_is_lifted(
    guide_with_approval: Guide, publisher: Client, boss: Client
) -> None:
    Guide.objects.filter(pk=guide_with_approval.pk).update(title="Nouveau titre")
    fill_and_send(publisher, action_url(guide_with_approval, "publish"))
    save_settings(boss, guide_with_approval, needs_approval=[])
    fill_and_send(boss, action_url(guide_with_approval, "approve"))
    assert not PublicationRequest.objects.exists()
    assert guide_with_approval.versions.get(number=2).author_name == "paul"


def test_saving_the_page_unchanged_adds_nothing_to_the_history(
    guide: Guide, publisher: Client
) -> None:
    before = history_text(publisher, guide)
    assert save_settings(publisher, guide).status_code == 302
    assert history_text(publisher, guide) == before


def test_the_page_shows_the_settings_of_the_guide(guide: Guide, publisher: Client) -> None:
    save_settings(publisher, guide, closed="on", closing_message=CLOSING_MESSAGE)
    form = page_fields(publisher.get(action_url(guide, "settings")))
    assert (form["closed"], form["closing_message"]) == (["on"], CLOSING_MESSAGE)


def test_an_editor_cannot_change_the_settings(guide: Guide, editor: Client) -> None:
    url = action_url(guide, "settings")
    assert url not in page_links(editor.get(change_url(guide)))
    assert editor.get(url).status_code == 403
    refused = editor.post(url, {"closed": "on", "closing_message": CLOSING_MESSAGE})
    assert refused.status_code == 403
    assert "Demandez à un responsable de publication" in refused.getvalue().decode()
    guide.refresh_from_db()
    assert not guide.closed


def test_saving_the_page_of_the_guide_does_not_change_its_settings(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    save_settings(publisher, guide, closed="on", closing_message=CLOSING_MESSAGE)
    fill_and_send(
        editor, action_url(guide, "texts"), title="Nouveau titre", closed=[], needs_approval="on"
    )
    guide.refresh_from_db()
    assert (guide.closed, guide.needs_approval) == (True, False)


def test_an_editor_changes_the_texts_of_the_draft_and_no_settings(
    guide: Guide, editor: Client
) -> None:
    texts = action_url(guide, "texts")
    assert "à la prochaine publication" in page_text(editor.get(texts))
    assert action_url(guide, "settings") not in page_links(editor.get(texts))
    fill_and_send(editor, texts, introduction="Bonjour.")
    guide.refresh_from_db()
    assert PublicationReview(guide).has_unpublished_changes


def test_a_publisher_goes_from_the_texts_to_the_settings_and_back(
    guide: Guide, publisher: Client
) -> None:
    urls = [action_url(guide, page) for page in ("texts", "settings")]
    for url in urls:
        assert set(urls) <= set(page_links(publisher.get(url)))
