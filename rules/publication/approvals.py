"""Publications that wait for a second person: asked for, approved, refused."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from rules.document.serialising import canonical_json, document_digest
from rules.drafts.content import draft_read
from rules.drafts.locks import guide_lock
from rules.engine.content import GuideContent
from rules.models import Guide, PublicationRequest, Version
from rules.publication.publish import guide_publish, prove_publishable


class RequestVoidError(ValueError):
    """The draft is no longer the one that the request is for."""


def request_is_current(asked: PublicationRequest, draft: GuideContent) -> bool:
    return asked.sha256 == document_digest(canonical_json(draft))


def publication_request_of(guide: Guide) -> PublicationRequest | None:
    return PublicationRequest.objects.filter(guide=guide).select_related("author").first()


@transaction.atomic
def publication_request_create(
    *,
    guide: Guide,
    author: User,
    note: str = "",
    reason: str = "",
    publish_at: datetime | None = None,
) -> PublicationRequest:
    """For the draft as it is now. Takes the place of an earlier request.

    Raises what `prove_publishable` does.
    """
    guide = guide_lock(guide=guide)
    draft = draft_read(guide)
    prove_publishable(draft, reason=reason)
    asked = PublicationRequest(
        guide=guide, author=author, sha256=document_digest(canonical_json(draft))
    )
    asked.note, asked.reason, asked.publish_at = note, reason, publish_at
    asked.clean_fields(exclude=["guide", "author"])
    PublicationRequest.objects.filter(guide=guide).delete()
    asked.save()
    return asked


@transaction.atomic
def publication_request_approve(
    *, publication_request: PublicationRequest, approver: User
) -> Version:
    """Publishes as it was asked for, in the name of who asked.

    Raises `PublicationRequest.DoesNotExist`, `RequestVoidError` and what `guide_publish` does.
    """
    guide = guide_lock(guide=publication_request.guide)
    asked = PublicationRequest.objects.select_related("author").get(pk=publication_request.pk)
    if not request_is_current(asked, draft_read(guide)):
        raise RequestVoidError
    return guide_publish(
        guide=guide,
        author=asked.author,
        approver=approver,
        note=asked.note,
        reason=asked.reason,
        publish_at=asked.publish_at,
    )


@transaction.atomic
def publication_request_delete(*, publication_request: PublicationRequest) -> None:
    """Also how one takes back a request of one's own. Raises `PublicationRequest.DoesNotExist`."""
    guide_lock(guide=publication_request.guide)
    PublicationRequest.objects.get(pk=publication_request.pk).delete()
