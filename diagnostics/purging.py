"""Removes expired diagnostics with their comments. What is kept are counts, which no longer tell
of one visitor.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from diagnostics.models import PurgedCount, Session
from diagnostics.selectors import session_state
from rules.publication.versions import VersionAlteredError

BATCH = 500
"""Diagnostics in one transaction: visitors who write meanwhile do not wait for long."""

Key = tuple[int, date, str, str, str]
"""Version, month, status, outcome, and whether it helped."""


def sessions_purge() -> int:
    """How many were removed."""
    purged = 0
    while batch := _purge_batch():
        purged += batch
    return purged


@transaction.atomic
def _purge_batch() -> int:
    expired = Session.objects.expired().select_related("version").defer("version__document")
    sessions = list(expired.select_for_update(of=("self",))[:BATCH])
    for key, number in Counter(_keys(sessions)).items():
        _add(key, number)
    Session.objects.filter(pk__in=[session.pk for session in sessions]).delete()
    return len(sessions)


def _keys(sessions: Iterable[Session]) -> Iterator[Key]:
    """Each session counts once by its status, and once for each of its conclusions."""
    for session in sessions:
        month = timezone.localdate(session.created_at).replace(day=1)
        status, outcomes = _end(session)
        for outcome in ["", *outcomes]:
            yield session.version_id, month, status, outcome, session.solved


def _end(session: Session) -> tuple[str, list[str]]:
    """Status and outcomes. What a version cannot tell any more does not keep answers alive."""
    try:
        state = session_state(session)
    except VersionAlteredError:
        return "unknown", []
    return state.status.value, [given.outcome for given in state.outcomes]


def _add(key: Key, number: int) -> None:
    version, month, status, outcome, solved = key
    count, _ = PurgedCount.objects.get_or_create(
        version_id=version, month=month, status=status, outcome=outcome, solved=solved
    )
    PurgedCount.objects.filter(pk=count.pk).update(sessions=F("sessions") + number)
