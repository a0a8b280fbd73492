"""Fixtures that the tests of several folders share."""

import gc
import json
import logging
import os
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from time import thread_time
from typing import Any, cast

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection, transaction
from django.db.models import Model
from django.db.models.signals import post_migrate
from django.test import override_settings
from hypothesis import settings
from pytest_django import DjangoDbBlocker
from whitenoise.middleware import WhiteNoiseMiddleware

from diagnostics.logs.console_log import ConsoleHandler
from rules.document.files import load_document
from rules.document.parsing import parse_document
from rules.drafts import cached_proofs
from rules.drafts.guides import guide_import
from rules.guides import SHIPPED_GUIDE
from rules.models import Guide
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.local_installation import LocalInstallation
from tests.paths import DecisionPath, decision_paths

OF_SCRIPTS = Path(__file__).parents[1] / ".javascript"
"""The folder of the programs that check scripts and pages, and of their rules."""
OLD_ROWS = Path(__file__).parent / "stored/86ae2df.json"

settings.register_profile("suite", deadline=None)  # a busy machine is no failure
settings.load_profile("suite")


def models_of_content() -> list[type[Model]]:
    """The models of this project: each table that the shipped guide may have rows in."""
    return [
        model
        for label in ("rules", "diagnostics")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]


@pytest.fixture(scope="session", autouse=True)
def static_files_found_once() -> Iterator[None]:
    """Lets the clients of all tests share the list of static files, which each would make again."""
    add_files, found = WhiteNoiseMiddleware.add_files_from_finders, dict[str, object]()

    def add_found_files(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            add_files(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add_found_files)
        yield


@pytest.fixture(scope="session", autouse=True)
def bounds_of_processor_time() -> Iterator[None]:
    """Lets proofs and pages take so much time of the processor: a busy machine is no failure."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ("proof.bounds", "edits.checking.check_promise", "admin.guide.front_page"):
            patch.setattr(f"rules.{module}.monotonic", thread_time)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_log_counts_at_the_end() -> Iterator[None]:
    """Makes the log forget, when all tests are over, how often they repeated its lines."""
    yield
    for handler in logging.getLogger("django").handlers:
        if isinstance(handler, ConsoleHandler):
            handler._repetitions.clear()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, shipped_document: str
) -> None:
    """Publishes the shipped guide once for all tests: what a test changes of it is rolled back.

    A test of real transactions empties every table when it ends. Then the guide and the groups of
    the migrations are put back, as Django puts the permissions back.
    """
    with django_db_blocker.unblock():
        guide_publish(
            review=PublicationReview(
                guide_import(content=parse_document(json.loads(shipped_document)))
            )
        )
        rows = {model: list(model._base_manager.all()) for model in models_of_content()}

    def put_back(**_: object) -> None:
        for name, step in (
            ("rules.migrations.0002_groups", "create_groups"),
            ("diagnostics.migrations.0002_groups", "allow_reading"),
            ("rules.migrations.0005_legal_pages_groups", "allow_legal_pages"),
            ("rules.migrations.0009_legal_pages_of_publishers", "reserve_legal_pages"),
        ):
            getattr(import_module(name), step)(apps, connection.schema_editor())
        with transaction.atomic():
            for model, saved in rows.items():
                model._base_manager.bulk_create(saved)

    post_migrate.connect(put_back, sender=apps.get_app_config("rules"), weak=False)


@pytest.fixture
def no_cached_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes each guide be proved again, although an earlier test may have proved it."""
    monkeypatch.setattr(cached_proofs, "_cached_proofs", cached_proofs.make_proof_cache())


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Uses a quick hash for passwords, because a good one takes long for each account of each test."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Runs only tests of the database on PostgreSQL, and no tests of PostgreSQL elsewhere.

    Slow tests come first, so that no core waits at the end for the last test of another.
    """
    leaves_out = _needs_no_database if connection.vendor == "postgresql" else _needs_postgres
    others = [item for item in items if leaves_out(item)]
    items[:] = [item for item in items if not leaves_out(item)]
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    if others:
        config.hook.pytest_deselected(items=others)


def pytest_collection_finish() -> None:
    """Spares the garbage collector the modules and tests, which stay in memory until the end."""
    gc.collect()
    gc.freeze()


def _needs_postgres(item: pytest.Item) -> bool:
    return item.get_closest_marker("postgres") is not None


def _needs_no_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    marked = item.get_closest_marker("django_db") or _needs_postgres(item)
    return not marked and not fixtures & {"db", "transactional_db", "live_server"}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if connection.vendor != "postgresql":
        terminalreporter.write_line(
            "Left out: the tests marked postgres (DATABASE_URL names no PostgreSQL)."
        )


@pytest.fixture(scope="session")
def shipped_document() -> str:
    """The shipped guide's document as JSON, which is read much faster than its YAML."""
    return json.dumps(load_document(SHIPPED_GUIDE.read_text()))


@pytest.fixture
def guide_document(shipped_document: str) -> dict[str, Any]:
    """The shipped guide's raw document, a new copy for each test."""
    return cast("dict[str, Any]", json.loads(shipped_document))


@pytest.fixture
def shipped_guide(db: None) -> Guide:
    """The shipped guide, imported and published as version 1."""
    return Guide.objects.get(slug="corriger-comptes-pix")


@pytest.fixture
def no_guide(db: None) -> None:
    """A database that holds no guide: neither the shipped one nor another."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model in models_of_content():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


@pytest.fixture
def old_guide(no_guide: None) -> Guide:
    """The only guide: one that an early commit stored, with its version (`tests/stored/`).

    `loaddata` is not used, because it sets the counters of ids back. PostgreSQL does not roll this
    back after the test, and later tests would be given ids that other rows have already.
    """
    for row in serializers.deserialize("json", OLD_ROWS.read_text()):
        row.save()
    return Guide.objects.get(slug="ancien")


@pytest.fixture
def decision_table() -> list[DecisionPath]:
    """The 52 paths of the poster. To parametrise a test, import `tests.paths.decision_paths`."""
    return decision_paths()


@pytest.fixture
def graphviz() -> None:
    """Skips a test of what Graphviz draws if it is not installed; fails it on the build server."""
    if shutil.which("dot") is None:
        missing = "Graphviz is not installed (apt-get install graphviz)"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)


@pytest.fixture
def html_validate() -> Path:
    """Skips a test of valid HTML if html-validate is not installed; fails it on the build server."""
    program = OF_SCRIPTS / "node_modules/.bin/html-validate"
    if not program.exists():
        missing = "html-validate is not installed (npm ci --prefix .javascript)"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return program


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A list whose only item is the time that limits read; tests may change the item.

    It is the beginning of an hour and of a day.
    """
    now = [1_799_971_200.0]
    for module in ("throttles.token_bucket", "wrong_codes", "throttles.memory_limits"):
        monkeypatch.setattr(f"diagnostics.{module}.time", lambda: now[0])
    return now


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[LocalInstallation]:
    """A new installation, on which no server runs until the test starts one."""
    installation = LocalInstallation(tmp_path)
    yield installation
    installation.kill_servers()
