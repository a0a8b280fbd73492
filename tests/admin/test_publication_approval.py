"""A guide whose publication a second person must approve."""

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from rules.admin.links import action_url, change_url
from rules.admin.publishing.review import PublicationReview
from rules.document.serialising import canonical_json, document_digest
from rules.drafts.content import draft_read
from rules.models import Guide, PublicationRequest, Version
from rules.publication.guide_settings import guide_settings_update
from rules.publication.publish import PublicationRefusedError, guide_publish
from tests.admin.conftest import LogIn
from tests.admin.pages import errors, fields, links, send, soup, text

PUBLISHERS = "Responsables de publication"


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    """Its draft has another title than version 1."""
    guide_settings_update(
        guide=shipped_guide, needs_approval=True, closed=False, closing_message=""
    )
    shipped_guide.refresh_from_db()
    shipped_guide.title = "Nouveau titre"
    shipped_guide.save()
    return shipped_guide


@pytest.fixture
def anne(log_in: LogIn) -> Client:
    return log_in("anne", PUBLISHERS)


@pytest.fixture
def asked(guide: Guide, publisher: Client) -> PublicationRequest:
    """By paul."""
    send(publisher, action_url(guide, "publish"), note="Titre plus court")
    return PublicationRequest.objects.get()


def decide(client: Client, guide: Guide, decision: str, **typed: str) -> HttpResponseBase:
    """By the forms of the page."""
    url = action_url(guide, "approve")
    seen = fields(client.get(url)).get("checked", "")
    return client.post(url, {"checked": seen, "decision": decision} | typed)


def history(client: Client, guide: Guide) -> str:
    return text(client.get(f"/admin/rules/guide/{guide.pk}/history/"))


def test_publishing_asks_a_second_person(
    guide: Guide, asked: PublicationRequest, publisher: Client
) -> None:
    assert guide.versions.count() == 1
    assert (asked.author.username, asked.note) == ("paul", "Titre plus court")
    for page in (change_url(guide), action_url(guide, "publish")):
        shown = text(publisher.get(page))
        assert "En attente de l’accord d’une autre personne , demandé par paul" in shown


def test_while_a_request_waits_no_other_is_made(
    guide: Guide, asked: PublicationRequest, publisher: Client, anne: Client
) -> None:
    for client in (publisher, anne):
        page = client.get(action_url(guide, "publish"))
        assert soup(page).select("[name=note]") == []
        client.post(action_url(guide, "publish"), {"when": "now", "checked": "x"})
    assert PublicationRequest.objects.get() == asked
    assert guide.versions.count() == 1


def test_another_person_approves(
    guide: Guide, asked: PublicationRequest, anne: Client, publisher: Client
) -> None:
    page = text(anne.get(action_url(guide, "approve")))
    assert "Titre plus court" in page
    assert "Nouveau titre" in page
    decide(anne, guide, "approve")
    version = guide.versions.get(number=2)
    assert (str(version.author), version.note) == ("paul", "Titre plus court")
    assert not PublicationRequest.objects.exists()
    assert "Demandée par paul, approuvée par anne." in history(anne, guide)


def test_one_s_own_request_is_not_approved_by_oneself(
    guide: Guide, asked: PublicationRequest, publisher: Client
) -> None:
    page = publisher.get(action_url(guide, "approve"))
    assert "une autre personne doit l’approuver" in text(page)
    assert "Approuver et publier" not in page.getvalue().decode()
    refused = publisher.post(action_url(guide, "approve"), {"decision": "approve"})
    assert refused.status_code == 403
    assert "une autre personne doit l’approuver" in refused.getvalue().decode()
    assert guide.versions.count() == 1


def test_an_editor_cannot_approve(guide: Guide, asked: PublicationRequest, editor: Client) -> None:
    url = action_url(guide, "approve")
    assert editor.get(url).status_code == 403
    for decision in ("approve", "refuse", "withdraw"):
        assert editor.post(url, {"decision": decision, "message": "x"}).status_code == 403
    assert PublicationRequest.objects.exists()
    assert guide.versions.count() == 1


def test_a_refusal_is_told_in_the_history(
    guide: Guide, asked: PublicationRequest, anne: Client
) -> None:
    decide(anne, guide, "refuse", message="Le titre est trop court")
    assert not PublicationRequest.objects.exists()
    assert guide.versions.count() == 1
    told = history(anne, guide).replace("\u00a0", " ")
    assert "La publication demandée par paul est refusée : Le titre est trop court" in told


def test_a_refusal_says_why(guide: Guide, asked: PublicationRequest, anne: Client) -> None:
    page = decide(anne, guide, "refuse", message=" ")
    assert "Dites pourquoi vous refusez." in errors(page)
    assert PublicationRequest.objects.exists()


def test_one_takes_back_one_s_own_request(
    guide: Guide, asked: PublicationRequest, publisher: Client
) -> None:
    decide(publisher, guide, "withdraw")
    assert not PublicationRequest.objects.exists()


def test_nobody_takes_back_another_s_request(
    guide: Guide, asked: PublicationRequest, anne: Client
) -> None:
    assert decide(anne, guide, "withdraw").status_code == 403
    assert PublicationRequest.objects.exists()


