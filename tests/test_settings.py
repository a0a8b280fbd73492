"""Variables of the environment: right values are read, a wrong one stops every command.

The message for a wrong value names the variable, and never the value, which may be secret.
"""

import os
import runpy
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.exceptions import ImproperlyConfigured

from diagnostics import environment, settings

SECRET = "motdepasse-tres-secret"
"""A text in most wrong values, which must not be in any message."""

WRONG_VALUES = [
    ("DEBUG", f"peut-etre-{SECRET}"),
    ("THROTTLING", SECRET),
    ("WEB_CONCURRENCY", f"0{SECRET}"),
    ("SESSION_DAYS", SECRET),
    ("SESSION_DAYS", "0"),
    ("SESSION_DAYS", "-1"),
    ("SESSION_DAYS", "1.5"),
    ("SESSION_DAYS", "10001"),
    ("SESSION_DAYS", "9" * 5000),
    ("SESSION_DAYS", "٣"),
    ("PROXIES", f"1{SECRET}"),
    ("PROXIES", "-1"),
    ("PROXIES", "10"),
    ("PROXIES", "٣"),
    ("HSTS_SUBDOMAINS", SECRET),
    ("SECURITY_CONTACT", SECRET),
    ("SECURITY_CONTACT", f"{SECRET}@example.fr"),
    ("SECURITY_CONTACT", f"http://{SECRET}.fr"),
    ("TWO_FACTORS", SECRET),
    ("ADMIN_IDLE_MINUTES", "0"),
    ("ADMIN_IDLE_MINUTES", SECRET),
    ("ALLOWED_HOSTS", f"https://{SECRET}.fr"),
    ("ALLOWED_HOSTS", f"{SECRET}.fr/chemin"),
    ("CSRF_TRUSTED_ORIGINS", f"{SECRET}.fr"),
    ("CORS_ALLOWED_ORIGINS", f"https://{SECRET}.fr/chemin"),
    ("CORS_ALLOWED_ORIGINS", "https://"),
    ("FRAME_ANCESTORS", f"https://a.fr;script-src {SECRET}"),
    ("FRAME_ANCESTORS", f"ftp://{SECRET}.fr"),
    ("FRAME_ANCESTORS", "https://[a"),
    ("PUBLIC_URL", f"{SECRET}.fr"),
    ("PUBLIC_URL", f"https://{SECRET}:port"),
    ("PUBLIC_URL", "http://[a"),
    ("PUBLIC_URL", f"https://a.fr/{SECRET}"),
    ("SUPPORT_URL", f"javascript:{SECRET}"),
    ("SUPPORT_URL", f'https://a.fr/"{SECRET}'),
    ("DATABASE_URL", SECRET),
    ("DATABASE_URL", f"mysql://u:{SECRET}@h/b"),
    ("DATABASE_URL", f"postgres://u:{SECRET}@h:port/b"),
    ("DATABASE_URL", "postgres://[a"),
    ("DATABASE_URL", f"sqlite:////proc/{SECRET}/db.sqlite3"),
    ("CACHE_URL", f"memcached://{SECRET}"),
    ("CACHE_URL", f"redis://{SECRET}:port"),
    ("SENTRY_DSN", SECRET),
    ("SENTRY_DSN", f"https://{SECRET}@"),
    ("SENTRY_DSN", f"https://{SECRET}.fr/1"),
]


def run_check(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs `manage.py check` with these variables of the environment and hardly any others."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check", *arguments],
        cwd=settings.BASE_DIR,
        env=inherited | {"DATABASE_URL": "sqlite://:memory:"} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


READERS: dict[str, Callable[[str], object]] = {
    "DEBUG": environment.read_boolean,
    "TWO_FACTORS": environment.read_boolean,
    "HSTS_SUBDOMAINS": environment.read_boolean,
    "THROTTLING": partial(environment.read_boolean, default="on"),
    "SESSION_DAYS": partial(environment.read_number, default=30),
    "WEB_CONCURRENCY": partial(environment.read_number, default=30),
    "ADMIN_IDLE_MINUTES": partial(environment.read_number, default=30),
    "PROXIES": partial(environment.read_number, default=0, least=0, most=9),
    "SECURITY_CONTACT": environment.read_contacts,
    "ALLOWED_HOSTS": environment.read_hosts,
    "CSRF_TRUSTED_ORIGINS": environment.read_origins,
    "CORS_ALLOWED_ORIGINS": environment.read_origins,
    "FRAME_ANCESTORS": environment.read_origins,
    "PUBLIC_URL": environment.read_origin,
    "SUPPORT_URL": environment.read_url,
    "DATABASE_URL": lambda _: environment.read_secret_key(
        environment.read_database(Path("/absent"))
    ),
    "CACHE_URL": lambda _: environment.read_cache(),
    "SENTRY_DSN": environment.read_sentry_dsn,
}
"""The functions by which the settings module reads variables."""


