"""Requests to publish a draft: created, then approved by a second person or deleted."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from rules.document.serialising import canonical_json, document_digest
from rules.drafts.content import draft_read
from rules.drafts.locks import guide_lock
from rules.engine.content import GuideContent
from rules.models import Guide, PublicationRequest, Version
from rules.publication.publish import guide_publish, proof_for_publication


class RequestVoidError(ValueError):
    """Raised when the draft has changed since its publication was requested."""


def publication_request_of(guide: Guide) -> PublicationRequest | None:
    return PublicationRequest.objects.filter(guide=guide).select_related("author").first()


def request_is_current(publication_request: PublicationRequest, draft: GuideContent) -> bool:
    """True if the draft has not changed since its publication was requested."""
    return publication_request.sha256 == document_digest(canonical_json(draft))


@transaction.atomic
def publication_request_create(
    *,
    guide: Guide,
    author: User,
    note: str = "",
    reason: str = "",
    publish_at: datetime | None = None,
) -> PublicationRequest:
    """Requests the publication of the draft as it is now. An earlier request is deleted.

    Raises `PublicationRefusedError` if the draft cannot be published, `ConfirmationNeededError` if
    a reason is needed and `reason` is empty.
    """
    guide = guide_lock(guide=guide)
    draft = draft_read(guide)
    proof_for_publication(draft, reason=reason)
    publication_request = PublicationRequest(
        guide=guide,
        author=author,
        sha256=document_digest(canonical_json(draft)),
        note=note,
        reason=reason,
        publish_at=publish_at,
    )
    publication_request.clean_fields(exclude=["guide", "author"])
    PublicationRequest.objects.filter(guide=guide).delete()
    publication_request.save()
    return publication_request


@transaction.atomic
def publication_request_approve(
    *, publication_request: PublicationRequest, approver: User
) -> Version:
    """Publishes the draft. The author of the version is the author of the request.

    Raises `PublicationRequest.DoesNotExist` if the request was approved or deleted meanwhile,
    `RequestVoidError` if the draft has changed since, and `PublicationRefusedError` or
    `ConfirmationNeededError` as `guide_publish` does.
    """
    guide = guide_lock(guide=publication_request.guide)
    requests = PublicationRequest.objects.select_related("author")
    current = requests.get(pk=publication_request.pk)
    if not request_is_current(current, draft_read(guide)):
        raise RequestVoidError
    return guide_publish(
        guide=guide,
        author=current.author,
        approver=approver,
        note=current.note,
        reason=current.reason,
        publish_at=current.publish_at,
    )


@transaction.atomic
def publication_request_delete(*, publication_request: PublicationRequest) -> None:
    """Deletes a request, because someone refuses it or its author withdraws it.

    Raises `PublicationRequest.DoesNotExist` if it was already approved or deleted meanwhile.
    """
    guide_lock(guide=publication_request.guide)
    PublicationRequest.objects.get(pk=publication_request.pk).delete()
