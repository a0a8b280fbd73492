"""Tests the services that write diagnostics and the selectors that read them."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from diagnostics.answered_guide import QuestionNotAskedError
from diagnostics.models import Session
from diagnostics.selectors import SessionExpiredError, session_get
from diagnostics.services import (
    answer_record,
    answer_withdraw,
    session_create,
    session_create_for_another_pupil,
)
from rules.engine.resolve import UnknownAnswerError
from rules.models import Guide, Version
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from rules.publication.versions import compiled_version

SCHOOL_ANSWERS = {"liste-a-jour": "oui", "attribution-gar": "non"}


@pytest.fixture
def version(shipped_guide: Guide) -> Version:
    return shipped_guide.versions.get()


@pytest.fixture
def session(version: Version) -> Session:
    """A session that has the answers about the school, and asks the first question about the pupil."""
    return session_create(version=version, answers=SCHOOL_ANSWERS)


def stored_answers(session: Session) -> object:
    return Session.objects.get(pk=session.pk).answers


def test_a_session_has_no_field_about_the_visitor() -> None:
    fields = {field.name for field in Session._meta.get_fields()}
    assert fields == {
        *("id", "version", "answers", "code", "created_at", "updated_at", "solved", "comment")
    }


def test_what_follows_from_answers_is_worked_out_again_when_they_are_replaced(
    session: Session,
) -> None:
    before = session.answered_guide.state.question
    session.replace_answers({})
    assert session.answers == {}
    assert session.answered_guide.state.question != before


def test_what_follows_from_answers_is_worked_out_again_when_a_session_is_read_again(
    session: Session,
) -> None:
    before = session.answered_guide.state.question
    Session.objects.update(answers={})
    session.refresh_from_db()
    assert session.answered_guide.state.question != before


@pytest.mark.parametrize("answers", [{"inconnue": "oui"}, {"liste-a-jour": "peut-etre"}])
def test_a_session_does_not_begin_with_unknown_answers(
    version: Version, answers: dict[str, str]
) -> None:
    with pytest.raises(UnknownAnswerError):
        session_create(version=version, answers=answers)
    assert not Session.objects.exists()


def test_a_code_that_another_session_has_is_drawn_again(
    version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: Iterator[str] = iter(["AAAAAAAA", "AAAAAAAA", "BBBBBBBB"])
    monkeypatch.setattr("diagnostics.services._draw_code", lambda: next(drawn))
    first = session_create(version=version, answers=SCHOOL_ANSWERS)
    second = session_create(version=version, answers={})
    assert (first.code, second.code) == ("AAAAAAAA", "BBBBBBBB")
    assert stored_answers(first) == SCHOOL_ANSWERS


def test_an_answer_is_recorded(session: Session) -> None:
    answer_record(session_id=session.pk, question="methode-pix-orga", choice="mail")
    assert stored_answers(session) == SCHOOL_ANSWERS | {"methode-pix-orga": "mail"}


def test_recording_the_same_answer_again_writes_nothing(session: Session) -> None:
    again = answer_record(session_id=session.pk, question="liste-a-jour", choice="oui")
    assert again.updated_at == Session.objects.get().updated_at == session.updated_at


def test_the_error_of_an_unknown_choice_has_the_allowed_choices(session: Session) -> None:
    with pytest.raises(UnknownAnswerError) as refused:
        answer_record(session_id=session.pk, question="liste-a-jour", choice="peut-etre")
    assert refused.value.allowed == ("oui", "non")


def test_the_error_of_a_question_that_is_not_asked_has_the_one_that_is(session: Session) -> None:
    with pytest.raises(QuestionNotAskedError) as refused:
        answer_record(session_id=session.pk, question="identifiants-connus", choice="oui")
    assert refused.value.asked == "methode-pix-orga"
    assert stored_answers(session) == SCHOOL_ANSWERS


def test_a_stored_answer_off_the_path_cannot_be_recorded_again(version: Version) -> None:
    session = session_create(version=version, answers={"identifiants-connus": "oui"})
    with pytest.raises(QuestionNotAskedError):
        answer_record(session_id=session.pk, question="identifiants-connus", choice="oui")


def test_an_answer_out_of_turn_is_ignored_until_its_question_is_asked(session: Session) -> None:
    answer_record(
        session_id=session.pk, question="identifiants-connus", choice="oui", out_of_turn=True
    )
    assert stored_answers(session) == SCHOOL_ANSWERS | {"identifiants-connus": "oui"}
    session.refresh_from_db()
    assert session.answered_guide.state.ignored == ("identifiants-connus",)


def test_a_withdrawn_answer_is_no_longer_stored(session: Session) -> None:
    answer_withdraw(session_id=session.pk, question="liste-a-jour")
    assert stored_answers(session) == {"attribution-gar": "non"}


def test_withdrawing_an_answer_that_is_not_stored_writes_nothing(session: Session) -> None:
    again = answer_withdraw(session_id=session.pk, question="identifiants-connus")
    assert again.updated_at == session.updated_at


def test_withdrawing_the_answer_to_an_unknown_question_is_refused(session: Session) -> None:
    with pytest.raises(UnknownAnswerError):
        answer_withdraw(session_id=session.pk, question="inconnue")


def test_an_unknown_session_is_not_found(version: Version) -> None:
    with pytest.raises(Session.DoesNotExist):
        session_get(uuid4())


def test_a_session_expires_after_the_days_of_the_settings(
    session: Session, settings: Settings
) -> None:
    settings.SESSION_DAYS = 2
    Session.objects.update(updated_at=timezone.now() - timedelta(days=2))
    with pytest.raises(SessionExpiredError):
        session_get(session.pk)


def test_a_session_can_be_read_a_minute_before_it_expires(
    session: Session, settings: Settings
) -> None:
    settings.SESSION_DAYS = 2
    Session.objects.update(updated_at=timezone.now() - timedelta(days=2, minutes=-1))
    assert session_get(session.pk) == session


def test_a_session_for_another_pupil_has_the_answers_about_the_school(session: Session) -> None:
    answer_record(session_id=session.pk, question="methode-pix-orga", choice="mail")
    session.refresh_from_db()
    another = session_create_for_another_pupil(session=session, version=session.version)
    assert stored_answers(another) == SCHOOL_ANSWERS
    assert (another.pk, another.code) != (session.pk, session.code)


def test_a_session_for_another_pupil_has_only_answers_that_the_new_version_knows(
    session: Session, shipped_guide: Guide
) -> None:
    shipped_guide.examples.all().delete()
    gone = shipped_guide.questions.get(key="attribution-gar").choices.get(key="non")
    gone.key = "pas-encore"
    gone.save()
    newer = guide_publish(review=PublicationReview(shipped_guide), reason="Sans cas types")
    another = session_create_for_another_pupil(session=session, version=newer)
    assert (another.version, stored_answers(another)) == (newer, {"liste-a-jour": "oui"})


def test_a_state_is_described_with_the_texts_of_its_version(session: Session) -> None:
    answered = session.answered_guide
    question = compiled_version(session.version).guide.question["methode-pix-orga"]
    assert [given.choice.label for given in answered.path] == ["Oui", "Non"]
    assert answered.question == question
    assert answered.advice[0].because[0].sentence.startswith("Si «\u00a0")
