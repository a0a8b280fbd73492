"""Writes to diagnostics. Only answers are stored; where a diagnostic stands is recomputed."""

import secrets
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from diagnostics.models import CODE_ALPHABET, CODE_LENGTH, Session, Verdict
from diagnostics.selectors import check_open, session_get
from rules.engine.content import Answers, GuideContent, QuestionContent, Scope
from rules.engine.resolve import UnknownAnswerError, check_answers, known_answers
from rules.engine.state import State
from rules.models import Version
from rules.publication.versions import compiled_version


class NotAskedError(ValueError):
    """An answer to a question that is neither on the path nor the one being asked."""

    def __init__(self, asked: str | None) -> None:
        super().__init__(asked)
        self.asked = asked


def session_create(*, version: Version, answers: Answers) -> Session:
    """Raises `GuideClosedError` and `UnknownAnswerError`."""
    check_open(version)
    check_answers(compiled_version(version).guide, answers)
    created = False
    while not created:  # until a code is drawn that nobody has
        session, created = Session.objects.get_or_create(
            code=_new_code(), defaults={"version": version, "answers": dict(answers)}
        )
    return session


@transaction.atomic
def answer_record(
    *, session_id: UUID, question: str, choice: str, out_of_turn: bool = False
) -> Session:
    """One read, one write; the row is locked between, so that no answer is lost.

    The same answer again writes nothing. Raises `Session.DoesNotExist`, `SessionExpiredError`,
    `UnknownAnswerError`, and `NotAskedError` unless answers `out_of_turn` are taken: they count
    once their question is asked.
    """
    session = session_get(session_id, for_update=True)
    compiled = compiled_version(session.version)
    check_answers(compiled.guide, {question: choice})
    if not out_of_turn:
        _check_asked(compiled.resolve(session.answers), question)
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


def session_carry_over(*, session: Session, version: Version) -> Session:
    """A new diagnostic on `version`, with the answers to what it asks in the same words."""
    old, new = (compiled_version(v).guide for v in (session.version, version))
    kept = {
        key: choice
        for key, choice in session.answers.items()
        if key in new.question and _reads_the_same(old.question[key], new.question[key])
    }
    return session_create(version=version, answers=kept)


def _reads_the_same(old: QuestionContent, new: QuestionContent) -> bool:
    """Aliases are for programs, and in another order the choices are the same."""
    return (old.title, old.help, _choices_read(old)) == (new.title, new.help, _choices_read(new))


def _choices_read(question: QuestionContent) -> set[tuple[str, str, str]]:
    return {(choice.key, choice.label, choice.help) for choice in question.choices}


def school_answers(guide: GuideContent, answers: Answers) -> Answers:
    """Those of `answers` that hold for every pupil of the school, where `guide` knows them."""
    return {
        key: choice
        for key, choice in known_answers(guide, answers).items()
        if guide.question[key].scope is Scope.SCHOOL
    }


def _check_asked(state: State, question: str) -> None:
    """Raises `NotAskedError`."""
    if question != state.question and question not in dict(state.answers):
        raise NotAskedError(state.question)


def _save(session: Session, answers: dict[str, str]) -> Session:
    """What was said of the result goes when the visitor is told something else."""
    if session.solved and _told(session, session.answers) != _told(session, answers):
        session.solved, session.comment = Verdict.UNSAID, ""
    session.answers, session.updated_at = answers, timezone.now()
    session.save(update_fields=["answers", "updated_at", "solved", "comment"])
    return session


def _told(session: Session, answers: Answers) -> list[str]:
    state = compiled_version(session.version).resolve(answers)
    return [given.outcome for given in (*state.outcomes, *state.advice)]


def _new_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
