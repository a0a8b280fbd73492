"""What pages that publish do before they lock a guide, and what changes while they prove it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from rules.admin.links import action_url
from rules.drafts.content import draft_read
from rules.drafts.locks import guide_lock
from rules.engine.content import GuideContent
from rules.models import Guide, PublicationRequest, Version, VersionProof
from rules.proof.bounds import ProofBound
from rules.publication import review as review_module
from rules.publication.check import publication_check, soundness_check
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.admin.conftest import LogIn
from tests.admin.pages import Fields, fill_and_send, page_fields, page_text
from tests.recorded_calls import record_calls

ONE_REVIEW = ["draft_read", "publication_check", "guide_lock", "draft_read"]
"""The draft is read and proved before the guide is locked, and only read again under the lock."""


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    """A guide whose draft has another title than version 1."""
    shipped_guide.title = "Nouveau titre"
    shipped_guide.save()
    return shipped_guide


@pytest.fixture
def guide_to_approve(guide: Guide, publisher: Client) -> Guide:
    """A guide whose publication « paul » has requested."""
    require_approval(guide)
    fill_and_send(publisher, action_url(guide, "publish"))
    return guide


@pytest.fixture
def anne(log_in: LogIn) -> Client:
    """The client of « anne », who may publish and approve."""
    return log_in("anne", "Responsables de publication")


def record_review(patch: pytest.MonkeyPatch) -> list[str]:
    """Returns a list to which each read, proof and lock of a guide adds the name of its function."""
    return record_calls(patch, draft_read, publication_check, guide_lock)


def act_during_the_proof(patch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Makes the next proof of a review take so long that something else happens meanwhile."""
    acts = [act]

    def check_slowly(draft: GuideContent, bound: ProofBound) -> object:
        if acts:
            acts.pop()()
        return publication_check(draft, bound)

    patch.setattr(review_module, "publication_check", check_slowly)


def require_approval(guide: Guide) -> None:
    Guide.objects.filter(pk=guide.pk).update(needs_approval=True)


def change_title(guide: Guide) -> None:
    Guide.objects.filter(pk=guide.pk).update(title="Encore un autre titre")


def open_form(client: Client, guide: Guide, action: str) -> Fields:
    """Returns the fields of the first form of a page."""
    return page_fields(client.get(action_url(guide, action)))


def post_form(client: Client, guide: Guide, action: str, form: Fields) -> HttpResponseBase:
    return client.post(action_url(guide, action), form)


@pytest.mark.parametrize("needs_approval", [False, True])
def test_a_draft_is_proved_once_and_before_the_lock_when_it_is_published_or_requested_to_be(
    guide: Guide, publisher: Client, monkeypatch: pytest.MonkeyPatch, *, needs_approval: bool
) -> None:
    if needs_approval:
        require_approval(guide)
    form = open_form(publisher, guide, "publish")
    calls = record_review(monkeypatch)
    post_form(publisher, guide, "publish", form)
    assert calls == ONE_REVIEW
    assert guide.versions.count() == (1 if needs_approval else 2)
    assert PublicationRequest.objects.exists() == needs_approval


