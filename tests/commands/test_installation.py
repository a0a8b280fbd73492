"""`start` adds the shipped guide, the legal pages and an account, and changes no existing ones."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection

from diagnostics.installation import (
    admin_create,
    hold_start_lock,
    legal_pages_create,
    shipped_guide_publish,
    tables_prepare,
)
from rules.engine.compiled import CompiledGuide
from rules.legal import former_legal_texts
from rules.models import Guide, LegalPage, Version
from rules.proof.bounds import ProofBound
from rules.proof.findings import Proof
from rules.proof.prove import prove_guide

pytestmark = pytest.mark.usefixtures("no_guide", "no_cached_proof")


def test_the_shipped_guide_is_published_if_there_is_no_guide() -> None:
    shipped_guide_publish()
    assert Version.objects.filter_live().get().guide.slug == "corriger-comptes-pix"


def test_the_shipped_guide_is_proved_before_its_transaction_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[bool] = []

    def prove(compiled: CompiledGuide, bound: ProofBound) -> Proof:
        begun.append(bool(connection.savepoint_ids))
        return prove_guide(compiled, bound)

    monkeypatch.setattr("rules.drafts.cached_proofs.prove_guide", prove)
    shipped_guide_publish()
    assert begun == [False]


def test_a_second_run_publishes_nothing() -> None:
    shipped_guide_publish()
    shipped_guide_publish()
    assert Version.objects.count() == 1


def test_an_existing_guide_with_the_same_slug_is_not_changed() -> None:
    Guide.objects.create(slug="corriger-comptes-pix", title="Le nôtre")
    shipped_guide_publish()
    assert Guide.objects.get().title == "Le nôtre"
    assert not Version.objects.exists()


def test_all_legal_pages_are_created() -> None:
    legal_pages_create()
    assert [page.title for page in LegalPage.objects.all()] == [
        "Accessibilité",
        "Données personnelles",
        "Mentions légales",
    ]


def test_a_legal_page_that_editors_changed_is_not_changed_again() -> None:
    legal_pages_create()
    LegalPage.objects.filter(key="mentions-legales").update(title="Les nôtres", body="À nous.")
    LegalPage.objects.filter(key="accessibilite").delete()
    legal_pages_create()
    assert LegalPage.objects.get(key="mentions-legales").body == "À nous."
    assert LegalPage.objects.count() == 3


def test_a_legal_page_that_nobody_has_completed_gets_the_text_of_today(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    legal_pages_create()
    LegalPage.objects.filter(key="mentions-legales").update(title="D’avant", body="Un texte.")
    former = frozenset({former_legal_texts.legal_digest("D’avant", "Un texte.")})
    monkeypatch.setattr(former_legal_texts, "FORMER_DIGESTS", former)
    legal_pages_create()
    assert LegalPage.objects.get(key="mentions-legales").title == "Mentions légales"


def test_nobody_can_be_given_permissions_for_the_tables_of_second_factors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("diagnostics.installation.call_command", lambda *_, **__: None)
    permissions = Permission.objects.filter(content_type__app_label__startswith="otp_")
    assert permissions.exists()
    tables_prepare()
    assert not permissions.exists()


def test_the_first_account_is_a_superuser_with_the_announced_password() -> None:
    passwords: list[str] = []
    admin_create(announce_password=passwords.append)
    [password], admin = passwords, User.objects.get()
    assert (admin.username, admin.is_superuser, admin.is_staff) == ("admin", True, True)
    assert admin.check_password(password)


def test_each_installation_has_its_own_password() -> None:
    passwords: list[str] = []
    for _ in range(2):
        admin_create(announce_password=passwords.append)
        User.objects.all().delete()
    assert len(set(passwords)) == 2


def test_no_account_is_created_if_there_is_a_staff_account() -> None:
    User.objects.create_user("lea", is_staff=True)
    admin_create(announce_password=pytest.fail)
    assert User.objects.count() == 1


def test_an_existing_account_named_admin_does_not_become_staff() -> None:
    User.objects.create_user("admin")
    admin_create(announce_password=pytest.fail)
    assert not User.objects.get().is_staff


def test_a_run_killed_before_it_announces_the_password_leaves_no_account() -> None:
    def kill_the_run(_password: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        admin_create(announce_password=kill_the_run)
    assert not User.objects.exists()


@pytest.mark.postgres
def test_on_postgresql_the_start_lock_is_an_advisory_lock() -> None:
    with hold_start_lock():
        assert advisory_lock_count() == 1
    assert advisory_lock_count() == 0


def advisory_lock_count() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
            " WHERE locktype = 'advisory' AND datname = current_database()"
        )
        return int(cursor.fetchone()[0])
