"""*Résolu ?*: what a visitor says of the result, with a comment that tells of nobody."""

import unicodedata
from uuid import UUID

from django.db import transaction

from diagnostics.models import COMMENT_LENGTH, Session, Verdict
from diagnostics.personal_data import find_personal_data
from diagnostics.selectors import session_get, session_state
from diagnostics.services import NotAskedError
from rules.engine.state import Status

TOO_LONG = "too_long"


class UnknownVerdictError(ValueError):
    """Neither yes, nor no, nor not yet."""


def check_has_result(session: Session) -> None:
    """Raises `NotAskedError` where there is no result yet that could have helped."""
    state = session_state(session)
    if state.status is Status.IN_PROGRESS:
        raise NotAskedError(state.question)


@transaction.atomic
def verdict_record(*, session_id: UUID, solved: str, comment: str) -> str:
    """Why the comment is dropped: a kind of `Personal`, `TOO_LONG`, or empty where it is kept.

    Said again, it is changed. The diagnostic expires as it did: that counts from its last answer.
    Raises `Session.DoesNotExist`, `SessionExpiredError`, `NotAskedError`, `UnknownVerdictError`.
    """
    session = session_get(session_id, for_update=True)
    check_has_result(session)
    if not solved or solved not in Verdict:
        raise UnknownVerdictError
    kept = _readable(comment)
    dropped = _why_dropped(kept)
    session.solved, session.comment = Verdict(solved), "" if dropped else kept
    session.save(update_fields=["solved", "comment"])
    return dropped


def _why_dropped(comment: str) -> str:
    if len(comment) > COMMENT_LENGTH:
        return TOO_LONG
    return find_personal_data(comment) or ""


def _readable(text: str) -> str:
    """Without the characters that nobody sees, some of which no database keeps."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_seen(character) for character in lines).strip()


def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":  # NUL, tabs
        return character if character == "\n" else " "
    return "" if category in {"Cf", "Cs"} else character
