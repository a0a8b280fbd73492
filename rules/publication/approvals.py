"""Publications that wait for a second person: asked for, approved, refused."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from rules.document.serialising import canonical, digest
from rules.drafts.content import draft_read
from rules.drafts.locks import guide_lock
from rules.engine.content import GuideContent
from rules.models import Guide, PublicationRequest, Version
from rules.publication.publish import guide_publish, publishable_proof


class RequestVoidError(ValueError):
    """The draft is no longer the one that the request is for."""


def request_holds(asked: PublicationRequest, draft: GuideContent) -> bool:
    return asked.sha256 == digest(canonical(draft))


def guide_request(guide: Guide) -> PublicationRequest | None:
    return PublicationRequest.objects.filter(guide=guide).select_related("author").first()


@transaction.atomic
def publication_ask(
    *, guide: Guide, author: User, note: str = "", reason: str = "", at: datetime | None = None
) -> PublicationRequest:
    """For the draft as it is now. Takes the place of an earlier request.

    Raises what `publishable_proof` does.
    """
    guide = guide_lock(guide=guide)
    draft = draft_read(guide)
    publishable_proof(draft, reason=reason)
    asked = PublicationRequest(guide=guide, author=author, sha256=digest(canonical(draft)))
    asked.note, asked.reason, asked.publish_at = note, reason, at
    asked.clean_fields(exclude=["guide", "author"])
    PublicationRequest.objects.filter(guide=guide).delete()
    asked.save()
    return asked


@transaction.atomic
def publication_approve(*, asked: PublicationRequest, approver: User) -> Version:
    """Publishes as it was asked for, in the name of who asked.

    Raises `PublicationRequest.DoesNotExist`, `RequestVoidError` and what `guide_publish` does.
    """
    guide = guide_lock(guide=asked.guide)
    asked = PublicationRequest.objects.select_related("author").get(pk=asked.pk)
    if not request_holds(asked, draft_read(guide)):
        raise RequestVoidError
    return guide_publish(
        guide=guide,
        author=asked.author,
        approver=approver,
        note=asked.note,
        reason=asked.reason,
        at=asked.publish_at,
    )


@transaction.atomic
def publication_refuse(*, asked: PublicationRequest) -> None:
    """Also how one takes back a request of one's own. Raises `PublicationRequest.DoesNotExist`."""
    guide_lock(guide=asked.guide)
    PublicationRequest.objects.get(pk=asked.pk).delete()
