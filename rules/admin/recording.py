"""The history of a guide: each change by an editor is added to it as a French sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Unpack, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest

from rules.drafts.content import draft_read
from rules.drafts.draft_limits import check_draft_size
from rules.drafts.history import Part, change_create, changes_record
from rules.drafts.locks import guide_lock
from rules.engine.content import GuideContent
from rules.models import Change, ChangeMeaning, Guide, Snapshot


@dataclass(slots=True)
class DraftEdit:
    """A draft before and after a `with` block of `record_changes` that changes it."""

    before: GuideContent
    after: GuideContent
    """The draft at the end of the block. Within the block, it is still the draft before it."""
    snapshot: Snapshot | None = None
    """The draft before the block, as it is stored at its end; None if the block has changed nothing."""


def log_sentence(
    request: HttpRequest, part: Part, sentence: str, **meaning: Unpack[ChangeMeaning]
) -> Change:
    """Adds a sentence to the history of `part`: a guide as a whole, or one part of its draft."""
    author = request_author(request)
    return change_create(part=part, sentence=sentence, author=author, **meaning)


@contextmanager
def record_changes(request: HttpRequest, guide: Guide) -> Iterator[DraftEdit]:
    """Adds to the history how the draft differs after the `with` block from the draft before it.

    The block runs in a transaction that holds the lock of the guide. What can wait, such as a
    proof, comes after the block. Raises `Guide.DoesNotExist` if someone deletes the guide meanwhile,
    `LimitExceededError` if the draft becomes larger than a document may be.
    """
    with transaction.atomic():
        draft = draft_read(guide_lock(guide=guide))
        edit = DraftEdit(before=draft, after=draft)
        row_ids_before = _example_row_ids(guide)
        yield edit
        edit.after = draft_read(guide_lock(guide=guide))
        check_draft_size(edit.before, edit.after)
        edit.snapshot = changes_record(
            guide=guide,
            before=edit.before,
            after=edit.after,
            author=request_author(request),
            row_ids=(row_ids_before, _example_row_ids(guide)),
        )


def _example_row_ids(guide: Guide) -> list[int]:
    return list(guide.examples.values_list("pk", flat=True))


def request_author(request: HttpRequest) -> User:
    return cast("User", request.user)  # editors are logged in