@pytest.fixture(autouse=True)
def no_secret_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)


@pytest.mark.parametrize(
    ("name", "value"), WRONG_VALUES, ids=[f"{n}={v[:40]}" for n, v in WRONG_VALUES]
)
def test_the_message_for_a_wrong_value_names_the_variable_but_not_the_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=f"^La variable {name} ") as refused:
        READERS[name](name)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("name", sorted({name for name, _ in WRONG_VALUES}))
def test_a_command_stops_with_that_message_and_prints_nothing_else(name: str) -> None:
    value = next(value for wrong_name, value in WRONG_VALUES if wrong_name == name)
    stopped = run_check(**{name: value})
    assert stopped.returncode == 1
    assert stopped.stderr.startswith(f"La variable {name} ")
    assert stopped.stderr.count("\n") == 1
    assert SECRET not in stopped.stderr


RIGHT_VALUES = [
    ("DEBUG", "", False),
    ("DEBUG", " True ", True),
    ("DEBUG", "non", False),
    ("THROTTLING", "", True),
    ("THROTTLING", "off", False),
    ("TWO_FACTORS", "on", True),
    ("ADMIN_IDLE_MINUTES", "5", 5),
    ("SESSION_DAYS", "", 30),
    ("SESSION_DAYS", "7", 7),
    ("PROXIES", "", 0),
    ("PROXIES", "2", 2),
    ("SECURITY_CONTACT", "", []),
    (
        "SECURITY_CONTACT",
        "mailto:faille+pix@a.fr, https://a.fr/b?c tel:+33-1-00",
        ["mailto:faille+pix@a.fr", "https://a.fr/b?c", "tel:+33-1-00"],
    ),
    ("ALLOWED_HOSTS", "a.fr, .b.fr *", ["a.fr", ".b.fr", "*"]),
    ("ALLOWED_HOSTS", "[::1]", ["[::1]"]),
    ("CORS_ALLOWED_ORIGINS", "https://ent.fr,http://a:81", ["https://ent.fr", "http://a:81"]),
    ("PUBLIC_URL", "https://a.fr/", "https://a.fr"),
    ("SUPPORT_URL", "https://a.fr/aide", "https://a.fr/aide"),
    ("SENTRY_DSN", "", ""),
    ("SENTRY_DSN", "https://k@o1.example.fr/2", "https://k@o1.example.fr/2"),
]


@pytest.mark.parametrize(("name", "value", "expected"), RIGHT_VALUES)
def test_a_right_value_is_read(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: object
) -> None:
    monkeypatch.setenv(name, value)
    assert READERS[name](name) == expected


def test_postgresql_may_be_reached_by_a_unix_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://moi@%2Frun%2Fpg/base")
    database = environment.read_database(Path("/absent"))
    assert (database["HOST"], database["NAME"]) == ("/run/pg", "base")


def test_the_cache_is_the_database_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CACHE_URL", raising=False)
    assert environment.read_cache()["BACKEND"].endswith("DatabaseCache")


def test_the_cache_may_be_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHE_URL", "redis://h:6379/1")
    assert environment.read_cache()["LOCATION"] == "redis://h:6379/1"


def read_postgresql(monkeypatch: pytest.MonkeyPatch, options: str = "") -> dict[str, object]:
    monkeypatch.setenv("DATABASE_URL", f"postgres://u@h/b{options}")
    return dict(environment.read_database(Path("unused"))["OPTIONS"])


def test_a_connection_to_postgresql_is_not_awaited_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options = read_postgresql(monkeypatch)
    assert options["connect_timeout"] == 2
    assert options["tcp_user_timeout"] == 10_000


