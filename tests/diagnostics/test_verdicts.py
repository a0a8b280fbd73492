"""What a visitor says of a result, as it is stored."""

from datetime import timedelta

import pytest
from django.utils import timezone

from diagnostics.models import Session, Verdict
from diagnostics.services import NotAskedError, answer_record, answer_withdraw, session_create
from diagnostics.verdicts import TOO_LONG, UnknownVerdictError, verdict_record
from rules.models import Guide

ANSWERS = {"liste-a-jour": "oui", "attribution-gar": "oui", "methode-pix-orga": "aucune"}


@pytest.fixture
def session(shipped_guide: Guide) -> Session:
    return session_create(version=shipped_guide.versions.get(), answers=ANSWERS)


def say(session: Session, solved: str, comment: str = "") -> str:
    dropped = verdict_record(session_id=session.pk, solved=solved, comment=comment)
    session.refresh_from_db()
    return dropped


def stored(session: Session) -> tuple[str, str]:
    session.refresh_from_db()
    return session.solved, session.comment


def test_nothing_is_said_at_first(session: Session) -> None:
    assert stored(session) == ("", "")


@pytest.mark.parametrize("solved", ["yes", "no", "not_yet"])
def test_what_is_said_is_stored(session: Session, solved: str) -> None:
    assert say(session, solved, "Il reste 3 élèves.") == ""
    assert stored(session) == (solved, "Il reste 3 élèves.")


def test_said_again_it_is_changed(session: Session) -> None:
    say(session, "not_yet", "Il reste 3 élèves.")
    say(session, "yes")
    assert stored(session) == (Verdict.YES, "")


def test_the_diagnostic_expires_as_it_did(session: Session) -> None:
    Session.objects.update(updated_at=timezone.now() - timedelta(days=3))
    session.refresh_from_db()
    before = session.updated_at
    say(session, "yes")
    assert session.updated_at == before


@pytest.mark.parametrize("solved", ["", "oui", "YES", "\x00", "Solved.YES"])
def test_what_is_no_verdict_is_not_stored(session: Session, solved: str) -> None:
    with pytest.raises(UnknownVerdictError):
        say(session, solved, "Un commentaire")
    assert stored(session) == ("", "")


def test_without_a_result_there_is_nothing_to_say(session: Session) -> None:
    answer_withdraw(session_id=session.pk, question="methode-pix-orga")
    with pytest.raises(NotAskedError):
        say(session, "yes")


@pytest.mark.parametrize(
    ("comment", "why"),
    [
        ("jean@exemple.fr", "email"),
        ("123456789AB", "ine"),
        ("06 12 34 56 78", "phone"),
        ("06\x0012\x0034\x0056\x0078", "phone"),
        ("jean\u200b@exemple.fr", "email"),
        ("x" * 301, TOO_LONG),
    ],
)
def test_a_comment_that_tells_of_someone_is_dropped_and_the_verdict_kept(
    session: Session, comment: str, why: str
) -> None:
    say(session, "yes", "Avant")
    assert say(session, "no", comment) == why
    assert stored(session) == ("no", "")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  une ligne\r\nune autre\r\n", "une ligne\nune autre"),
        ("a\x00b\tc\ud800d", "a b cd"),
        ("x" * 300, "x" * 300),
        ("x\r\n" * 150, ("x\n" * 150).strip()),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_a_comment_is_kept_without_what_nobody_sees(
    session: Session, typed: str, kept: str
) -> None:
    assert say(session, "yes", typed) == ""
    assert stored(session) == ("yes", kept)


def test_another_answer_takes_back_what_was_said_of_the_result(session: Session) -> None:
    say(session, "yes", "Merci")
    answer_record(session_id=session.pk, question="methode-pix-orga", choice="aucune")
    assert stored(session) == ("yes", "Merci")
    answer_record(session_id=session.pk, question="liste-a-jour", choice="non")
    assert stored(session) == ("", "")


def test_an_answer_withdrawn_takes_back_what_was_said_of_the_result(session: Session) -> None:
    say(session, "yes", "Merci")
    answer_withdraw(session_id=session.pk, question="methode-pix-orga")
    assert stored(session) == ("", "")