def test_a_draft_changed_since_voids_the_request(
    guide: Guide, asked: PublicationRequest, publisher: Client, anne: Client
) -> None:
    seen = fields(anne.get(action_url(guide, "approve")))
    Guide.objects.filter(pk=guide.pk).update(title="Encore un autre")
    page = anne.post(action_url(guide, "approve"), seen)
    assert "elle ne vaut plus" in text(page)
    assert guide.versions.count() == 1
    assert "ne vaut plus" in text(publisher.get(change_url(guide)))
    send(publisher, action_url(guide, "publish"), note="De nouveau")
    assert PublicationRequest.objects.get().note == "De nouveau"


def test_a_request_changed_since_it_was_read_is_read_again(
    guide: Guide, asked: PublicationRequest, publisher: Client, anne: Client
) -> None:
    seen = fields(anne.get(action_url(guide, "approve")))
    decide(publisher, guide, "withdraw")
    send(publisher, action_url(guide, "publish"), note="Autre note")
    page = anne.post(action_url(guide, "approve"), seen)
    assert "Vérifiez de nouveau" in text(page)
    assert guide.versions.count() == 1


def ask_as_it_is(guide: Guide) -> None:
    """What the draft has become by other ways than the pages: they would void the request."""
    guide.refresh_from_db()
    sha256 = document_digest(canonical_json(draft_read(guide)))
    PublicationRequest.objects.update(sha256=sha256)


@pytest.mark.parametrize("posted", [False, True])
def test_a_request_without_the_reason_that_the_proof_asks_for_says_so(
    guide: Guide, asked: PublicationRequest, anne: Client, posted: bool
) -> None:
    guide.examples.all().delete()
    ask_as_it_is(guide)
    url = action_url(guide, "approve")
    page = anne.get(url)
    if posted:
        decision = {"checked": PublicationReview(guide).fingerprint, "decision": "approve"}
        page = anne.post(url, decision)
        assert "cette demande ne le dit pas\u00a0: rien n’est publié" in page.getvalue().decode()
    assert "cette demande ne le dit pas" in text(page)
    assert "Approuver et publier" not in page.getvalue().decode()
    assert guide.versions.count() == 1
    decide(anne, guide, "refuse", message="Sans motif")
    assert not PublicationRequest.objects.exists()


@pytest.mark.parametrize("posted", [False, True])
def test_a_request_of_a_draft_with_faults_says_which(
    guide: Guide, asked: PublicationRequest, anne: Client, posted: bool
) -> None:
    guide.rules.filter(key="aucune-methode").delete()
    ask_as_it_is(guide)
    url = action_url(guide, "approve")
    page = anne.get(url)
    if posted:
        page = anne.post(
            url, {"checked": PublicationReview(guide).fingerprint, "decision": "approve"}
        )
        assert "ne peut plus être publié\u00a0: rien n’est publié" in page.getvalue().decode()
    assert "rien n’est demandé et rien n’est conclu" in text(page)
    assert "Approuver et publier" not in page.getvalue().decode()
    assert guide.versions.count() == 1


def test_a_second_click_approves_once(
    guide: Guide, asked: PublicationRequest, anne: Client
) -> None:
    seen = fields(anne.get(action_url(guide, "approve")))
    for _ in range(2):
        assert anne.post(action_url(guide, "approve"), seen).status_code == 302
    assert guide.versions.count() == 2


def test_a_date_that_is_past_when_approved_means_now(
    guide: Guide, asked: PublicationRequest, anne: Client
) -> None:
    PublicationRequest.objects.update(publish_at=timezone.now())
    decide(anne, guide, "approve")
    assert guide.versions.get(number=2).published_at <= timezone.now()


def test_without_a_request_there_is_nothing_to_approve(guide: Guide, anne: Client) -> None:
    page = anne.get(action_url(guide, "approve"), follow=True)
    assert "Aucune publication n’attend d’accord." in page.getvalue().decode()


def test_commands_do_not_publish_it(guide: Guide) -> None:
    with pytest.raises(PublicationRefusedError, match="accord d’une seconde personne"):
        guide_publish(guide=guide)
    assert guide.versions.count() == 1


def test_going_back_needs_no_second_person(guide: Guide, publisher: Client, anne: Client) -> None:
    send(publisher, action_url(guide, "publish"))
    decide(anne, guide, "approve")
    send(publisher, action_url(guide.versions.get(number=1), "restore"), reason="Erreur")
    assert guide.versions.count() == 3


def test_what_was_never_online_is_not_put_there_by_one_person(
    guide: Guide, publisher: Client
) -> None:
    future = Version.objects.get(guide=guide)
    future.pk, future.number = None, 2
    future.sha256, future.published_at = "0" * 64, timezone.now().replace(year=2100)
    future.save()
    url = action_url(future, "restore")
    page = publisher.post(url, {"reason": "Erreur"}, follow=True)
    assert "n’a jamais été en ligne" in page.getvalue().decode()
    assert url not in links(publisher.get(change_url(future)))
    assert guide.versions.count() == 2
