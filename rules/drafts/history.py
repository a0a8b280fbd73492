"""The history of guides: sentences that say who changed what."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, QuerySet

from rules.comparison import PartChange, PartKind
from rules.models import Change, Example, Guide, Outcome, Question, Rule

Part = Guide | Question | Outcome | Rule | Example

LATEST_CHANGES_LISTED = 10
"""The number of changes that the first page of the admin lists."""


@transaction.atomic
def changes_record(*, guide: Guide, changes: Sequence[PartChange], author: User | None) -> None:
    """Adds the changes that a comparison found to the history of a guide.

    The history of an example is stored under its name. If the example was renamed, its earlier
    history moves to the new name.
    """
    for change in changes:
        if change.kind is PartKind.EXAMPLE and change.former not in ("", change.key):
            earlier = Change.objects.filter(guide=guide, kind=change.kind, key=change.former)
            earlier.update(key=change.key)
    Change.objects.bulk_create(
        Change(
            guide=guide,
            kind=change.kind.value,
            key=change.key,
            sentence=sentence.with_changed_words,
            author=author,
        )
        for change in changes
        for sentence in change.sentences
    )


def change_create(*, part: Part, sentence: str, author: User | None) -> Change:
    """Adds `sentence` to the history of a guide or of one of its parts."""
    guide, kind, key = _guide_kind_and_key(part)
    return Change.objects.create(guide=guide, kind=kind, key=key, sentence=sentence, author=author)


def part_changes(part: Part) -> QuerySet[Change]:
    """Returns the history of a part, the newest change first.

    If `part` is a guide, these are the changes of the guide as a whole, without those of its parts.
    """
    guide, kind, key = _guide_kind_and_key(part)
    return guide.changes.filter(kind=kind, key=key).select_related("author")


def latest_changes() -> QuerySet[Change]:
    """Returns the latest changes of all guides, the newest first."""
    return Change.objects.select_related("guide", "author")[:LATEST_CHANGES_LISTED]


def last_change_id(guide: Guide) -> int:
    """Returns the id of the last change of a guide, 0 if there is none."""
    return int(guide.changes.aggregate(last=Max("pk"))["last"] or 0)


def _guide_kind_and_key(part: Part) -> tuple[Guide, str, str]:
    """Returns the guide of a part, and the kind and the key by which changes name the part."""
    if isinstance(part, Guide):
        return part, PartKind.GUIDE.value, ""
    key = part.name if isinstance(part, Example) else part.key
    return part.guide, str(part._meta.model_name), key
