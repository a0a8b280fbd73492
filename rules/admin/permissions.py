"""Who may publish, and whom the others may ask to."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

PUBLISH_PERMISSION = "rules.publish_guide"


NAMED = 5
"""Of more who may publish, no list is made."""


def require_publisher(request: HttpRequest, act: str) -> None:
    """`act` follows « ne permet pas »."""
    if not request.user.has_perm(PUBLISH_PERMISSION):
        raise PermissionDenied(
            f"Votre compte ne permet pas {act}. Demandez à un responsable de publication."
        )


def publishers_to_ask(request: HttpRequest) -> list[str] | None:
    """Names, if they are few, for who may not publish; None for who may."""
    if request.user.has_perm(PUBLISH_PERMISSION):
        return None
    holders = User.objects.with_perm(PUBLISH_PERMISSION, include_superusers=False)[: NAMED + 1]
    names = sorted(each.get_full_name() or each.get_username() for each in holders)
    return names if len(names) <= NAMED else []
