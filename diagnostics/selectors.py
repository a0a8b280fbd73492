"""Reads diagnostics, and checks whether a diagnostic may begin or go on."""

from dataclasses import dataclass
from uuid import UUID

from diagnostics.models import Session
from rules.engine.resolve import UnknownAnswerError
from rules.engine.state import Status
from rules.models import Version
from rules.publication.timeline import live_version
from rules.publication.versions import compiled_version

MAX_SESSIONS_COUNTED = 1_000
"""How many diagnostics of a version are looked at to count the unfinished ones, newest first."""


class SessionExpiredError(LookupError):
    """The diagnostic existed and has expired."""


class GuideClosedError(LookupError):
    """The guide is closed to new visitors: no diagnostic may begin."""

    def __init__(self, version: Version) -> None:
        super().__init__(version.guide.slug)
        self.version = version


def check_open(version: Version) -> None:
    """Raises `GuideClosedError` if the guide is closed."""
    if version.guide.closed:
        raise GuideClosedError(version)


def newer_version(session: Session) -> Version | None:
    """Returns the live version if it is newer than the session's version and has other content."""
    live, own = live_version(session.version.guide.slug), session.version
    is_newer = live is not None and live.number > own.number and live.sha256 != own.sha256
    return live if is_newer else None


def session_get(session_id: UUID, *, for_update: bool = False) -> Session:
    """Reads a session in one query. Raises `Session.DoesNotExist` and `SessionExpiredError`."""
    sessions = Session.objects.select_related("version__guide").defer("version__document")
    if for_update:
        sessions = sessions.select_for_update(of=("self",))
    session = sessions.get(pk=session_id)
    if session.is_expired:
        raise SessionExpiredError
    return session


def session_by_code(code: str) -> Session | None:
    """Returns the session with this code, or `None` if there is none or it has expired."""
    return Session.objects.exclude_expired().filter(code=code).only("pk").first()


def session_check_question(session_id: UUID, question: str) -> None:
    """Checks that the session exists and that its version has the question.

    Raises `Session.DoesNotExist`, `SessionExpiredError` and `UnknownAnswerError`.
    """
    if question not in session_get(session_id).answered_guide.guide.question:
        raise UnknownAnswerError(question)


@dataclass(frozen=True, slots=True)
class UnfinishedCount:
    """The number of diagnostics in progress. Unless `is_all`, there may be more than `count`."""

    count: int
    is_all: bool


def count_unfinished(version: Version) -> UnfinishedCount:
    """Counts the unfinished diagnostics among the newest `MAX_SESSIONS_COUNTED` of a version.

    Raises `VersionAlteredError`.
    """
    sessions = Session.objects.exclude_expired().filter(version=version).order_by("-updated_at")
    newest = list(sessions.values_list("answers", flat=True)[: MAX_SESSIONS_COUNTED + 1])
    compiled = compiled_version(version)
    states = [compiled.resolve(answers) for answers in newest[:MAX_SESSIONS_COUNTED]]
    count = sum(state.status is Status.IN_PROGRESS for state in states)
    return UnfinishedCount(count, is_all=len(newest) <= MAX_SESSIONS_COUNTED)
