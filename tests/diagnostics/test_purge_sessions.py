"""Tests the command `purge_sessions`."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session as AdminSession
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from diagnostics.answered_guide import AnsweredGuide, answer_version
from diagnostics.models import PurgedCount, Session
from diagnostics.purging import cache_purge
from diagnostics.services import session_create
from rules.models import Guide, Version

Answers = dict[str, str]
UNFINISHED_ANSWERS = {"liste-a-jour": "oui"}
NO_CAMPAIGN_ANSWERS = {
    "liste-a-jour": "oui",
    "attribution-gar": "oui",
    "methode-pix-orga": "aucune",
}
LOST_PASSWORD_ANSWERS = NO_CAMPAIGN_ANSWERS | {
    "methode-pix-orga": "identifiant",
    "connexion-habituelle": "identifiant",
    "identifiants-connus": "non",
}
END_OF_OCTOBER = datetime(2025, 10, 31, 23, 30, tzinfo=UTC)  # in France it is November already


@pytest.fixture
def version(shipped_guide: Guide) -> Version:
    return shipped_guide.versions.get()


def create_expired(
    version: Version, answers: Answers, begun_at: datetime = END_OF_OCTOBER
) -> Session:
    session = session_create(version=version, answers=answers)
    Session.objects.filter(pk=session.pk).update(created_at=begun_at, updated_at=begun_at)
    return session


def run_purge(*arguments: str) -> str:
    output = StringIO()
    call_command("purge_sessions", *arguments, stdout=output)
    return output.getvalue()


def stored_counts() -> dict[tuple[str, str], int]:
    return {(count.status, count.outcome): count.sessions for count in PurgedCount.objects.all()}


def test_expired_diagnostics_are_removed_and_the_others_are_not(version: Version) -> None:
    create_expired(version, UNFINISHED_ANSWERS)
    current = session_create(version=version, answers=UNFINISHED_ANSWERS)
    almost = create_expired(
        version, UNFINISHED_ANSWERS, timezone.now() - timedelta(days=30, minutes=-1)
    )
    assert "1" in run_purge()
    assert set(Session.objects.all()) == {current, almost}


def test_removed_diagnostics_are_counted_by_status_and_conclusion(version: Version) -> None:
    for answers in (
        UNFINISHED_ANSWERS,
        NO_CAMPAIGN_ANSWERS,
        LOST_PASSWORD_ANSWERS,
        LOST_PASSWORD_ANSWERS,
    ):
        create_expired(version, answers)
    run_purge()
    assert stored_counts() == {
        ("in_progress", ""): 1,
        ("completed", ""): 3,
        ("completed", "communiquer-code-campagne"): 1,
        ("completed", "reinitialiser-mot-de-passe-pix-orga"): 2,
        ("completed", "associer-mediacentre"): 2,
    }


def test_a_later_purge_adds_to_the_same_counts(version: Version) -> None:
    for _ in range(2):
        create_expired(version, UNFINISHED_ANSWERS)
        run_purge()
    assert stored_counts() == {("in_progress", ""): 2}


def test_counts_are_separate_for_each_month_of_beginning(version: Version) -> None:
    create_expired(version, UNFINISHED_ANSWERS)
    create_expired(version, UNFINISHED_ANSWERS, END_OF_OCTOBER - timedelta(hours=1))
    run_purge()
    months = PurgedCount.objects.values_list("version", "month").order_by("month")
    assert list(months) == [(version.pk, date(2025, 10, 1)), (version.pk, date(2025, 11, 1))]


def test_a_count_has_no_field_about_a_visitor() -> None:
    fields = {field.name for field in PurgedCount._meta.get_fields()}
    assert fields == {"id", "version", "month", "status", "outcome", "solved", "sessions"}


def test_counts_are_separate_for_each_verdict_and_comments_are_removed(version: Version) -> None:
    for solved in ("yes", "yes", "not_yet"):
        session = create_expired(version, NO_CAMPAIGN_ANSWERS)
        Session.objects.filter(pk=session.pk).update(solved=solved, comment="Merci")
    run_purge()
    counts = PurgedCount.objects.filter(outcome="communiquer-code-campagne")
    assert {count.solved: count.sessions for count in counts} == {"yes": 2, "not_yet": 1}
    assert not Session.objects.exists()


def test_a_dry_run_prints_the_number_and_removes_nothing(version: Version) -> None:
    create_expired(version, UNFINISHED_ANSWERS)
    assert run_purge("--dry-run") == "Diagnostics à effacer\u00a0: 1.\n"
    assert Session.objects.count() == 1
    assert not PurgedCount.objects.exists()


def test_many_diagnostics_are_removed_in_several_batches(
    version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnostics.purging.BATCH_SIZE", 2)
    for _ in range(5):
        create_expired(version, UNFINISHED_ANSWERS)
    assert run_purge() == "Diagnostics effacés\u00a0: 5.\n"
    assert stored_counts() == {("in_progress", ""): 5}


def test_a_purge_that_fails_removes_and_counts_nothing(
    version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError

    create_expired(version, UNFINISHED_ANSWERS)
    monkeypatch.setattr("diagnostics.models.SessionQuerySet.delete", fail)
    with pytest.raises(RuntimeError):
        run_purge()
    assert Session.objects.count() == 1
    assert not PurgedCount.objects.exists()


def test_answers_are_evaluated_before_the_transaction_begins(
    version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A version may take seconds to compile, while visitors who answer would wait for SQLite's lock."""
    begun: list[bool] = []

    def answer(version: Version, answers: Answers) -> AnsweredGuide:
        begun.append(bool(connection.savepoint_ids))
        return answer_version(version, answers)

    create_expired(version, UNFINISHED_ANSWERS)
    monkeypatch.setattr("diagnostics.models.answer_version", answer)
    run_purge()
    assert begun == [False]


def test_a_purge_without_expired_diagnostics_removes_none(version: Version) -> None:
    assert run_purge() == "Diagnostics effacés\u00a0: 0.\n"


def test_diagnostics_on_an_altered_version_are_removed_and_counted_as_unknown(
    version: Version,
) -> None:
    create_expired(version, NO_CAMPAIGN_ANSWERS)
    Version.objects.update(document="{}", sha256="0" * 64)
    run_purge()
    assert not Session.objects.exists()
    assert [(count.status, count.sessions) for count in PurgedCount.objects.all()] == [
        ("unknown", 1)
    ]


def test_ended_sessions_of_the_admin_are_removed_and_the_others_are_not(db: None) -> None:
    ended, current = SessionStore(), SessionStore()
    for session in (ended, current):
        session.create()
    AdminSession.objects.filter(pk=ended.session_key).update(expire_date=END_OF_OCTOBER)
    run_purge()
    assert AdminSession.objects.get().pk == current.session_key


@pytest.mark.django_db
def test_only_expired_entries_of_the_cache_are_removed() -> None:
    def count_entries() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM cache")
            return int(cursor.fetchone()[0])

    before = count_entries()
    cache.set("still-counts", 1)
    cache.set("expired", 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cache SET expires = %s WHERE cache_key LIKE %s", ["2026-01-01", "%expired"]
        )
    assert count_entries() == before + 2
    cache_purge()
    assert count_entries() == before + 1
