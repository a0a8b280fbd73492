"""Stores the verdict on a result, i.e. the visitor's answer to *Résolu ?*, and a comment.

A comment is not stored if it is too long or contains personal data that can be recognised.
"""

import unicodedata
from uuid import UUID

from django.db import transaction

from diagnostics.answered_guide import QuestionNotAskedError
from diagnostics.models import COMMENT_LENGTH, Session, Verdict
from diagnostics.personal_data import kind_of_personal_data
from diagnostics.selectors import session_get
from rules.engine.state import Status

TOO_LONG = "too_long"


class UnknownVerdictError(ValueError):
    """The verdict is empty or is no value of `Verdict`."""


def check_has_result(session: Session) -> None:
    """Raises `QuestionNotAskedError` if the diagnostic still asks a question, so has no result yet."""
    state = session.answered_guide.state
    if state.status is Status.IN_PROGRESS:
        raise QuestionNotAskedError(state.question)


@transaction.atomic
def verdict_record(*, session_id: UUID, solved: str, comment: str) -> str:
    """Stores a verdict in place of the previous one, and returns why its comment was not stored.

    The reason is a `PersonalDataKind` or `TOO_LONG`, or empty if the comment was stored. A verdict
    does not change when the diagnostic expires, which depends on the last answer. Raises
    `Session.DoesNotExist`, `SessionExpiredError`, `QuestionNotAskedError` and `UnknownVerdictError`.
    """
    session = session_get(session_id, for_update=True)
    check_has_result(session)
    if not solved or solved not in Verdict:
        raise UnknownVerdictError
    readable = _without_invisible_characters(comment)
    reason = TOO_LONG if len(readable) > COMMENT_LENGTH else kind_of_personal_data(readable) or ""
    session.solved, session.comment = Verdict(solved), "" if reason else readable
    session.save(update_fields=["solved", "comment"])
    return reason


def _without_invisible_characters(text: str) -> str:
    """Returns the text without invisible characters, some of which a database refuses.

    Line breaks stay. Other control characters become spaces, and the text is stripped.
    """
    readable = ""
    for character in text.replace("\r\n", "\n").replace("\r", "\n"):
        category = unicodedata.category(character)
        if category == "Cc" and character != "\n":  # such as NUL and tabs
            readable += " "
        elif category not in {"Cf", "Cs"}:
            readable += character
    return readable.strip()
