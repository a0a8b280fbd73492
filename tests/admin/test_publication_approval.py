"""A guide whose publications a second person must approve."""

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from rules.admin.links import action_url, change_url
from rules.document.serialising import canonical_json, document_digest
from rules.drafts.content import draft_read
from rules.models import Guide, PublicationRequest, Version
from rules.publication.guide_settings import guide_settings_update
from rules.publication.publish import PublicationRefusedError, guide_publish
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

PUBLISHERS = "Responsables de publication"


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    """A guide that needs approval, whose draft has another title than version 1."""
    guide_settings_update(
        guide=shipped_guide, needs_approval=True, closed=False, closing_message=""
    )
    shipped_guide.refresh_from_db()
    shipped_guide.title = "Nouveau titre"
    shipped_guide.save()
    return shipped_guide


@pytest.fixture
def anne(log_in: LogIn) -> Client:
    """The client of « anne », who may publish and approve as « paul » may."""
    return log_in("anne", PUBLISHERS)


@pytest.fixture
def publication_request(guide: Guide, publisher: Client) -> PublicationRequest:
    """The request of « paul » to publish the guide."""
    fill_and_send(publisher, action_url(guide, "publish"), note="Titre plus court")
    return PublicationRequest.objects.get()


def decide_request(client: Client, guide: Guide, decision: str, **typed: str) -> HttpResponseBase:
    """Posts a decision about the request, with the fingerprint that the page holds."""
    url = action_url(guide, "approve")
    form = page_fields(client.get(url)).get("checked", "")
    return client.post(url, {"checked": form, "decision": decision} | typed)


def history_text(client: Client, guide: Guide) -> str:
    return page_text(client.get(f"/admin/rules/guide/{guide.pk}/history/"))


def test_publishing_creates_a_publication_request(
    guide: Guide, publication_request: PublicationRequest, publisher: Client
) -> None:
    assert guide.versions.count() == 1
    assert (publication_request.author_name, publication_request.note) == (
        "paul",
        "Titre plus court",
    )
    status = page_text(publisher.get(action_url(guide, "publish")))
    assert "En attente de l’accord d’une autre personne , demandé par paul" in status


def test_the_page_of_the_guide_says_who_waits_for_whom(
    guide: Guide,
    publication_request: PublicationRequest,
    publisher: Client,
    anne: Client,
    editor: Client,
) -> None:
    url = change_url(guide)
    assert "votre demande de publication attend un accord" in page_text(publisher.get(url))
    assert "paul attend votre accord" in page_text(anne.get(url))
    assert "paul attend l’accord d’une autre personne" in page_text(editor.get(url))
    for client in (publisher, anne, editor):
        assert action_url(guide, "approve") in page_links(client.get(url))


def test_no_second_request_is_created_while_the_first_waits(
    guide: Guide, publication_request: PublicationRequest, publisher: Client, anne: Client
) -> None:
    for client in (publisher, anne):
        page = client.get(action_url(guide, "publish"))
        assert parse_page(page).select("[name=note]") == []
        client.post(action_url(guide, "publish"), {"when": "now", "checked": "x"})
    assert PublicationRequest.objects.get() == publication_request
    assert guide.versions.count() == 1


def test_a_second_person_approves_a_request(
    guide: Guide, publication_request: PublicationRequest, anne: Client, publisher: Client
) -> None:
    page = page_text(anne.get(action_url(guide, "approve")))
    assert "Titre plus court" in page
    assert "Nouveau titre" in page
    decide_request(anne, guide, "approve")
    version = guide.versions.get(number=2)
    assert (str(version.author), version.note) == ("paul", "Titre plus court")
    assert not PublicationRequest.objects.exists()
    assert "Demandée par paul, approuvée par anne." in history_text(anne, guide)


def test_nobody_approves_their_own_request(
    guide: Guide, publication_request: PublicationRequest, publisher: Client
) -> None:
    page = publisher.get(action_url(guide, "approve"))
    assert "une autre personne doit l’approuver" in page_text(page)
    assert "Approuver et publier" not in page.getvalue().decode()
    refused = publisher.post(action_url(guide, "approve"), {"decision": "approve"})
    assert refused.status_code == 403
    assert "une autre personne doit l’approuver" in refused.getvalue().decode()
    assert guide.versions.count() == 1


