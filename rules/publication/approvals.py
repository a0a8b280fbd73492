"""Requests to publish a draft: created, then approved by a second person or deleted.

Editors who may not publish make them for any guide, publishers for guides that need approval.
"""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from rules.document.problems import Problem
from rules.drafts.history import change_create
from rules.drafts.locks import guide_lock
from rules.models import ChangeEvent, Guide, PublicationRequest, Version
from rules.models.signed_row import sign_as
from rules.publication.publish import (
    ApprovalNeededError,
    PublicationRefusedError,
    guide_publish,
    proof_for_publication,
)
from rules.publication.review import PublicationReview, ReviewOutdatedError


def publication_request_create(
    *,
    review: PublicationReview,
    author: User,
    note: str = "",
    reason: str = "",
    publish_at: datetime | None = None,
    reschedules: Mapping[str, bool] | None = None,
) -> PublicationRequest:
    """Requests the publication of the draft that was reviewed. An earlier request is deleted.

    `reschedules` says which of the scheduled versions that it overtakes are rescheduled, by their numbers.

    Raises `PublicationRefusedError` if the draft cannot be published, `ConfirmationNeededError` if
    a reason is needed and `reason` is empty, `ReviewOutdatedError` if the review is outdated.
    """
    proof_for_publication(review.check, reason=reason)
    publication_request = PublicationRequest(
        **sign_as(author), sha256=review.digest, note=note, reason=reason, publish_at=publish_at
    )
    publication_request.reschedules = {**(reschedules or {})}
    publication_request.clean_fields(exclude=["guide", "author"])
    with transaction.atomic():
        publication_request.guide = review.lock_guide()
        PublicationRequest.objects.filter(guide=publication_request.guide).delete()
        publication_request.save()
    return publication_request


def publication_request_approve(*, review: PublicationReview, approver: User) -> Version:
    """Publishes the draft as it was requested. The author of the version is that of the request.

    Raises `ReviewOutdatedError` if no publication of the draft as it is now is requested, or if the
    review is outdated, `ApprovalNeededError` if the approver requested it, even if the guide does not
    need approval, `PublicationRefusedError` and `ConfirmationNeededError` as `guide_publish` does; the
    former also if the request does not say what becomes of a version, or it can be rescheduled no longer.
    """
    publication_request = review.publication_request
    if publication_request is None or not review.awaits_approval:
        raise ReviewOutdatedError
    if publication_request.author == approver:
        raise ApprovalNeededError
    if refusal := review.reason_to_decide_on_overtaken:
        raise PublicationRefusedError([Problem((), "", refusal)])
    return guide_publish(
        review=review,
        author=publication_request.author,
        approver=approver,
        note=publication_request.note,
        reason=publication_request.reason,
        publish_at=publication_request.publish_at,
        rescheduled=review.rescheduled_by_request,
    )


@transaction.atomic
def publication_request_delete(*, review: PublicationReview) -> None:
    """Deletes the request of a review, because someone refuses it or its author withdraws it.

    Raises `ReviewOutdatedError` if the review is outdated, for example as the request was approved.
    """
    PublicationRequest.objects.filter(guide=review.lock_guide()).delete()


@transaction.atomic
def account_requests_withdraw(*, account: User, author: User) -> None:
    """Withdraws the waiting requests of an account that `author` deletes; each history says so."""
    for guide in Guide.objects.filter(publication_request__author=account):
        waiting = PublicationRequest.objects.filter(guide=guide_lock(guide=guide), author=account)
        if request := waiting.first():
            request.delete()
            sentence = (
                f"La publication demandée par {request.author_name} est retirée, car ce compte est "
                "supprimé."
            )
            event = ChangeEvent.WITHDRAWN
            change_create(part=guide, sentence=sentence, author=author, event=event)
