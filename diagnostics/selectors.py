"""Reads of diagnostics."""

from dataclasses import dataclass
from uuid import UUID

from diagnostics.models import Session
from rules.engine.resolve import UnknownAnswerError
from rules.engine.state import State, Status
from rules.models import Guide, Version
from rules.publication.timeline import live_version
from rules.publication.versions import compiled_version

MAX_SESSIONS_COUNTED = 1_000
"""Diagnostics of a version that are counted, newest first: each is resolved again."""


class SessionExpiredError(LookupError):
    """The diagnostic was there, and its time is over."""


class GuideClosedError(LookupError):
    """Nobody may begin a diagnostic of this guide; `message` tells visitors why."""

    def __init__(self, guide: Guide) -> None:
        super().__init__(guide.slug)
        self.guide = guide


def check_open(version: Version) -> None:
    """Raises `GuideClosedError`."""
    if version.guide.closed:
        raise GuideClosedError(version.guide)


def newer_version(session: Session) -> Version | None:
    """The live version where it says something else than the one of the diagnostic."""
    live = live_version(session.version.guide.slug)
    own = session.version
    is_newer = live is not None and live.number > own.number and live.sha256 != own.sha256
    return live if is_newer else None


def session_get(session_id: UUID, *, for_update: bool = False) -> Session:
    """In one query. Raises `Session.DoesNotExist` and `SessionExpiredError`."""
    sessions = Session.objects.select_related("version__guide").defer("version__document")
    if for_update:
        sessions = sessions.select_for_update(of=("self",))
    session = sessions.get(pk=session_id)
    if session.is_expired:
        raise SessionExpiredError
    return session


def session_by_code(code: str) -> Session | None:
    """None where nobody has the code, or its time is over: one looks like the other."""
    return Session.objects.kept().filter(code=code).only("pk").first()


def session_check_question(session_id: UUID, question: str) -> None:
    """Raises what `answer_record` would say of its address: `Session.DoesNotExist`,
    `SessionExpiredError`, `UnknownAnswerError`.
    """
    session = session_get(session_id)
    if question not in compiled_version(session.version).guide.question:
        raise UnknownAnswerError(question)


def session_state(session: Session) -> State:
    return compiled_version(session.version).resolve(session.answers)


@dataclass(frozen=True, slots=True)
class UnfinishedCount:
    """Diagnostics in progress; at least so many where not all were looked at."""

    count: int
    is_all: bool


def count_unfinished(version: Version) -> UnfinishedCount:
    """Of the newest `MAX_SESSIONS_COUNTED`. Raises `VersionAlteredError`."""
    kept = Session.objects.kept().filter(version=version).order_by("-updated_at")
    newest = list(kept.values_list("answers", flat=True)[: MAX_SESSIONS_COUNTED + 1])
    compiled = compiled_version(version)
    states = [compiled.resolve(answers) for answers in newest[:MAX_SESSIONS_COUNTED]]
    count = sum(state.status is Status.IN_PROGRESS for state in states)
    return UnfinishedCount(count, is_all=len(newest) <= MAX_SESSIONS_COUNTED)
