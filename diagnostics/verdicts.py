"""*Résolu ?*: a visitor's verdict on the result, with a comment that names nobody."""

import unicodedata
from uuid import UUID

from django.db import transaction

from diagnostics.models import COMMENT_LENGTH, Session, Verdict
from diagnostics.personal_data import kind_of_personal_data
from diagnostics.selectors import session_get, session_state
from diagnostics.services import QuestionNotAskedError
from rules.engine.state import Status

TOO_LONG = "too_long"


class UnknownVerdictError(ValueError):
    """The verdict is neither yes, nor no, nor not yet."""


def check_has_result(session: Session) -> None:
    """Raises `QuestionNotAskedError` if the diagnostic has no result yet that could have helped."""
    state = session_state(session)
    if state.status is Status.IN_PROGRESS:
        raise QuestionNotAskedError(state.question)


@transaction.atomic
def verdict_record(*, session_id: UUID, solved: str, comment: str) -> str:
    """Stores the verdict, and the comment unless there is a reason to drop it, which it returns.

    The reason is a `PersonalDataKind` or `TOO_LONG`, or empty if the comment is stored. A new verdict
    replaces the one before. The date on which the diagnostic expires stays: it counts from the
    last answer. Raises `Session.DoesNotExist`, `SessionExpiredError`, `QuestionNotAskedError` and
    `UnknownVerdictError`.
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
    """Returns the text without the characters that nobody sees: databases refuse some of them."""
    readable = ""
    for character in text.replace("\r\n", "\n").replace("\r", "\n"):
        category = unicodedata.category(character)
        if category == "Cc" and character != "\n":  # NUL, tabs
            readable += " "
        elif category not in {"Cf", "Cs"}:
            readable += character
    return readable.strip()
