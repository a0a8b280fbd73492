"""The settings of a guide, which apply at once, without publication.

They are: whether a second person must approve publications, whether the guide is closed to new
visitors, and the message that they see then.
"""

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction

from rules.drafts.locks import guide_lock
from rules.models import Guide

APPROVAL_INHERITED = (
    "Comme pour un autre guide du site, publier demande l’accord d’une seconde personne."
)


class MayNotLiftApprovalError(ValueError):
    """Raised when someone who is not a superuser switches off the approval by a second person."""


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

    Raises `MayNotLiftApprovalError` if the author may not switch off the approval.
    """
    before, after = guide_lock(guide=guide), guide_lock(guide=guide)
    if not needs_approval and not may_lift_approval(before, author):
        raise MayNotLiftApprovalError
    after.needs_approval, after.closed = needs_approval, closed
    after.closing_message = closing_message
    after.clean_fields()
    after.save(update_fields=["needs_approval", "closed", "closing_message"])
    return before


def guide_inherit_approval(*, guide: Guide) -> bool:
    """Makes a new guide need approval if another guide does. Returns True if it needs approval.

    Otherwise one person could publish, as a new guide, what two people must agree on.
    """
    if not guide.needs_approval and Guide.objects.filter(needs_approval=True).exists():
        guide.needs_approval = True
        guide.save(update_fields=["needs_approval"])
    return guide.needs_approval


def may_lift_approval(guide: Guide, author: User | AnonymousUser | None) -> bool:
    """True if `author` may set that the guide needs no approval by a second person.

    Only a superuser may switch it off, because the approval is a check on the publishers. Whoever
    may not may not delete the guide either: it could be made again without the approval.
    """
    return not guide.needs_approval or (author is not None and author.is_superuser)