def test_an_editor_cannot_approve(
    guide: Guide, publication_request: PublicationRequest, editor: Client
) -> None:
    url = action_url(guide, "approve")
    page = editor.get(url)
    assert "Un responsable de publication peut l’approuver ou la refuser." in page_text(page)
    assert parse_page(page).select("#content-start form") == []
    for decision in ("approve", "refuse", "withdraw"):
        assert editor.post(url, {"decision": decision, "message": "x"}).status_code == 403
    assert PublicationRequest.objects.exists()
    assert guide.versions.count() == 1


def test_a_refusal_is_in_the_history(
    guide: Guide, publication_request: PublicationRequest, anne: Client
) -> None:
    decide_request(anne, guide, "refuse", message="Le titre est trop court")
    assert not PublicationRequest.objects.exists()
    assert guide.versions.count() == 1
    history = history_text(anne, guide).replace("\u00a0", " ")
    assert "La publication demandée par paul est refusée : Le titre est trop court" in history


def test_a_refusal_requires_a_message(
    guide: Guide, publication_request: PublicationRequest, anne: Client
) -> None:
    page = decide_request(anne, guide, "refuse", message=" ")
    assert "Dites pourquoi vous refusez." in page_errors(page)
    assert PublicationRequest.objects.exists()


def test_a_person_withdraws_their_own_request(
    guide: Guide, publication_request: PublicationRequest, publisher: Client
) -> None:
    decide_request(publisher, guide, "withdraw")
    assert not PublicationRequest.objects.exists()


def test_nobody_withdraws_the_request_of_another_person(
    guide: Guide, publication_request: PublicationRequest, anne: Client
) -> None:
    assert decide_request(anne, guide, "withdraw").status_code == 403
    assert PublicationRequest.objects.exists()


def test_a_change_of_the_draft_voids_the_request(
    guide: Guide, publication_request: PublicationRequest, publisher: Client, anne: Client
) -> None:
    form = page_fields(anne.get(action_url(guide, "approve")))
    Guide.objects.filter(pk=guide.pk).update(title="Encore un autre")
    page = anne.post(action_url(guide, "approve"), form)
    assert "elle ne vaut plus" in page_text(page)
    assert guide.versions.count() == 1
    assert "ne vaut plus" in page_text(publisher.get(change_url(guide)))
    fill_and_send(publisher, action_url(guide, "publish"), note="De nouveau")
    assert PublicationRequest.objects.get().note == "De nouveau"


def test_a_request_that_replaced_the_one_on_the_page_is_reviewed_again(
    guide: Guide, publication_request: PublicationRequest, publisher: Client, anne: Client
) -> None:
    form = page_fields(anne.get(action_url(guide, "approve")))
    decide_request(publisher, guide, "withdraw")
    fill_and_send(publisher, action_url(guide, "publish"), note="Autre note")
    page = anne.post(action_url(guide, "approve"), form)
    assert "Vérifiez de nouveau" in page_text(page)
    assert guide.versions.count() == 1


@pytest.mark.parametrize(("author_decides", "decision"), [(False, "refuse"), (True, "withdraw")])
def test_a_request_that_replaced_the_one_on_the_page_is_neither_refused_nor_withdrawn(
    guide: Guide,
    publication_request: PublicationRequest,
    publisher: Client,
    anne: Client,
    author_decides: bool,
    decision: str,
) -> None:
    client, url = publisher if author_decides else anne, action_url(guide, "approve")
    form = page_fields(client.get(url)) | {"decision": decision, "message": "Non"}
    replace_request(publication_request)
    page = client.post(url, form)
    assert "Vérifiez de nouveau" in page_text(page)
    assert PublicationRequest.objects.exists()
    client.post(url, page_fields(page) | {"decision": decision, "message": "Non"})
    assert not PublicationRequest.objects.exists()


def test_a_request_is_refused_although_the_draft_changed_after_the_page_was_shown(
    guide: Guide, publication_request: PublicationRequest, anne: Client
) -> None:
    form = page_fields(anne.get(action_url(guide, "approve"))) | {"decision": "refuse"}
    Guide.objects.filter(pk=guide.pk).update(title="Encore un autre")
    anne.post(action_url(guide, "approve"), form | {"message": "Non"})
    assert not PublicationRequest.objects.exists()


