"""Who may open the pages about guides, and whom other people may ask to publish."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest

from rules.models.signed_row import account_name

Row = TypeVar("Row", bound=Model)

VIEW_PERMISSION = "rules.view_guide"
CHANGE_PERMISSION = "rules.change_guide"
ADD_PERMISSION = "rules.add_guide"
PUBLISH_PERMISSION = "rules.publish_guide"
REQUEST_LABEL = "Demander la publication"
"""The label and the title of *Publier* for editors who may not publish."""
MAX_PUBLISHERS_LISTED = 5
"""A page names this many people who may publish, or nobody if there are more."""


def require_permissions(request: HttpRequest, permissions: Iterable[str], act: str = "") -> None:
    """Raises `PermissionDenied` unless the user has all these permissions.

    The permission to change guides includes the permission to see them. `act` is what a page for
    publishers does, such as « de publier ce guide ». Its refusal is then a sentence:
    « Votre compte ne permet pas de publier ce guide. Demandez à un responsable de publication. »
    """
    refusal = f"Votre compte ne permet pas {act}. Demandez à un responsable de publication."
    for permission in permissions:
        is_granted = request.user.has_perm(permission) or (
            permission == VIEW_PERMISSION and request.user.has_perm(CHANGE_PERMISSION)
        )
        if not is_granted:
            raise PermissionDenied(refusal if act else "")


def publish_label(request: HttpRequest) -> str:
    """Returns the label of the link to *Publier*; empty for a user who cannot open that page."""
    if request.user.has_perm(PUBLISH_PERMISSION):
        return "Publier"
    return REQUEST_LABEL if request.user.has_perm(CHANGE_PERMISSION) else ""


def get_permitted_row(
    model_admin: ModelAdmin[Row],
    request: HttpRequest,
    object_id: str,
    has_permission: Callable[[HttpRequest, Row | None], bool],
) -> Row | None:
    """Returns the row of a page of Django's admin; None if it was deleted.

    Raises `PermissionDenied` unless the user has the permission, also if the row was deleted.
    """
    row = model_admin.get_object(request, unquote(object_id))
    if not has_permission(request, row):
        raise PermissionDenied
    return row


def publishers_to_ask(request: HttpRequest) -> list[str] | None:
    """Returns the names of people whom a user can ask to publish; None if the user may publish.

    The list is empty if nobody, or more than `MAX_PUBLISHERS_LISTED` people, can be asked.
    """
    if request.user.has_perm(PUBLISH_PERMISSION):
        return None
    holders = User.objects.with_perm(PUBLISH_PERMISSION, include_superusers=False)[
        : MAX_PUBLISHERS_LISTED + 1
    ]
    names = sorted(account_name(user) for user in holders)
    return names if len(names) <= MAX_PUBLISHERS_LISTED else []
