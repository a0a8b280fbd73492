"""Who may open the pages about guides, and whom other people may ask to publish."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

VIEW_PERMISSION = "rules.view_guide"
CHANGE_PERMISSION = "rules.change_guide"
ADD_PERMISSION = "rules.add_guide"
PUBLISH_PERMISSION = "rules.publish_guide"
MAX_PUBLISHERS_LISTED = 5
"""A page names this many people who may publish, or nobody if there are more."""


def require_permissions(request: HttpRequest, permissions: Iterable[str], act: str = "") -> None:
    """Raises `PermissionDenied` unless the user has all these permissions.

    People who may change guides may also see them. `act` completes « Votre compte ne permet pas » if
    only people who publish may do it, for example with « de publier ce guide ».
    """
    refusal = f"Votre compte ne permet pas {act}. Demandez à un responsable de publication."
    for permission in permissions:
        sufficient = {permission}
        if permission == VIEW_PERMISSION:
            sufficient.add(CHANGE_PERMISSION)
        if not any(map(request.user.has_perm, sufficient)):
            raise PermissionDenied(refusal if act else "")


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