def replace_request(publication_request: PublicationRequest) -> None:
    """Deletes a request, and makes the same one again, with another id."""
    publication_request.delete()
    PublicationRequest.objects.create(
        guide=publication_request.guide,
        author=publication_request.author,
        sha256=publication_request.sha256,
    )


def request_current_draft(guide: Guide) -> None:
    """Changes the digest of the publication request to that of the draft as it is now."""
    guide.refresh_from_db()
    sha256 = document_digest(canonical_json(draft_read(guide)))
    PublicationRequest.objects.update(sha256=sha256)


@pytest.mark.parametrize("posted", [False, True])
def test_a_request_without_the_required_reason_cannot_be_approved(
    guide: Guide, publication_request: PublicationRequest, anne: Client, posted: bool
) -> None:
    guide.examples.all().delete()
    request_current_draft(guide)
    url = action_url(guide, "approve")
    page = anne.get(url)
    if posted:
        decision = {"checked": PublicationReview(guide).fingerprint, "decision": "approve"}
        page = anne.post(url, decision)
        assert "cette demande ne le dit pas\u00a0: rien n’est publié" in page.getvalue().decode()
    assert "cette demande ne le dit pas" in page_text(page)
    assert "Approuver et publier" not in page.getvalue().decode()
    assert guide.versions.count() == 1
    decide_request(anne, guide, "refuse", message="Sans motif")
    assert not PublicationRequest.objects.exists()


@pytest.mark.parametrize("posted", [False, True])
def test_a_request_for_a_draft_with_faults_cannot_be_approved(
    guide: Guide, publication_request: PublicationRequest, anne: Client, posted: bool
) -> None:
    guide.rules.filter(key="aucune-methode").delete()
    request_current_draft(guide)
    url = action_url(guide, "approve")
    page = anne.get(url)
    if posted:
        page = anne.post(
            url, {"checked": PublicationReview(guide).fingerprint, "decision": "approve"}
        )
        assert "ne peut plus être publié\u00a0: rien n’est publié" in page.getvalue().decode()
    assert "rien n’est demandé et rien n’est conclu" in page_text(page)
    assert "Approuver et publier" not in page.getvalue().decode()
    assert guide.versions.count() == 1


def test_a_second_click_on_approve_creates_no_second_version(
    guide: Guide, publication_request: PublicationRequest, anne: Client
) -> None:
    form = page_fields(anne.get(action_url(guide, "approve")))
    for _ in range(2):
        assert anne.post(action_url(guide, "approve"), form).status_code == 302
    assert guide.versions.count() == 2


def test_a_request_approved_after_its_date_is_published_at_once(
    guide: Guide, publication_request: PublicationRequest, anne: Client
) -> None:
    PublicationRequest.objects.update(publish_at=timezone.now())
    decide_request(anne, guide, "approve")
    assert guide.versions.get(number=2).published_at <= timezone.now()


def test_without_a_request_there_is_nothing_to_approve(guide: Guide, anne: Client) -> None:
    page = anne.get(action_url(guide, "approve"), follow=True)
    assert "Aucune publication n’attend d’accord." in page.getvalue().decode()


def test_a_guide_that_needs_approval_is_not_published_directly(guide: Guide) -> None:
    with pytest.raises(PublicationRefusedError, match="accord d’une seconde personne"):
        guide_publish(review=PublicationReview(guide))
    assert guide.versions.count() == 1


def test_restoring_a_version_needs_no_second_person(
    guide: Guide, publisher: Client, anne: Client
) -> None:
    fill_and_send(publisher, action_url(guide, "publish"))
    decide_request(anne, guide, "approve")
    fill_and_send(publisher, action_url(guide.versions.get(number=1), "restore"), reason="Erreur")
    assert guide.versions.count() == 3


def test_one_person_cannot_restore_a_version_that_was_never_live(
    guide: Guide, publisher: Client
) -> None:
    future = Version.objects.get(guide=guide)
    future.pk, future.number = None, 2
    future.sha256, future.published_at = "0" * 64, timezone.now().replace(year=2100)
    future.save()
    url = action_url(future, "restore")
    page = publisher.post(url, {"reason": "Erreur"}, follow=True)
    assert "n’a jamais été en ligne" in page.getvalue().decode()
    assert url not in page_links(publisher.get(change_url(future)))
    assert guide.versions.count() == 2
