"""Reads and checks the environment variables.

A wrong value raises `ImproperlyConfigured`, so that the program does not start, and the error says
in French what the variable expects.
"""

import os
import re
import secrets
from pathlib import Path
from typing import Any, cast

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from rules.counts import format_number

TRUE, FALSE = {"1", "true", "yes", "on", "oui"}, {"", "0", "false", "no", "off", "non"}

_HOST = r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])"
_ORIGIN = rf"https?://{_HOST}(:[0-9]{{1,5}})?"
_CONTACT = rf"mailto:[!-~]+@[A-Za-z0-9.-]+|tel:\+?[0-9-]+|https://{_HOST}(:[0-9]{{1,5}})?(/[!-~]*)?"
_SQLITE, _POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
    "PRAGMA journal_size_limit=4194304;"  # a journal that has grown gives its space back
)
_SECONDS_TO_CONNECT = 2
_TCP_LIMITS = {
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
}
"""After these times, commands too give a network up that loses everything that is sent."""


def read_text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def read_boolean(name: str, default: str = "") -> bool:
    value = read_text(name, default).lower()
    if value not in TRUE | FALSE:
        raise wrong_value(name, "attend « true » ou « false »")
    return value in TRUE


def read_number(name: str, default: int, *, least: int = 1, most: int = 10_000) -> int:
    """Returns a whole number from `least` to `most`."""
    value = read_text(name, str(default))
    if not re.fullmatch("[0-9]{1,5}", value) or not least <= int(value) <= most:
        limits = f"entre {least} et {format_number(most)}"
        raise wrong_value(name, f"attend un nombre entier {limits}")
    return int(value)


def read_list(name: str) -> list[str]:
    """Returns the items of a list separated by commas or spaces."""
    return read_text(name).replace(",", " ").split()


def read_hosts(name: str) -> list[str]:
    """Returns host names for Django: `.example.fr` allows its subdomains too, and `*` any host."""
    hosts = read_list(name)
    if not all(host == "*" or re.fullmatch(rf"\.?{_HOST}", host) for host in hosts):
        raise wrong_value(
            name, "attend des noms d’hôtes comme diagnostics.example.fr, sans https://"
        )
    return hosts


def read_origins(name: str) -> list[str]:
    """Returns origins such as `https://ent.example.fr`."""
    origins = read_list(name)
    if not all(re.fullmatch(_ORIGIN, origin) for origin in origins):
        raise wrong_value(name, "attend des origines comme https://ent.example.fr, sans chemin")
    return origins


def read_origin(name: str) -> str:
    """Returns one origin, or an empty text. It has no path, since the site is served from the root."""
    value = read_text(name).rstrip("/")
    if value and not re.fullmatch(_ORIGIN, value):
        raise wrong_value(
            name, "attend une adresse comme https://diagnostics.example.fr, sans chemin"
        )
    return value


def read_url(name: str, default: str = "") -> str:
    """Returns an http or https address without a slash at its end, or an empty text."""
    value = read_text(name, default).rstrip("/")
    if value and not re.fullmatch(rf"{_ORIGIN}(/[^\s\"'<>]*)?", value):
        raise wrong_value(name, "attend une adresse qui commence par https:// ou http://")
    return value


def read_contacts(name: str) -> list[str]:
    """Returns addresses at which people are reached, in the order of preference."""
    contacts = read_list(name)
    if not all(re.fullmatch(_CONTACT, contact) for contact in contacts):
        raise wrong_value(
            name,
            "attend des adresses comme mailto:securite@example.fr ou https://example.fr/faille",
        )
    return contacts


def read_sentry_dsn(name: str) -> str:
    value = read_text(name)
    if not value:
        return ""
    from sentry_sdk.utils import Dsn  # imported here because it is slow to load

    try:
        return str(Dsn(value))
    except ValueError:
        raise wrong_value(name, "attend l’adresse (DSN) que donne Sentry") from None


def read_database(default: Path) -> dict[str, Any]:
    """Returns Django's database settings from DATABASE_URL, else of a SQLite file at `default`."""
    try:
        config = dj_database_url.parse(read_text("DATABASE_URL", f"sqlite:///{default}"))
    except ValueError:
        config = {"ENGINE": ""}
    if config["ENGINE"] not in (_SQLITE, _POSTGRESQL):
        raise wrong_value("DATABASE_URL", "attend une adresse comme postgres://… ou sqlite:///…")
    options = config.get("OPTIONS", {})
    if config["ENGINE"] == _SQLITE:
        # Writers wait for one another instead of failing; readers never wait. A connection stays
        # open, because to open one takes some bytes of the disk, which may be full.
        config["CONN_MAX_AGE"] = None
        config["OPTIONS"] = options | {
            "transaction_mode": "IMMEDIATE",
            "timeout": _SECONDS_TO_CONNECT,
            "init_command": _SQLITE_PRAGMAS,
        }
    else:
        config["ENGINE"] = "diagnostics.databases.postgresql"  # which is Django's, with bounds
        config["CONN_MAX_AGE"] = config.get("CONN_MAX_AGE") or 60
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = {"connect_timeout": _SECONDS_TO_CONNECT} | _TCP_LIMITS | options
    return cast("dict[str, Any]", config)


def read_cache() -> dict[str, Any]:
    """Returns Django's cache settings: the Redis of CACHE_URL, else a table of the database."""
    address = read_text("CACHE_URL")
    if not address:
        return {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            "OPTIONS": {"MAX_ENTRIES": 200_000},  # a full cache drops entries that still count
        }
    from redis import ConnectionPool  # imported here because it is slow to load

    try:
        ConnectionPool.from_url(address)
    except ValueError:
        raise wrong_value("CACHE_URL", "attend une adresse comme redis://…") from None
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": address,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},  # seconds
    }


_READING_FAILURES: dict[type[Exception], str] = {
    PermissionError: "ce compte n’en a pas le droit",
    IsADirectoryError: "c’est un dossier",
    UnicodeDecodeError: "ce n’est pas un texte",
}
"""Why the file of the secret key cannot be read, by the error that Python raises."""


def read_secret_key(database: dict[str, Any]) -> str:
    """Returns SECRET_KEY. If it is not set, SQLite may use a key stored beside its database file.

    Other databases raise `ImproperlyConfigured`.
    """
    if given := read_text("SECRET_KEY"):
        return given
    if database["ENGINE"] != _SQLITE:
        raise ImproperlyConfigured(
            "La variable SECRET_KEY est obligatoire avec cette base de données."
        )
    if database["NAME"] == ":memory:":
        return secrets.token_urlsafe(64)
    file = Path(database["NAME"]).parent / "secret_key"
    try:
        return _read_or_create_key(file)
    except (OSError, UnicodeDecodeError) as error:
        if os.path.exists(file):  # unlike `Path.exists`, it never raises  # noqa: PTH110
            cause = _READING_FAILURES.get(type(error), "le disque ne répond pas")
            raise ImproperlyConfigured(
                f"Le fichier {file}, qui contient la clé secrète, ne peut pas être lu\u00a0: {cause}."
            ) from None
        raise wrong_value(
            "DATABASE_URL", "attend un fichier dans un dossier où l’on peut écrire"
        ) from None


def _read_or_create_key(file: Path) -> str:
    """Returns the key in the file. If the file does not exist, writes a random key to it first."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            file.hardlink_to(draft)  # fails if another process has just written its own key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text().strip()


def wrong_value(name: str, expected: str) -> ImproperlyConfigured:
    """Returns an error that says what the variable expects, without its value (maybe a secret)."""
    return ImproperlyConfigured(f"La variable {name} {expected}.")
