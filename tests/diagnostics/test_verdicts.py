"""Tests how a visitor's verdict on a result is stored, and when it is removed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from diagnostics.answered_guide import QuestionNotAskedError
from diagnostics.models import Session, Verdict
from diagnostics.services import (
    answer_record,
    answer_withdraw,
    session_create,
)
from diagnostics.verdicts import TOO_LONG, UnknownVerdictError, verdict_record
from rules.models import Guide

ANSWERS = {"liste-a-jour": "oui", "attribution-gar": "oui", "methode-pix-orga": "aucune"}


@pytest.fixture
def session(shipped_guide: Guide) -> Session:
    return session_create(version=shipped_guide.versions.get(), answers=ANSWERS)


def give_verdict(session: Session, solved: str, comment: str = "") -> str:
    reason = verdict_record(session_id=session.pk, solved=solved, comment=comment)
    session.refresh_from_db()
    return reason


def stored_verdict(session: Session) -> tuple[str, str]:
    session.refresh_from_db()
    return session.solved, session.comment


def test_a_new_session_has_no_verdict(session: Session) -> None:
    assert stored_verdict(session) == ("", "")


@pytest.mark.parametrize("solved", ["yes", "no", "not_yet"])
def test_a_verdict_is_stored(session: Session, solved: str) -> None:
    assert give_verdict(session, solved, "Il reste 3 élèves.") == ""
    assert stored_verdict(session) == (solved, "Il reste 3 élèves.")


def test_a_second_verdict_replaces_the_first(session: Session) -> None:
    give_verdict(session, "not_yet", "Il reste 3 élèves.")
    give_verdict(session, "yes")
    assert stored_verdict(session) == (Verdict.YES, "")


def test_a_verdict_does_not_put_off_the_expiry_of_the_diagnostic(session: Session) -> None:
    Session.objects.update(updated_at=timezone.now() - timedelta(days=3))
    session.refresh_from_db()
    before = session.updated_at
    give_verdict(session, "yes")
    assert session.updated_at == before


@pytest.mark.parametrize("solved", ["", "oui", "YES", "\x00", "Solved.YES"])
def test_an_unknown_verdict_is_not_stored(session: Session, solved: str) -> None:
    with pytest.raises(UnknownVerdictError):
        give_verdict(session, solved, "Un commentaire")
    assert stored_verdict(session) == ("", "")


def test_a_verdict_is_refused_while_there_is_no_result(session: Session) -> None:
    answer_withdraw(session_id=session.pk, question="methode-pix-orga")
    with pytest.raises(QuestionNotAskedError):
        give_verdict(session, "yes")


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("jean@exemple.fr", "email"),
        ("123456789AB", "ine"),
        ("06 12 34 56 78", "phone"),
        ("06\x0012\x0034\x0056\x0078", "phone"),
        ("jean\u200b@exemple.fr", "email"),
        ("x" * 301, TOO_LONG),
    ],
)
def test_a_refused_comment_is_dropped_and_the_verdict_is_stored(
    session: Session, comment: str, reason: str
) -> None:
    give_verdict(session, "yes", "Avant")
    assert give_verdict(session, "no", comment) == reason
    assert stored_verdict(session) == ("no", "")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  une ligne\r\nune autre\r\n", "une ligne\nune autre"),
        ("a\x00b\tc\ud800d", "a b cd"),
        ("x" * 300, "x" * 300),
        ("x\r\n" * 150, ("x\n" * 150).strip()),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_a_comment_is_stored_without_invisible_characters(
    session: Session, typed: str, stored: str
) -> None:
    assert give_verdict(session, "yes", typed) == ""
    assert stored_verdict(session) == ("yes", stored)


def test_an_answer_removes_the_verdict_only_if_the_outcomes_change(session: Session) -> None:
    give_verdict(session, "yes", "Merci")
    answer_record(session_id=session.pk, question="methode-pix-orga", choice="aucune")
    assert stored_verdict(session) == ("yes", "Merci")
    answer_record(session_id=session.pk, question="liste-a-jour", choice="non")
    assert stored_verdict(session) == ("", "")


def test_withdrawing_an_answer_removes_the_verdict(session: Session) -> None:
    give_verdict(session, "yes", "Merci")
    answer_withdraw(session_id=session.pk, question="methode-pix-orga")
    assert stored_verdict(session) == ("", "")
