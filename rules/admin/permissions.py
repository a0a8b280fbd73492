"""Who may publish, and whom other people may ask to publish."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

PUBLISH_PERMISSION = "rules.publish_guide"
MAX_PUBLISHERS_LISTED = 5
"""A page names this many people who may publish, or nobody if there are more."""


def require_publisher(request: HttpRequest, act: str) -> None:
    """Raises `PermissionDenied` if the user may not publish.

    `act` completes « Votre compte ne permet pas », for example with « de publier ce guide ».
    """
    if not request.user.has_perm(PUBLISH_PERMISSION):
        raise PermissionDenied(
            f"Votre compte ne permet pas {act}. Demandez à un responsable de publication."
        )


def publishers_to_ask(request: HttpRequest) -> list[str] | None:
    """Returns the names of people whom a user can ask to publish; None if the user may publish.

    The list is empty if nobody, or more than `MAX_PUBLISHERS_LISTED` people, can be asked.
    """
    if request.user.has_perm(PUBLISH_PERMISSION):
        return None
    holders = User.objects.with_perm(PUBLISH_PERMISSION, include_superusers=False)[
        : MAX_PUBLISHERS_LISTED + 1
    ]
    names = sorted(user.get_full_name() or user.get_username() for user in holders)
    return names if len(names) <= MAX_PUBLISHERS_LISTED else []