def test_options_in_the_address_of_the_database_are_kept_and_come_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options = read_postgresql(monkeypatch, "?connect_timeout=9&sslmode=require")
    assert (options["connect_timeout"], options["sslmode"]) == (9, "require")
    assert options["keepalives_idle"] == 10


def test_a_sqlite_file_stays_open_and_gives_the_space_of_its_journal_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    config = environment.read_database(Path("a.sqlite3"))
    assert config["CONN_MAX_AGE"] is None
    assert "journal_size_limit" in config["OPTIONS"]["init_command"]


def test_postgresql_without_a_secret_key_is_refused() -> None:
    stopped = run_check(DATABASE_URL=f"postgres://u:{SECRET}@h/b")
    assert stopped.stderr == "La variable SECRET_KEY est obligatoire avec cette base de données.\n"


def database_in(folder: Path) -> dict[str, str]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "db.sqlite3")}


def test_on_sqlite_a_secret_key_is_created_once_and_stored_beside_the_database(
    tmp_path: Path,
) -> None:
    first, second = (environment.read_secret_key(database_in(tmp_path)) for _ in range(2))
    assert first == second == (tmp_path / "secret_key").read_text()
    assert len(first) > 50


def test_only_the_owner_of_the_file_can_read_the_secret_key(tmp_path: Path) -> None:
    environment.read_secret_key(database_in(tmp_path))
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (PermissionError(13, "Permission denied"), "ce compte n’en a pas le droit"),
        (OSError(5, "Input/output error"), "le disque ne répond pas"),
    ],
)
def test_a_secret_key_that_cannot_be_read_is_named_with_the_cause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, cause: str
) -> None:
    file = tmp_path / "secret_key"
    file.touch()
    monkeypatch.setattr(Path, "read_text", Mock(side_effect=error))
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.read_secret_key(database_in(tmp_path))
    sentence = (
        f"Le fichier {file}, qui contient la clé secrète, ne peut pas être lu\u00a0: {cause}."
    )
    assert str(refused.value) == sentence


def test_a_secret_key_that_is_no_text_is_named_with_the_cause(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_bytes(b"\xff")
    with pytest.raises(ImproperlyConfigured, match=r"secret_key, .*ce n’est pas un texte"):
        environment.read_secret_key(database_in(tmp_path))


def test_first_starts_at_the_same_time_use_one_secret_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(environment.read_secret_key, [database_in(tmp_path)] * 64))
    assert len(keys) == 1


def test_two_installations_have_different_secret_keys(tmp_path: Path) -> None:
    first, second = (environment.read_secret_key(database_in(tmp_path / name)) for name in "ab")
    assert first != second


def test_a_secret_key_in_the_environment_is_used_and_none_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "donnee")
    assert environment.read_secret_key(database_in(tmp_path)) == "donnee"
    assert not list(tmp_path.iterdir())


def test_no_variable_is_required() -> None:
    assert run_check().returncode == 0


def test_with_an_https_address_the_deployment_check_finds_no_issue() -> None:
    found = run_check("--deploy", "--fail-level", "WARNING", PUBLIC_URL="https://a.fr")
    assert (found.returncode, "no issues" in found.stdout) == (0, True), found.stderr


def read_settings(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(settings.__file__))


def test_an_https_address_requires_https_of_its_own_host_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = read_settings(monkeypatch, PUBLIC_URL="https://a.fr:8443")
    assert values["SECURE_SSL_HOST"] == "a.fr:8443"
    assert values["SECURE_HSTS_SECONDS"] > 0
    assert not values["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert not values["SECURE_HSTS_PRELOAD"]


@pytest.mark.parametrize(("public_url", "is_required"), [("https://a.fr", True), ("", False)])
def test_https_is_required_of_subdomains_if_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, public_url: str, is_required: bool
) -> None:
    values = read_settings(monkeypatch, PUBLIC_URL=public_url, HSTS_SUBDOMAINS="true")
    assert values["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is is_required
    assert values["SECURE_HSTS_PRELOAD"] is is_required
    assert values["SILENCED_SYSTEM_CHECKS"] == []


def test_without_an_https_address_the_deployment_check_fails() -> None:
    assert run_check("--deploy", "--fail-level", "WARNING").returncode == 1
