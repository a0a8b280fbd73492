"""The history of guides: sentences that say who changed what."""

from collections.abc import Mapping, Sequence
from typing import Unpack

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, QuerySet

from rules.comparison import (
    PartChange,
    PartKind,
    RowIdsOfExamples,
    compare_guides,
    example_keys,
    pair_examples,
)
from rules.drafts.snapshots import snapshot_take
from rules.engine.content import GuideContent
from rules.models import (
    Change,
    ChangeEvent,
    ChangeMeaning,
    Example,
    Guide,
    Outcome,
    Question,
    Rule,
    Snapshot,
)
from rules.models.signed_row import sign_as

Part = Guide | Question | Outcome | Rule | Example

LATEST_CHANGES_LISTED = 10
"""The number of changes that the first page of the admin lists."""


@transaction.atomic
def changes_record(
    *,
    guide: Guide,
    before: GuideContent,
    after: GuideContent,
    author: User | None,
    row_ids: RowIdsOfExamples | None = None,
    sentence: str = "",
) -> Snapshot | None:
    """Adds the differences between two drafts of a guide to its history.

    Returns a snapshot of the draft before, or None if both are the same. `sentence` says what was
    changed; without it, the first of the differences does.
    The history of an example is stored under the key that `example_keys` gives it. If this key has
    changed, because the example or another one of its name was renamed or removed, the earlier
    history moves to the new key. `row_ids` are known unless the draft was replaced as a whole.
    """
    paired, _ = pair_examples(before.examples, after.examples, row_ids)
    former_keys = example_keys(example.name for example in before.examples)
    _move_example_histories(guide, dict(zip(former_keys, paired, strict=True)))
    if before == after:
        return None
    changes = compare_guides(before, after, row_ids)
    sentence = sentence or summarize_changes(changes)
    snapshot = snapshot_take(guide=guide, before=before, sentence=sentence, author=author)
    Change.objects.bulk_create(
        Change(
            guide=guide,
            kind=change.kind.value,
            key=change.key,
            sentence=said.with_changed_words,
            event=ChangeEvent.DRAFT,
            snapshot=snapshot,
            **sign_as(author),
        )
        for change in changes
        for said in change.sentences
    )
    return snapshot


def summarize_changes(changes: Sequence[PartChange]) -> str:
    """Returns the first sentence about the differences between two drafts, and how many others there are."""
    sentences = [sentence.standalone for change in changes for sentence in change.sentences]
    if not sentences:
        return "Le brouillon change."
    if others := len(sentences) - 1:
        return f"{sentences[0]} Et {others} autre{'s' * (others > 1)} modification{'s' * (others > 1)}."
    return sentences[0]


def _move_example_histories(guide: Guide, key_of_former: Mapping[str, str]) -> None:
    """Moves the histories of examples to other keys.

    If a new key has the history of an example that was removed long ago, this history moves to the
    key that is free now, so that moves in the other direction put everything back.
    """
    moves = {former: key for former, key in key_of_former.items() if former != key}
    for first in [former for former in moves if former not in moves.values()]:
        last = first
        while last in moves:
            last = moves[last]
        moves[last] = first
    if moves:
        changes = list(guide.changes.filter(kind=PartKind.EXAMPLE, key__in=moves))
        for change in changes:
            change.key = moves[change.key]
        Change.objects.bulk_update(changes, ["key"])


def change_create(
    *,
    part: Part,
    sentence: str,
    author: User | None,
    snapshot: Snapshot | None = None,
    **meaning: Unpack[ChangeMeaning],
) -> Change:
    """Adds `sentence` to the history of a guide or of one of its parts.

    `snapshot` is the draft as it was before what the sentence says.
    """
    guide, kind, key = _guide_kind_and_key(part)
    return Change.objects.create(
        guide=guide,
        kind=kind,
        key=key,
        sentence=sentence,
        snapshot=snapshot,
        **sign_as(author),
        **meaning,
    )


def part_changes(part: Part) -> QuerySet[Change]:
    """Returns the history of a part, the newest change first.

    If `part` is a guide, these are the changes of the guide as a whole, without those of its parts.
    """
    guide, kind, key = _guide_kind_and_key(part)
    return guide.changes.filter(kind=kind, key=key)


def latest_changes() -> QuerySet[Change]:
    """Returns the latest changes of all guides, the newest first."""
    return Change.objects.select_related("guide")[:LATEST_CHANGES_LISTED]


def last_change_id(guide: Guide) -> int:
    """Returns the id of the last change of a guide, 0 if there is none."""
    return int(guide.changes.aggregate(last=Max("pk"))["last"] or 0)


def _guide_kind_and_key(part: Part) -> tuple[Guide, str, str]:
    """Returns the guide of a part, and the kind and the key by which changes name the part."""
    if isinstance(part, Guide):
        return part, PartKind.GUIDE.value, ""
    kind = str(part._meta.model_name)
    if isinstance(part, Example):  # perhaps one that someone has just deleted
        return part.guide, kind, example_keys_by_id(part.guide).get(part.pk, part.name)
    return part.guide, kind, part.key


def example_keys_by_id(guide: Guide) -> dict[int, str]:
    """Returns the key of each example of a draft under which its history is stored."""
    rows = list(guide.examples.values_list("pk", "name"))
    keys = example_keys(name for _, name in rows)
    return {pk: key for (pk, _), key in zip(rows, keys, strict=True)}
