"""Applies acts to drafts: what an act proposes is prepared without the lock, and written under it."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from rules.drafts.content import draft_read, draft_write
from rules.drafts.draft_limits import check_draft_size
from rules.drafts.locks import guide_lock
from rules.edits.edit import Edit
from rules.engine.content import GuideContent
from rules.models import Guide


@dataclass(frozen=True, slots=True)
class PreparedAct:
    """An edit of a draft that an act proposes."""

    before: GuideContent
    edit: Edit


class DraftChangedError(Exception):
    """Raised if someone has changed a draft since an act was prepared: it must be prepared again."""


@transaction.atomic
def act_apply(*, guide: Guide, prepared: PreparedAct, author: User | None) -> None:
    """Writes the edit of an act to the draft of a guide, and adds it to the history.

    Raises `DraftChangedError`, `LimitExceededError` or `Guide.DoesNotExist`, and then writes nothing.
    """
    guide = guide_lock(guide=guide)
    if draft_read(guide) != prepared.before:
        raise DraftChangedError
    check_draft_size(prepared.before, prepared.edit.content)
    draft_write(guide=guide, content=prepared.edit.content, before=prepared.before, author=author)
