"""The drafts of guides as they were before each of the last changes."""

import json
import zlib

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from rules.document.serialising import canonical_json, document_digest
from rules.document.stored_drafts import read_stored_draft
from rules.engine.content import GuideContent
from rules.models import Guide, Snapshot, SnapshotStep
from rules.models.signed_row import sign_as

MAX_SNAPSHOTS = 200
"""How many of the last snapshots of each guide are stored."""


class SnapshotAlteredError(RuntimeError):
    """Raised when the content of a snapshot no longer matches its digest, or is no draft."""


@transaction.atomic
def snapshot_take(
    *, guide: Guide, before: GuideContent, sentence: str, author: User | None
) -> Snapshot:
    """Stores a draft of a guide as it was before a change, and removes the oldest snapshots.

    The caller has locked the guide. If the last snapshot has the same content, it gets this sentence, author
    and time instead: it was taken before any change, or unrecorded changes have put the draft back.
    """
    document = canonical_json(before)
    digest, last = document_digest(document), guide.snapshots.defer("content").first()
    if last is None or last.sha256 != digest:
        number = last.number + 1 if last else 1
        last = Snapshot(guide=guide, number=number, sha256=digest)
        last.content = zlib.compress(document.encode())
        guide.snapshots.filter(number__lte=number - MAX_SNAPSHOTS).delete()
    last.sentence, last.step, last.taken_at = sentence, SnapshotStep.CHANGE, timezone.now()
    for name, value in sign_as(author).items():
        setattr(last, name, value)
    last.save()
    return last


def snapshot_content(snapshot: Snapshot) -> GuideContent:
    """Returns the draft of a snapshot. Raises `SnapshotAlteredError` if it was altered."""
    try:
        document = zlib.decompress(snapshot.content).decode()
        if document_digest(document) != snapshot.sha256:
            raise SnapshotAlteredError(f"snapshot {snapshot.pk}")
        return read_stored_draft(json.loads(document))
    except (LookupError, TypeError, ValueError, RecursionError, zlib.error) as error:
        raise SnapshotAlteredError(f"snapshot {snapshot.pk}") from error
