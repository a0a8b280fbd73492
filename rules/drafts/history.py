"""What happened to a guide, sentence by sentence. Nothing here says who looked at what."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, QuerySet

from rules.comparison import PartChange, PartKind
from rules.models import Change, Example, Guide, Outcome, Question, Rule

Part = Guide | Question | Outcome | Rule | Example


@transaction.atomic
def changes_record(*, guide: Guide, changes: Sequence[PartChange], author: User | None) -> None:
    """What a comparison of the draft says becomes history. A renamed example keeps its own."""
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
    """One sentence about a guide or a part of its draft, that no comparison says."""
    guide = part if isinstance(part, Guide) else part.guide
    kind, key = part_name(part)
    return Change.objects.create(guide=guide, kind=kind, key=key, sentence=sentence, author=author)


def part_name(part: Part) -> tuple[str, str]:
    """Its kind and its key, as changes name it."""
    if isinstance(part, Guide):
        return PartKind.GUIDE.value, ""
    return str(part._meta.model_name), part.name if isinstance(part, Example) else part.key


def part_changes(part: Part) -> QuerySet[Change]:
    """Newest first."""
    guide = part if isinstance(part, Guide) else part.guide
    kind, key = part_name(part)
    return guide.changes.filter(kind=kind, key=key).select_related("author")


def latest_changes() -> QuerySet[Change]:
    """The last ten, of all guides."""
    return Change.objects.select_related("guide", "author")[:10]


def last_change_id(guide: Guide) -> int:
    """The id of the last change of a guide, 0 before the first."""
    return int(guide.changes.aggregate(last=Max("pk"))["last"] or 0)
