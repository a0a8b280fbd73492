"""The history of a guide: each change by an editor is added to it as a French sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Unpack, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest

from rules.drafts.content import draft_read
from rules.drafts.draft_limits import check_draft_size
from rules.drafts.history import Part, change_create, changes_record
from rules.drafts.locks import guide_lock
from rules.engine.content import GuideContent
from rules.models import Change, ChangeMeaning, Guide, PublicationRequest, Snapshot


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
    warn_of_outdated_request(request, edit.snapshot)


def warn_of_outdated_request(request: HttpRequest, snapshot: Snapshot | None) -> None:
    """Adds a message if a publication was requested of the draft before a change.

    `snapshot` was taken before this change; it is None if nothing has changed.
    """
    outdated = snapshot and find_outdated_request(snapshot.guide, snapshot.sha256)
    if outdated is None:
        return
    name = outdated.author_name
    is_own = outdated.author_id == request.user.pk
    whose = "votre demande de publication" if is_own else f"la publication demandée par {name}"
    sentence = f"Le brouillon a changé\u00a0: {whose} ne vaut plus, elle est à refaire."
    messages.warning(request, sentence)


def find_outdated_request(guide: Guide, digest: str) -> PublicationRequest | None:
    """Returns the request to publish a draft with this digest, which a change of the draft outdates."""
    return PublicationRequest.objects.filter(guide=guide, sha256=digest).first()


def _example_row_ids(guide: Guide) -> list[int]:
    return list(guide.examples.values_list("pk", flat=True))


def request_author(request: HttpRequest) -> User:
    return cast("User", request.user)  # editors are logged in
