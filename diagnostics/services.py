"""Writes to diagnostics. Only answers are stored; the state of a diagnostic is recomputed."""

import secrets
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from diagnostics.models import CODE_ALPHABET, CODE_LENGTH, Session, Verdict
from diagnostics.selectors import check_open, session_get
from rules.engine.content import Answers, GuideContent, QuestionContent, Scope
from rules.engine.resolve import UnknownAnswerError, check_answers, known_answers
from rules.models import Version
from rules.publication.versions import compiled_version


class QuestionNotAskedError(ValueError):
    """The question of an answer is neither on the path nor the one being asked.

    `asked` is the key of the question being asked, if any.
    """

    def __init__(self, asked: str | None) -> None:
        super().__init__(asked)
        self.asked = asked


def session_create(*, version: Version, answers: Answers) -> Session:
    """Begins a diagnostic. Raises `GuideClosedError` and `UnknownAnswerError`."""
    check_open(version)
    check_answers(compiled_version(version).guide, answers)
    created = False
    while not created:  # until it draws a code that no other session has
        session, created = Session.objects.get_or_create(
            code=_draw_code(), defaults={"version": version, "answers": dict(answers)}
        )
    return session


@transaction.atomic
def answer_record(
    *, session_id: UUID, question: str, choice: str, out_of_turn: bool = False
) -> Session:
    """Stores an answer with one read and one write; the row is locked, so that none is lost.

    The same answer again writes nothing. An answer `out_of_turn` counts once its question is
    asked; without that flag it raises `QuestionNotAskedError`. Raises also `Session.DoesNotExist`,
    `SessionExpiredError` and `UnknownAnswerError`.
    """
    session = session_get(session_id, for_update=True)
    compiled = compiled_version(session.version)
    check_answers(compiled.guide, {question: choice})
    if not out_of_turn:
        state = compiled.resolve(session.answers)
        if question not in {state.question, *dict(state.answers)}:
            raise QuestionNotAskedError(state.question)
    if session.answers.get(question) == choice:
        return session
    return _save_answers(session, session.answers | {question: choice})


@transaction.atomic
def answer_withdraw(*, session_id: UUID, question: str) -> Session:
    """Removes an answer if there is one. Raises what `answer_record` does, but `QuestionNotAskedError`."""
    session = session_get(session_id, for_update=True)
    if question not in compiled_version(session.version).guide.question:
        raise UnknownAnswerError(question)
    if question not in session.answers:
        return session
    return _save_answers(
        session, {key: choice for key, choice in session.answers.items() if key != question}
    )


def session_create_for_another_pupil(*, session: Session, version: Version) -> Session:
    """Begins a diagnostic on `version` with the answers about the school that it knows."""
    answers = school_answers(compiled_version(version).guide, session.answers)
    return session_create(version=version, answers=answers)


def session_create_with_answers_of(*, session: Session, version: Version) -> Session:
    """Begins a diagnostic on `version` with the answers to questions whose texts are the same."""
    old = compiled_version(session.version).guide.question
    new = compiled_version(version).guide.question
    answers = {
        key: choice
        for key, choice in session.answers.items()
        if key in new and _texts_of_question(old[key]) == _texts_of_question(new[key])
    }
    return session_create(version=version, answers=answers)


def _texts_of_question(question: QuestionContent) -> tuple[str, str, set[tuple[str, str, str]]]:
    """Returns what a visitor reads: not the aliases of choices, nor their order."""
    choices = {(choice.key, choice.label, choice.help) for choice in question.choices}
    return question.title, question.help, choices


def school_answers(guide: GuideContent, answers: Answers) -> Answers:
    """Returns the answers about the school, which hold for every pupil, that the guide knows."""
    return {
        key: choice
        for key, choice in known_answers(guide, answers).items()
        if guide.question[key].scope is Scope.SCHOOL
    }


def _save_answers(session: Session, answers: dict[str, str]) -> Session:
    """Stores the answers, and removes the verdict on the result if the outcomes change."""
    if session.solved and _outcome_keys(session, session.answers) != _outcome_keys(
        session, answers
    ):
        session.solved, session.comment = Verdict.UNSAID, ""
    session.answers, session.updated_at = answers, timezone.now()
    session.save(update_fields=["answers", "updated_at", "solved", "comment"])
    return session


def _outcome_keys(session: Session, answers: Answers) -> list[str]:
    state = compiled_version(session.version).resolve(answers)
    return [given.outcome for given in (*state.outcomes, *state.advice)]


def _draw_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
