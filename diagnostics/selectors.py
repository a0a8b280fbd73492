"""Reads of diagnostics."""

from uuid import UUID

from diagnostics.models import Session
from rules.engine.resolve import UnknownAnswerError
from rules.engine.state import State
from rules.runtime import compiled_version


class SessionExpiredError(LookupError):
    """The diagnostic was there, and its time is over."""


def session_get(session_id: UUID, *, for_update: bool = False) -> Session:
    """In one query. Raises `Session.DoesNotExist` and `SessionExpiredError`."""
    sessions = Session.objects.select_related("version__guide").defer("version__document")
    if for_update:
        sessions = sessions.select_for_update(of=("self",))
    session = sessions.get(pk=session_id)
    if session.is_expired:
        raise SessionExpiredError
    return session


def session_check_question(session_id: UUID, question: str) -> None:
    """Raises what `answer_record` would say of its address: `Session.DoesNotExist`,
    `SessionExpiredError`, `UnknownAnswerError`.
    """
    session = session_get(session_id)
    if question not in compiled_version(session.version).guide.question:
        raise UnknownAnswerError(question)


def session_state(session: Session) -> State:
    return compiled_version(session.version).resolve(session.answers)
