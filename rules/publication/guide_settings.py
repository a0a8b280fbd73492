"""The settings of a guide, which hold at once: who must approve, and whether visitors may begin."""

from django.contrib.auth.models import User
from django.db import transaction

from rules.drafts.locks import guide_lock
from rules.models import (
    Guide,
    PublicationRequest,
)


class ApprovalRequiredError(ValueError):
    """Who may publish a guide does not free it from the approval of a second person."""


@transaction.atomic
def guide_settings_update(
    *,
    guide: Guide,
    needs_approval: bool,
    closed: bool,
    closing_message: str,
    author: User | None = None,
) -> Guide:
    """Settings hold at once. Returns the guide as it was before. Raises `ApprovalRequiredError`."""
    before, after = guide_lock(guide=guide), guide_lock(guide=guide)
    if not needs_approval and not may_lift_approval(before, author):
        raise ApprovalRequiredError
    after.needs_approval, after.closed = needs_approval, closed
    after.closing_message = closing_message
    after.clean_fields()
    after.save(update_fields=["needs_approval", "closed", "closing_message"])
    if not needs_approval:
        PublicationRequest.objects.filter(guide=guide).delete()
    return before


def may_lift_approval(guide: Guide, author: User | None) -> bool:
    """Whether one may let the guide be published without the approval of a second person: who
    publishes it is bound by that, and does not undo it.
    """
    return not guide.needs_approval or (author is not None and author.is_superuser)
