"""Undoes changes of drafts, does them again, and sets drafts back, all from snapshots."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime

from rules.document.limits import RESERVED_SLUGS
from rules.drafts.content import draft_read, draft_write, find_readable_draft
from rules.drafts.draft_limits import check_draft_size
from rules.drafts.history import change_create
from rules.drafts.locks import guide_lock
from rules.drafts.snapshots import snapshot_content, snapshot_take
from rules.edits.merge import merge_contents
from rules.engine.content import GuideContent
from rules.models import Change, ChangeEvent, Guide, Snapshot, SnapshotStep

FIRST_SENTENCE = "Le brouillon est gardé tel qu’il est\u00a0: on pourra y revenir."


class UndoRefusedError(Exception):
    """Raised if a change cannot be undone, because the same parts were changed since.

    `changes` says what was changed, the latest first, as far as the history knows.
    """

    def __init__(self, changes: Sequence[Change]) -> None:
        super().__init__()
        self.changes = changes


@transaction.atomic
def draft_undo(*, snapshot: Snapshot, author: User | None) -> Snapshot | None:
    """Undoes the change before which a snapshot was taken; what was changed since in other parts stays.

    If this change was itself an undo, what it undid is done again. Returns the snapshot of this change, or None if there is
    nothing left to undo. Raises `UndoRefusedError`, `LimitExceededError`, `SnapshotAlteredError` or
    `Guide.DoesNotExist`, and then writes nothing.
    """
    guide = guide_lock(guide=snapshot.guide)
    content = _merge_since(guide, snapshot)
    step = SnapshotStep.REDO if snapshot.step == SnapshotStep.UNDO else SnapshotStep.UNDO
    named = Snapshot(sentence=snapshot.sentence, step=step)
    undone = _replace_draft(guide, content, author, named.full_sentence)
    if undone:
        undone.sentence, undone.step = named.sentence, named.step
        undone.save(update_fields=["sentence", "step"])
    return undone


@transaction.atomic
def draft_revert(*, snapshot: Snapshot, author: User | None) -> Snapshot | None:
    """Sets a draft back to what it was when a snapshot was taken.

    Returns the snapshot of this change, or None if the draft is the same. Raises
    `SnapshotAlteredError` or `Guide.DoesNotExist`, and then writes nothing.
    """
    guide = guide_lock(guide=snapshot.guide)
    day, time = (date_format(localtime(snapshot.taken_at), form) for form in ("j F Y", "H:i:s"))
    sentence = f"Retour du brouillon à ce qu’il était le {day} à {time}."
    return _replace_draft(guide, snapshot_content(snapshot), author, sentence)


def first_snapshots_take() -> None:
    """Takes a snapshot of each draft of which there is none: guides may be older than snapshots."""
    for guide in Guide.objects.filter(snapshots=None, changes__isnull=False).distinct():
        with transaction.atomic():
            draft = find_readable_draft(guide_lock(guide=guide))
            if draft and not guide.snapshots.exists():
                first = snapshot_take(
                    guide=guide, before=draft, sentence=FIRST_SENTENCE, author=None
                )
                change_create(part=guide, sentence=FIRST_SENTENCE, author=None, snapshot=first)


def _merge_since(guide: Guide, snapshot: Snapshot) -> GuideContent:
    """Returns the draft of a guide without the change before which a snapshot was taken."""
    before, later = snapshot_content(snapshot), guide.snapshots.filter(number__gt=snapshot.number)
    first = later.last()
    if first is None:
        return before
    # A worker of an earlier release takes no snapshots: what it has changed cannot be told apart.
    unknown = guide.changes.filter(snapshot=None, event=ChangeEvent.DRAFT, at__gt=snapshot.taken_at)
    if unknown:
        raise UndoRefusedError([*unknown])
    merge = merge_contents(snapshot_content(first), before, draft_read(guide))
    if not merge.conflicts:
        return merge.content
    changes = [*guide.changes.filter(snapshot__in=later)]
    parts = {(conflict.kind.value, conflict.key) for conflict in merge.conflicts}
    in_conflict = [change for change in changes if (change.kind, change.key) in parts]
    raise UndoRefusedError(in_conflict or changes)


def _replace_draft(
    guide: Guide, content: GuideContent, author: User | None, sentence: str
) -> Snapshot | None:
    """Replaces a draft by a content of earlier, with its slug if this may still change."""
    before = find_readable_draft(guide)
    is_taken = Guide.objects.filter(slug=content.slug).exists() or content.slug in RESERVED_SLUGS
    if not is_taken and not guide.versions.exists():
        guide.slug = content.slug
        guide.save(update_fields=["slug"])
    content = replace(content, slug=guide.slug)
    if before == content:
        return None
    if before:
        check_draft_size(before, content)
    return draft_write(
        guide=guide,
        content=content,
        before=before,
        author=author,
        sentence=sentence,
        event=ChangeEvent.DRAFT,
    )
