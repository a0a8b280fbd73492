"""What editors do is written down in French sentences, where the guide's history shows them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest

from rules.comparison import compare_guides
from rules.drafts.content import draft_read
from rules.drafts.history import Part, change_create, changes_record
from rules.drafts.locks import guide_lock
from rules.models import Change, Guide


def log_on_guide(request: HttpRequest, guide: Guide, sentence: str) -> Change:
    """What is done to a guide as a whole."""
    return log_on_part(request, guide, sentence)


def log_on_part(request: HttpRequest, part: Part, sentence: str) -> Change:
    return change_create(part=part, sentence=sentence, author=request_author(request))


@contextmanager
def record_changes(request: HttpRequest, guide: Guide) -> Iterator[None]:
    """What changes in the draft meanwhile is written in its history. Others wait until then."""
    with transaction.atomic():
        before = draft_read(guide_lock(guide=guide))
        yield
        after = draft_read(guide_lock(guide=guide))
        changes_record(
            guide=guide, changes=compare_guides(before, after), author=request_author(request)
        )


def request_author(request: HttpRequest) -> User:
    return cast("User", request.user)  # editors are logged in
