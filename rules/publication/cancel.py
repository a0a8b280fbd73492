"""Cancels the scheduling of a version: it never goes live. Nothing is published."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from rules.drafts.history import change_create
from rules.drafts.locks import guide_lock
from rules.models import Cancellation, Version
from rules.models.signed_row import sign_as
from rules.publication.timeline import Stage, TimelineEntry, moment_label

LAST_MOMENT = timedelta(seconds=5)
"""How long before its date a version can still be cancelled. To store a cancellation takes less time,
so no visitor meets a version that is cancelled."""
_TOO_LATE = (
    "La version {} sera en ligne dans quelques secondes, le {}\u00a0: sa programmation ne peut plus être "
    "annulée. Pour la retirer, revenez ensuite à une version précédente."
)
_REASONS_NOT_TO_CANCEL = {
    Stage.LIVE: (
        "La version {} est en ligne depuis le {}\u00a0: sa programmation ne peut plus être annulée. "
        "Pour la retirer, revenez à une version précédente."
    ),
    Stage.OLD: "La version {} a été en ligne dès le {}\u00a0: il n’y a plus rien à annuler.",
    Stage.SUPERSEDED: (
        "La version {}, qui était programmée pour le {}, ne sera jamais en ligne\u00a0: il n’y a rien "
        "à annuler."
    ),
    Stage.CANCELLED: "La programmation de la version {}, prévue pour le {}, est déjà annulée.",
}


class NotScheduledError(ValueError):
    """Raised when a version cannot be cancelled. The message is a French sentence that says why."""


def reason_not_to_cancel(entry: TimelineEntry) -> str:
    """Returns why the scheduling of a version cannot be cancelled; empty if it can."""
    reason, version = _REASONS_NOT_TO_CANCEL.get(entry.stage, ""), entry.version
    if entry.stage is Stage.SCHEDULED and version.published_at - timezone.now() < LAST_MOMENT:
        reason = _TOO_LATE
    return reason.format(version.number, moment_label(version.published_at))


@transaction.atomic
def version_cancel(*, version: Version, author: User | None = None) -> str:
    """Cancels the scheduling of a version, and returns the sentence of the history that says so.

    Raises `NotScheduledError` if the version is or was live, will never be, or will be in seconds.
    """
    version.guide = guide_lock(guide=version.guide)
    if refusal := reason_not_to_cancel(TimelineEntry(version)):
        raise NotScheduledError(refusal)
    Cancellation.objects.create(version=version, **sign_as(author))
    date = moment_label(version.published_at)
    sentence = (
        f"La programmation de la version {version.number}, prévue pour le {date}, est annulée."
    )
    change_create(part=version.guide, sentence=sentence, author=author)
    return sentence
