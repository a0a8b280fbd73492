"""`/healthz` and `/readyz`: what they say, to whom, and how little they ask of the database."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from diagnostics import probes
from rules.models import Guide, Version
from tests.silent_database import silent_database


@pytest.fixture(autouse=True)
def _nothing_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "_compiled_digests", set())


def read_words(client: Client) -> tuple[int, dict[str, str]]:
    answer = client.get("/readyz")
    lines = answer.content.decode().splitlines()
    return answer.status_code, dict(line.split(": ") for line in lines)


def test_a_process_answers_without_a_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_a_service_with_its_database_tables_and_versions_is_ready(
    client: Client, shipped_guide: Guide
) -> None:
    assert read_words(client) == (
        200,
        {"database": "ok", "migrations": "ok", "versions": "ok"},
    )


def test_a_service_whose_database_is_silent_is_not_ready_and_fills_no_log(
    client: Client, shipped_guide: Guide, caplog: pytest.LogCaptureFixture
) -> None:
    with silent_database():
        status, words = read_words(client)
    assert (status, words["database"]) == (503, "silent")
    assert not caplog.records


def test_a_service_with_a_migration_to_come_is_not_ready(
    client: Client, shipped_guide: Guide
) -> None:
    MigrationRecorder(connection).record_unapplied("rules", "0001_initial")
    status, words = read_words(client)
    assert (status, words["migrations"], words["versions"]) == (503, "missing", "unknown")


def test_a_service_with_an_altered_live_version_is_not_ready(
    client: Client, shipped_guide: Guide
) -> None:
    Version.objects.update(document="{}", sha256="0" * 64)
    status, words = read_words(client)
    assert (status, words["versions"]) == (503, "altered")


def test_versions_that_take_long_to_compile_are_compiled_by_several_answers(
    client: Client, shipped_guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probes, "COMPILATION_SECONDS", -1)
    status, words = read_words(client)
    assert (status, words["versions"]) == (503, "compiling")


def test_a_version_is_compiled_for_the_first_answer_only(
    client: Client, shipped_guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_words(client)
    monkeypatch.setattr(probes, "compiled_version", pytest.fail)
    assert read_words(client)[0] == 200


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_a_probe_may_come_by_http_and_an_ip_address_and_only_reads(
    client: Client, shipped_guide: Guide, settings: Settings, address: str
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["diagnostics.example.fr"]
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, headers={"host": "10.1.2.3:8000"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain")
    assert not answer.cookies
    assert all(query["sql"].split()[0] == "SELECT" for query in queries)


def test_health_needs_no_query(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        client.get("/healthz")
