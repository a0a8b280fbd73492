"""`manage.py start`: a first start, a second one, its password, its options and how it ends.

Most tests run it in a process of its own, on a new database.
"""

import os
import pty
import re
import socket
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from diagnostics.management.commands.start import Command, _run_gunicorn
from rules.drafts.content import draft_read
from rules.drafts.snapshots import snapshot_content
from rules.models import Guide
from tests.commands.calls import command_refusal
from tests.local_installation import MAX_WAIT_SECONDS, LocalInstallation, fetch_page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LocalInstallation, str]]:
    """An installation with a running server, and its address, for the tests that change neither."""
    installation = LocalInstallation(tmp_path_factory.mktemp("installation"))
    yield installation, installation.start_and_wait()
    installation.kill_servers()


def test_a_first_start_serves_the_form(started: tuple[LocalInstallation, str]) -> None:
    _, text = fetch_page(f"{started[1]}/")
    assert "Corriger les problèmes de comptes Pix avant la certification" in text


def test_it_prints_where_the_form_the_admin_and_the_password_are(
    started: tuple[LocalInstallation, str],
) -> None:
    installation, address = started
    printed = installation.output_file.read_text().replace("\u00a0", " ").splitlines()
    assert printed[:4] == [
        f"Formulaire : {address}/",
        f"Administration : {address}/admin/ (compte admin)",
        "Hôtes acceptés : localhost, 127.0.0.1, [::1] (variable ALLOWED_HOSTS)",
        f"Mot de passe : dans le fichier {installation.folder}/admin_password",
    ]


@pytest.mark.parametrize(
    ("https", "proxies", "is_warned"), [(True, 0, True), (True, 1, False), (False, 0, False)]
)
def test_it_warns_if_https_needs_a_proxy_and_none_is_declared(
    settings: Settings, https: bool, proxies: int, is_warned: bool
) -> None:
    settings.HTTPS, settings.PROXIES = https, proxies
    output = StringIO()
    Command(stdout=output)._print_proxies_warning()
    assert ("Donnez à PROXIES le nombre de proxys" in output.getvalue()) == is_warned


def test_guides_that_are_older_than_moments_get_a_first_one_at_the_next_start(
    shipped_guide: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, admin_user: User
) -> None:
    """The tables are there already; whoever runs `migrate` in a test finds the shipped guide twice."""
    monkeypatch.setattr("diagnostics.installation.data_folder", lambda: tmp_path)
    monkeypatch.setattr("diagnostics.installation.tables_prepare", lambda: None)
    shipped_guide.snapshots.all().delete()
    for _ in range(2):
        Command(stdout=StringIO())._prepare_site("http://localhost")
    assert snapshot_content(shipped_guide.snapshots.get()) == draft_read(shipped_guide)


def test_refused_hosts_leave_one_line_in_the_log(started: tuple[LocalInstallation, str]) -> None:
    installation, address = started
    for host in ("192.0.2.1:8000", "diagnostics.example"):
        with pytest.raises(HTTPError, match="400"):
            urlopen(Request(f"{address}/", headers={"Host": host}))
    logged = installation.output_file.read_text()
    assert logged.count("Invalid HTTP_HOST header: '192.0.2.1:8000'") == 1
    assert "diagnostics.example" not in logged


def test_what_has_expired_is_removed_while_the_site_runs(
    started: tuple[LocalInstallation, str],
) -> None:
    claims = "SELECT cache_key FROM cache WHERE cache_key LIKE '%daily_purge%'"
    deadline = time.monotonic() + MAX_WAIT_SECONDS
    while not started[0].query_database(claims):
        assert time.monotonic() < deadline, "no purge began"
        time.sleep(0.05)


def test_an_address_that_is_too_long_is_refused_in_french(
    started: tuple[LocalInstallation, str],
) -> None:
    with pytest.raises(HTTPError, match="414") as refused:
        fetch_page(f"{started[1]}/corriger-comptes-pix/?{'a' * 10_000}")
    assert "commencez un diagnostic sans elles" in refused.value.read().decode()


def test_without_a_terminal_the_password_is_in_a_file_that_only_its_owner_can_read(
    started: tuple[LocalInstallation, str],
) -> None:
    file = started[0].folder / "admin_password"
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_text().strip()) >= 16


def test_on_a_terminal_the_password_is_printed_and_not_written_to_a_file(
    installation: LocalInstallation,
) -> None:
    reader, terminal = pty.openpty()
    fetch_page(f"{installation.start_without_waiting(terminal=terminal)}/")
    printed = os.read(reader, 10_000).decode().replace("\u00a0", " ")
    assert re.search(r"Mot de passe : [\w-]{16,}\s*$", printed)
    assert not (installation.folder / "admin_password").exists()