def test_a_draft_is_proved_once_and_before_the_lock_when_its_publication_is_approved(
    guide_to_approve: Guide, anne: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = open_form(anne, guide_to_approve, "approve")
    calls = record_review(monkeypatch)
    post_form(anne, guide_to_approve, "approve", form)
    assert calls == ONE_REVIEW
    assert guide_to_approve.versions.count() == 2


def test_a_publication_that_is_approved_twice_while_a_review_is_read_is_approved_once(
    guide_to_approve: Guide, anne: Client, log_in: LogIn
) -> None:
    other = log_in("zoe", "Responsables de publication")
    form = open_form(anne, guide_to_approve, "approve")
    approvals = [other]

    def approve_after_the_request_is_read(
        execute: Callable[..., object], sql: str, *args: object
    ) -> object:
        result = execute(sql, *args)
        if approvals and sql.startswith("SELECT") and 'FROM "rules_publicationrequest"' in sql:
            post_form(approvals.pop(), guide_to_approve, "approve", form)
        return result

    with connection.execute_wrapper(approve_after_the_request_is_read):
        response = post_form(anne, guide_to_approve, "approve", form)
    assert (approvals, response.status_code) == ([], 302)
    assert guide_to_approve.versions.count() == 2


def test_a_draft_is_not_proved_to_refuse_its_publication(
    guide_to_approve: Guide, anne: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = open_form(anne, guide_to_approve, "approve") | {"decision": "refuse"}
    calls = record_review(monkeypatch)
    post_form(anne, guide_to_approve, "approve", refusal | {"message": "Non"})
    assert "publication_check" not in calls
    assert not PublicationRequest.objects.exists()


def test_a_version_without_a_proof_is_proved_once_and_before_the_lock_when_it_is_restored(
    guide: Guide, publisher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide_publish(review=PublicationReview(guide))
    url = action_url(guide.versions.get(number=1), "restore")
    opened = page_fields(publisher.get(url)) | {"reason": "Erreur"}
    VersionProof.objects.all().delete()
    calls = record_calls(monkeypatch, soundness_check, guide_lock)
    publisher.post(url, opened)
    assert calls == ["soundness_check", "guide_lock", "guide_lock"]
    assert guide.versions.count() == 3


def test_a_draft_that_changes_during_the_proof_is_not_published(
    guide: Guide, publisher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = open_form(publisher, guide, "publish") | {"note": "Ma note"}
    act_during_the_proof(monkeypatch, lambda: change_title(guide))
    page = post_form(publisher, guide, "publish", form)
    assert "Le brouillon a changé entre-temps" in page_text(page)
    assert guide.versions.count() == 1
    assert page_fields(page)["note"] == "Ma note"
    post_form(publisher, guide, "publish", page_fields(page))
    assert guide.versions.latest("number").title == "Encore un autre titre"


def test_a_draft_that_changes_during_the_proof_is_not_requested_to_be_published(
    guide: Guide, publisher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_approval(guide)
    form = open_form(publisher, guide, "publish")
    act_during_the_proof(monkeypatch, lambda: change_title(guide))
    page = post_form(publisher, guide, "publish", form)
    assert "Le brouillon a changé entre-temps" in page_text(page)
    assert not PublicationRequest.objects.exists()


def test_a_draft_that_someone_else_publishes_during_the_proof_is_not_published_again(
    guide: Guide, publisher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = open_form(publisher, guide, "publish")
    act_during_the_proof(monkeypatch, lambda: guide_publish(review=PublicationReview(guide)))
    page = post_form(publisher, guide, "publish", form)
    assert "Il n’y a rien à publier." in page_text(page)
    assert guide.versions.count() == 2


def test_a_draft_that_someone_else_schedules_during_the_proof_is_reviewed_again(
    guide: Guide, publisher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def schedule() -> Version:
        publish_at = timezone.now() + timedelta(days=1)
        return guide_publish(review=PublicationReview(guide), publish_at=publish_at)

    form = open_form(publisher, guide, "publish")
    act_during_the_proof(monkeypatch, schedule)
    page = post_form(publisher, guide, "publish", form)
    assert "Quelqu’un a publié" in page_text(page)
    assert guide.versions.count() == 2


def test_a_guide_that_needs_approval_since_the_proof_began_is_requested_to_be_published(
    guide: Guide, publisher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = open_form(publisher, guide, "publish")
    act_during_the_proof(monkeypatch, lambda: require_approval(guide))
    post_form(publisher, guide, "publish", form)
    assert PublicationRequest.objects.exists()
    assert guide.versions.count() == 1


def test_a_draft_that_changes_during_the_proof_is_not_approved(
    guide_to_approve: Guide, anne: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = open_form(anne, guide_to_approve, "approve")
    act_during_the_proof(monkeypatch, lambda: change_title(guide_to_approve))
    page = post_form(anne, guide_to_approve, "approve", form)
    assert "elle ne vaut plus, rien n’est publié" in page_text(page)
    assert guide_to_approve.versions.count() == 1


def test_a_request_that_is_withdrawn_during_the_proof_is_not_approved(
    guide_to_approve: Guide, anne: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = open_form(anne, guide_to_approve, "approve")
    act_during_the_proof(monkeypatch, PublicationRequest.objects.all().delete)
    response = post_form(anne, guide_to_approve, "approve", form)
    page = anne.get(response.headers["Location"])
    assert "Aucune publication n’attend d’accord." in page_text(page)
    assert guide_to_approve.versions.count() == 1
