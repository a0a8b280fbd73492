"""Begins diagnostics and changes their answers.

Only answers are stored, and the state of a diagnostic is computed from them. Its path is the list
of the questions asked and answered so far. An answer off the path stays stored, and counts as soon
as its question is asked.
"""

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


def session_create(*, version: Version, answers: Answers) -> Session:
    """Begins a diagnostic. Raises `GuideClosedError` and `UnknownAnswerError`."""
    check_open(version)
    check_answers(compiled_version(version).guide, answers)
    created = False
    while not created:  # as long as another session has the code that was drawn
        session, created = Session.objects.get_or_create(
            code=_draw_code(), defaults={"version": version, "answers": dict(answers)}
        )
    return session


@transaction.atomic
def answer_record(
    *, session_id: UUID, question: str, choice: str, out_of_turn: bool = False
) -> Session:
    """Stores an answer and returns the session; if the answer is stored already, writes nothing.

    The row is locked, so that answers sent at the same time do not overwrite one another. With
    `out_of_turn`, a question that is not asked yet may be answered; without it, that raises
    `QuestionNotAskedError`. Raises also `Session.DoesNotExist`, `SessionExpiredError` and
    `UnknownAnswerError`.
    """
    session = session_get(session_id, for_update=True)
    check_answers(session.answered_guide.guide, {question: choice})
    if not out_of_turn:
        session.answered_guide.check_asked(question)
    if session.answers.get(question) == choice:
        return session
    return _save_answers(session, session.answers | {question: choice})


@transaction.atomic
def answer_withdraw(*, session_id: UUID, question: str) -> Session:
    """Removes the answer to a question, if there is one, and returns the session.

    Raises `Session.DoesNotExist`, `SessionExpiredError` and `UnknownAnswerError`.
    """
    session = session_get(session_id, for_update=True)
    if question not in session.answered_guide.guide.question:
        raise UnknownAnswerError(question)
    if question not in session.answers:
        return session
    return _save_answers(
        session, {key: choice for key, choice in session.answers.items() if key != question}
    )


def session_create_for_another_pupil(*, session: Session, version: Version) -> Session:
    """Begins a diagnostic on `version` with the session's answers about the school.

    Answers that `version` does not know are left out. Raises `GuideClosedError`.
    """
    answers = school_answers(compiled_version(version).guide, session.answers)
    return session_create(version=version, answers=answers)


def session_create_with_answers_of(*, session: Session, version: Version) -> Session:
    """Begins a diagnostic on `version` with the session's answers to questions that did not change.

    A question changed if a visitor would read another text. Raises `GuideClosedError`.
    """
    old = session.answered_guide.guide.question
    new = compiled_version(version).guide.question
    answers = {
        key: choice
        for key, choice in session.answers.items()
        if key in new and _texts_shown_to_visitors(old[key]) == _texts_shown_to_visitors(new[key])
    }
    return session_create(version=version, answers=answers)


def _texts_shown_to_visitors(
    question: QuestionContent,
) -> tuple[str, str, set[tuple[str, str, str]]]:
    """Returns the texts of a question without the aliases of its choices, which nobody sees.

    Choices have no order here: to reorder them does not change the question.
    """
    choices = {(choice.key, choice.label, choice.help) for choice in question.choices}
    return question.title, question.help, choices


def school_answers(guide: GuideContent, answers: Answers) -> Answers:
    """Returns the answers that the guide knows to its questions about the school."""
    return {
        key: choice
        for key, choice in known_answers(guide, answers).items()
        if guide.question[key].scope is Scope.SCHOOL
    }


def _save_answers(session: Session, answers: dict[str, str]) -> Session:
    """Stores the answers. If they give other outcomes, the verdict on the result is removed."""
    before = session.answered_guide
    session.replace_answers(answers)
    after = session.answered_guide
    if session.solved and _outcome_keys(before.state) != _outcome_keys(after.state):
        session.solved, session.comment = Verdict.UNSAID, ""
    session.updated_at = timezone.now()
    session.save(update_fields=["answers", "updated_at", "solved", "comment"])
    return session


def _outcome_keys(state: State) -> list[str]:
    return [given.outcome for given in (*state.outcomes, *state.advice)]


def _draw_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