def test_after_a_kill_and_a_new_start_diagnostics_edits_and_accounts_are_still_there(
    installation: LocalInstallation,
) -> None:
    address = installation.start_and_wait()
    diagnostic, _ = fetch_page(f"{address}/corriger-comptes-pix/", "POST")
    installation.query_database("UPDATE rules_guide SET title = 'Retouché'")
    accounts = installation.query_database("SELECT username, password FROM auth_user")
    installation.kill_servers()
    installation.start_without_waiting(port=int(address.rsplit(":", 1)[1]))
    same_address, text = fetch_page(diagnostic)
    assert same_address == diagnostic
    assert "liste des élèves" in text
    assert installation.query_database("SELECT title FROM rules_guide") == [("Retouché",)]
    assert installation.query_database("SELECT username, password FROM auth_user") == accounts
    assert installation.output_file.read_text().count("Mot de passe") == 1


def test_two_first_starts_at_the_same_time_create_one_guide_and_one_account(
    installation: LocalInstallation,
) -> None:
    for address in [installation.start_without_waiting(), installation.start_without_waiting()]:
        fetch_page(f"{address}/")
    assert installation.query_database("SELECT count(*) FROM rules_version") == [(1,)]
    assert installation.query_database("SELECT username FROM auth_user") == [("admin",)]
    assert installation.output_file.read_text().count("Mot de passe") == 1


@pytest.mark.parametrize("seconds", [0.7, 1.1, 1.5])
def test_after_a_first_start_was_killed_the_next_start_completes_it(
    installation: LocalInstallation, seconds: float
) -> None:
    installation.start_without_waiting()
    time.sleep(seconds)
    installation.kill_servers()
    installation.start_and_wait()
    assert installation.query_database("SELECT number FROM rules_version") == [(1,)]
    assert installation.query_database("SELECT username FROM auth_user") == [("admin",)]
    assert (installation.folder / "admin_password").exists()


def test_it_ends_soon_after_sigterm_and_its_log_contains_no_address_of_a_diagnostic(
    installation: LocalInstallation,
) -> None:
    started_at = time.monotonic()
    address = installation.start_and_wait()
    seconds_to_start = time.monotonic() - started_at
    diagnostic, _ = fetch_page(f"{address}/corriger-comptes-pix/", "POST")
    with pytest.raises(HTTPError):
        fetch_page(f"{diagnostic}perdu/?code=ABCD")
    stopped_at = time.monotonic()
    assert installation.terminate_gracefully() == 0
    assert time.monotonic() - stopped_at < max(
        5, seconds_to_start
    )  # on a busy machine, each takes longer
    logged = installation.output_file.read_text()
    assert "Not Found" in logged
    assert diagnostic.rsplit("/", 2)[1] not in logged


WRONG_BIND_OPTIONS = [
    "", "x", "8000", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "a b:1",
    "http://127.0.0.1:8000", "127.0.0.1:8000; ls", "unix:/x",
]  # fmt: skip


@pytest.mark.parametrize("bind", WRONG_BIND_OPTIONS)
def test_a_wrong_address_is_refused_with_a_sentence(bind: str) -> None:
    refusal = command_refusal("start", f"--bind={bind}")
    assert refusal == "--bind attend une adresse et un port, comme 127.0.0.1:8000."


@pytest.mark.parametrize("workers", [0, -1, 101])
def test_a_wrong_number_of_workers_is_refused_with_a_sentence(workers: int) -> None:
    refusal = command_refusal("start", f"--workers={workers}")
    assert refusal == "--workers attend un nombre entre 1 et 100."


def test_the_settings_of_the_workers_know_how_many_workers_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _, command: commands.append(command))
    _run_gunicorn("127.0.0.1:8000", workers=3)
    assert {"--workers=3", "--env=WEB_CONCURRENCY=3"} <= {*commands[0]}


@pytest.fixture
def single_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes `start` give up after its first attempt to use an address."""
    monkeypatch.setattr("diagnostics.management.commands.start.MAX_ATTEMPTS", 1)


@pytest.mark.parametrize("host", ["192.0.2.1", "nulle-part.invalid", "a" * 70])
def test_an_address_of_another_machine_is_refused_with_a_sentence(
    single_attempt: None, host: str
) -> None:
    refusal = command_refusal("start", f"--bind={host}:8000")
    assert refusal == f"L’adresse {host}:8000 n’est pas libre ou n’existe pas ici."


def test_an_address_in_use_is_refused_with_a_sentence(single_attempt: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        refusal = command_refusal("start", f"--bind=127.0.0.1:{server.getsockname()[1]}")
    assert "n’est pas libre" in refusal


def test_a_static_file_in_the_cache_of_a_browser_is_not_sent_again(
    started: tuple[LocalInstallation, str],
) -> None:
    """The browser sends the date and the tag of its copy; the server answers 304, no content."""
    address = f"{started[1]}/static/diagnostics/pages.css"
    with urlopen(Request(address, headers={"Accept-Encoding": "gzip"})) as first:
        validators = {"If-Modified-Since": first.headers["Last-Modified"]}
        if first.headers["ETag"]:
            validators["If-None-Match"] = first.headers["ETag"]
        assert first.headers["Content-Encoding"] == "gzip"
    with pytest.raises(HTTPError) as answer:
        urlopen(Request(address, headers={"Accept-Encoding": "gzip"} | validators))
    answer.value.close()
    assert answer.value.code == 304
