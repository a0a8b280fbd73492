"""Removes expired diagnostics, sessions of the admin and entries of the cache.

Of the diagnostics, it stores how many there were of each kind, without any answer.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from diagnostics.models import PurgedCount, Session
from rules.publication.versions import VersionAlteredError

BATCH_SIZE = 500
"""Diagnostics removed in one transaction: small, so that visitors who answer wait only briefly."""

CountKey = tuple[int, date, str, str, str]
"""The fields that tell counts apart: version id, month, status, outcome, verdict on the result."""


def expired_purge() -> int:
    """Removes all that has expired, and returns how many diagnostics there were."""
    cache_purge()
    call_command("clearsessions")
    return sessions_purge()


def sessions_purge() -> int:
    """Removes the expired diagnostics and returns how many there were."""
    purged = 0
    while count := _purge_batch():
        purged += count
    return purged


def cache_purge() -> None:
    """Removes expired entries from the database cache, which does so itself only when it is full.

    There are none before the first start, which creates the table of the cache.
    """
    if not isinstance(caches["default"], DatabaseCache):
        return
    table_name = settings.CACHES["default"]["LOCATION"]
    if table_name in connection.introspection.table_names():
        table, expires = map(connection.ops.quote_name, (table_name, "expires"))
        with connection.cursor() as cursor:
            sql = f"DELETE FROM {table} WHERE {expires} < %s"  # noqa: S608 (both names come from the settings)
            cursor.execute(sql, [connection.ops.adapt_datetimefield_value(timezone.now())])


def _purge_batch() -> int:
    """Counts and removes up to `BATCH_SIZE` expired diagnostics, and returns how many it has read.

    What their answers led to is computed before the transaction, since a version may take seconds to
    compile. Nobody changes an expired diagnostic; if another purge has removed some, it counts them.
    """
    expired = Session.objects.filter_expired().select_related("version").defer("version__document")
    keys = {session.pk: list(_count_keys(session)) for session in expired[:BATCH_SIZE]}
    with transaction.atomic():
        rows = Session.objects.filter(pk__in=keys)
        locked = list(rows.select_for_update().values_list("pk", flat=True))
        counts = Counter(key for pk in locked for key in keys[pk])
        for (version, month, status, outcome, solved), number in counts.items():
            count, _ = PurgedCount.objects.get_or_create(
                version_id=version, month=month, status=status, outcome=outcome, solved=solved
            )
            PurgedCount.objects.filter(pk=count.pk).update(sessions=F("sessions") + number)
        rows.delete()
    return len(keys)


def _count_keys(session: Session) -> Iterator[CountKey]:
    """Yields the key of each count that a session increases by one.

    One has an empty outcome, and there is one for each conclusion.
    """
    month = timezone.localdate(session.created_at).replace(day=1)
    try:
        state = session.answered_guide.state
        status, outcomes = state.status.value, [given.outcome for given in state.outcomes]
    except VersionAlteredError:
        status, outcomes = "unknown", []
    for outcome in ["", *outcomes]:
        yield session.version_id, month, status, outcome, session.solved
