"""The settings of a guide, which apply without publication: its approval, and whether it is open."""

from django.contrib.auth.models import User
from django.db import transaction

from rules.drafts.locks import guide_lock
from rules.models import Guide, PublicationRequest


class MayNotLiftApprovalError(ValueError):
    """Raised when a publisher would free a guide from the approval of a second person."""


@transaction.atomic
def guide_settings_update(
    *,
    guide: Guide,
    needs_approval: bool,
    closed: bool,
    closing_message: str,
    author: User | None = None,
) -> Guide:
    """Changes the settings of a guide and returns the guide as it was before.

    A guide that needs no approval has no publication request: one that waits is deleted.

    Raises `MayNotLiftApprovalError` if the author may not lift the approval.
    """
    before, after = guide_lock(guide=guide), guide_lock(guide=guide)
    if not needs_approval and not may_lift_approval(before, author):
        raise MayNotLiftApprovalError
    after.needs_approval, after.closed = needs_approval, closed
    after.closing_message = closing_message
    after.clean_fields()
    after.save(update_fields=["needs_approval", "closed", "closing_message"])
    if not needs_approval:
        PublicationRequest.objects.filter(guide=guide).delete()
    return before


def may_lift_approval(guide: Guide, author: User | None) -> bool:
    """True if `author` may let the guide be published without a second person.

    Publishers are bound by that setting, so only a superuser takes it away.
    """
    return not guide.needs_approval or (author is not None and author.is_superuser)
