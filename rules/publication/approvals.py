"""Publications that wait for a second person: requested, approved, or deleted without a version."""

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
    """Raised when the draft is no longer the one whose publication was requested."""


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
    """Requests the publication of the draft as it is now, in place of an earlier request.

    Raises what `proof_for_publication` raises.
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
    """Publishes the draft as it was requested; the author of the request is the version's author.

    Raises `PublicationRequest.DoesNotExist` if the request was approved or deleted meanwhile,
    `RequestVoidError`, and what `guide_publish` raises.
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
    """Deletes a request that is refused, or that its author takes back.

    Raises `PublicationRequest.DoesNotExist` if it was approved or deleted meanwhile.
    """
    guide_lock(guide=publication_request.guide)
    PublicationRequest.objects.get(pk=publication_request.pk).delete()
