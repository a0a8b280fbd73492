"""Writes to diagnostics. Only answers are stored; where a diagnostic stands is recomputed."""

import secrets
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from diagnostics.models import CODE_ALPHABET, CODE_LENGTH, Session
from diagnostics.selectors import session_get
from rules.engine.guide import Answers, Guide, Scope
from rules.engine.resolve import UnknownAnswerError, check_answers
from rules.models import Version
from rules.runtime import compiled_version


class NotAskedError(ValueError):
    """An answer to a question that is neither on the path nor the one being asked."""

    def __init__(self, asked: str | None) -> None:
        super().__init__(asked)
        self.asked = asked


def session_create(*, version: Version, answers: Answers) -> Session:
    """Raises `UnknownAnswerError`."""
    check_answers(compiled_version(version).guide, answers)
    created = False
    while not created:  # until a code is drawn that nobody has
        session, created = Session.objects.get_or_create(
            code=_new_code(), defaults={"version": version, "answers": dict(answers)}
        )
    return session


@transaction.atomic
def answer_record(*, session_id: UUID, question: str, choice: str) -> Session:
    """One read, one write; the row is locked between, so that no answer is lost.

    The same answer again writes nothing. Raises `Session.DoesNotExist`, `SessionExpiredError`,
    `UnknownAnswerError`, `NotAskedError`.
    """
    session = session_get(session_id, for_update=True)
    compiled = compiled_version(session.version)
    check_answers(compiled.guide, {question: choice})
    state = compiled.resolve(session.answers)
    if question != state.question and question not in dict(state.answers):
        raise NotAskedError(state.question)
    if session.answers.get(question) == choice:
        return session
    return _save(session, session.answers | {question: choice})


@transaction.atomic
def answer_withdraw(*, session_id: UUID, question: str) -> Session:
    """Withdraws an answer if there is one. Raises as `answer_record`, but never `NotAskedError`."""
    session = session_get(session_id, for_update=True)
    if question not in compiled_version(session.version).guide.question:
        raise UnknownAnswerError(question)
    if question not in session.answers:
        return session
    return _save(session, {key: c for key, c in session.answers.items() if key != question})


def session_for_another_pupil(*, session: Session, version: Version) -> Session:
    """A new diagnostic on `version` that keeps the answers about the school, where it knows them."""
    kept = school_answers(compiled_version(version).guide, session.answers)
    return session_create(version=version, answers=kept)


def school_answers(guide: Guide, answers: Answers) -> Answers:
    """Those of `answers` that hold for every pupil of the school, where `guide` knows them."""
    return {
        question.key: answers[question.key]
        for question in guide.questions
        if question.scope is Scope.SCHOOL
        and answers.get(question.key) in {choice.key for choice in question.choices}
    }


def _save(session: Session, answers: dict[str, str]) -> Session:
    session.answers, session.updated_at = answers, timezone.now()
    session.save(update_fields=["answers", "updated_at"])
    return session


def _new_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
