"""Publishing, requesting, approving and restoring: what they require and add to the history."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from rules.document.parsing import parse_document
from rules.document.serialising import canonical_json, document_digest
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_import
from rules.guides import SHIPPED_GUIDE
from rules.models import Guide, PublicationRequest, Version, VersionProof
from rules.publication.approvals import (
    publication_request_approve,
    publication_request_create,
    publication_request_delete,
)
from rules.publication.guide_settings import MayNotLiftApprovalError, guide_settings_update
from rules.publication.publish import (
    ApprovalNeededError,
    ConfirmationNeededError,
    PublicationRefusedError,
    guide_publish,
)
from rules.publication.restore import Restoration, version_restore
from rules.publication.review import PublicationReview, ReviewOutdatedError
from tests.commands.calls import command_output
from tests.rules.documents import small_document

pytestmark = pytest.mark.usefixtures("no_guide")


@pytest.fixture
def guide() -> Guide:
    return guide_import(content=parse_document(small_document()))


@pytest.fixture
def lea() -> User:
    return User.objects.create_user("lea")


def add_warning(guide: Guide) -> None:
    """Changes the draft so that its proof has a warning: two conclusions are given together."""
    guide.examples.all().delete()
    other = guide.outcomes.create(key="fin-2", title="Autre fin", final=True, position=9)
    rule = guide.rules.create(key="r6", gives=other, position=9)
    rule.conditions.create(question=guide.questions.get(key="q2"), operator="answered", position=1)


def add_fault(guide: Guide) -> None:
    """Changes the draft so that its proof has a fault: the last question leads nowhere."""
    guide.rules.filter(key="r5").delete()


def history_of(guide: Guide) -> list[tuple[str, str]]:
    """Returns the sentences of the history with their authors, the oldest first."""
    changes = guide.changes.select_related("author").order_by("pk")
    return [
        (change.sentence.replace("\u00a0", " "), str(change.author or "")) for change in changes
    ]


def change_settings(guide: Guide, *, needs_approval: bool, author: User | None = None) -> None:
    guide_settings_update(
        guide=guide,
        needs_approval=needs_approval,
        closed=False,
        closing_message="",
        author=author,
    )


def delete_proof(version: Version) -> Version:
    """Deletes the proof of a version, as old versions have none, and returns the version."""
    VersionProof.objects.filter(version=version).delete()
    return Version.objects.get(pk=version.pk)


def test_publishing_adds_a_sentence_to_the_history_with_its_author(guide: Guide, lea: User) -> None:
    guide_publish(review=PublicationReview(guide), author=lea)
    assert history_of(guide) == [("La version 1 est en ligne.", "lea")]


def test_publishing_by_a_command_adds_a_sentence_to_the_history() -> None:
    command_output("import_guide", SHIPPED_GUIDE, "--publish")
    assert history_of(Guide.objects.get()) == [("La version 1 est en ligne.", "")]


def test_scheduling_a_version_adds_its_date_to_the_history(guide: Guide) -> None:
    guide_publish(review=PublicationReview(guide), publish_at=timezone.now() + timedelta(days=1))
    [(sentence, _)] = history_of(guide)
    assert sentence.startswith("La version 1 est programmée pour le ")


def test_the_sentence_of_an_approved_publication_names_both_people(guide: Guide, lea: User) -> None:
    approver = User.objects.create_user("max")
    change_settings(guide, needs_approval=True)
    guide.refresh_from_db()
    publication_request_create(review=PublicationReview(guide), author=lea)
    publication_request_approve(review=PublicationReview(guide), approver=approver)
    sentence = "La version 1 est en ligne. Demandée par lea, approuvée par max."
    assert history_of(guide) == [(sentence, "max")]


def test_the_account_that_asks_for_an_approval_does_not_give_it(guide: Guide, lea: User) -> None:
    change_settings(guide, needs_approval=True)
    guide.refresh_from_db()
    publication_request_create(review=PublicationReview(guide), author=lea)
    with pytest.raises(ApprovalNeededError):
        publication_request_approve(review=PublicationReview(guide), approver=lea)
    assert not guide.versions.exists()


def test_restoring_a_version_adds_the_reason_to_the_history(guide: Guide, lea: User) -> None:
    first = guide_publish(review=PublicationReview(guide))
    version_restore(restoration=Restoration(first), reason="Erreur", author=lea)
    sentence = "Retour à la version 1 : la version 2 est en ligne. Motif : Erreur"
    assert history_of(guide)[1:] == [(sentence, "lea")]


def test_requesting_to_publish_a_draft_with_a_warning_needs_a_reason(
    guide: Guide, lea: User
) -> None:
    add_warning(guide)
    with pytest.raises(ConfirmationNeededError):
        publication_request_create(review=PublicationReview(guide), author=lea)
    publication_request_create(review=PublicationReview(guide), author=lea, reason="C’est voulu")
    assert PublicationRequest.objects.get().reason == "C’est voulu"


def test_a_request_to_publish_a_draft_with_a_fault_is_refused(guide: Guide, lea: User) -> None:
    add_fault(guide)
    with pytest.raises(PublicationRefusedError):
        publication_request_create(review=PublicationReview(guide), author=lea, reason="Tant pis")
    assert not PublicationRequest.objects.exists()


@pytest.mark.parametrize("decide", [guide_publish, publication_request_create])
def test_nothing_is_published_or_requested_on_an_outdated_review(
    guide: Guide, lea: User, decide: Callable[..., object]
) -> None:
    review = PublicationReview(guide)
    Guide.objects.update(title="Autre titre")
    with pytest.raises(ReviewOutdatedError):
        decide(review=review, author=lea)
    assert not guide.versions.exists()
    assert not PublicationRequest.objects.exists()


def test_a_request_made_after_a_review_is_not_deleted_by_it(guide: Guide, lea: User) -> None:
    publication_request_create(review=PublicationReview(guide), author=lea)
    review = PublicationReview(guide)
    publication_request_create(review=PublicationReview(guide), author=lea)
    with pytest.raises(ReviewOutdatedError):
        publication_request_delete(review=review)
    assert PublicationRequest.objects.exists()


def test_a_draft_that_changed_since_its_request_is_not_approved(guide: Guide, lea: User) -> None:
    publication_request_create(review=PublicationReview(guide), author=lea)
    Guide.objects.update(title="Autre titre")
    review = PublicationReview(Guide.objects.get())
    with pytest.raises(ReviewOutdatedError):
        publication_request_approve(review=review, approver=User.objects.create_user("max"))
    assert not guide.versions.exists()


def test_restoring_a_version_without_proof_proves_it(guide: Guide) -> None:
    first = guide_publish(review=PublicationReview(guide))
    paths = first.proof.paths
    unproved = delete_proof(first)
    restored = version_restore(restoration=Restoration(unproved), reason="Erreur")
    assert (restored.proof.complete, restored.proof.paths) == (True, paths)


def test_a_version_without_proof_is_not_restored_if_it_has_a_fault(guide: Guide) -> None:
    first = delete_proof(guide_publish(review=PublicationReview(guide)))
    add_fault(guide)
    document = canonical_json(draft_read(guide))
    Version.objects.update(document=document, sha256=document_digest(document))
    first.refresh_from_db()
    with pytest.raises(PublicationRefusedError, match="rien n’est conclu"):
        version_restore(restoration=Restoration(first), reason="Erreur")
    assert guide.versions.count() == 1


def test_only_a_superuser_can_switch_off_the_approval_by_a_second_person(
    guide: Guide, lea: User
) -> None:
    change_settings(guide, needs_approval=True, author=lea)
    for author in (lea, None):
        with pytest.raises(MayNotLiftApprovalError):
            change_settings(guide, needs_approval=False, author=author)
    change_settings(guide, needs_approval=False, author=User.objects.create_superuser("boss"))
    guide.refresh_from_db()
    assert not guide.needs_approval
