"""Asks pages of a site while its SQLite file is locked, then while its disk is full.

Run as a program, it prepares the database of DATABASE_URL, which must be new, and prints as JSON what
the requests were answered.
"""

import gc
import io
import json
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import django

READ_PATHS = ["/corriger-comptes-pix/", "/diagnostics/{id}/", "/api/v1/sessions/{id}", "/readyz"]


FORM = "application/x-www-form-urlencoded"


def ask_page(method: str, path: str, body: str = "", content_type: str = "application/json") -> int:
    """Returns the status of an answer, which is closed as a server does."""
    from django.test import RequestFactory

    from diagnostics.wsgi import application

    request = RequestFactory().generic(method, path, body, content_type)
    response = application(request.environ, lambda *_: bytes)
    response.close()  # then Django closes its connections, or keeps them
    return response.status_code


def ask_all(session: str, choice: str) -> dict[str, object]:
    """Returns the statuses of pages that are read, and that of an answer, with the time it took."""
    read = [ask_page("GET", path.format(id=session)) for path in READ_PATHS]
    path, began_at = f"/api/v1/sessions/{session}/answers/liste-a-jour", monotonic()
    written = ask_page("PUT", path, json.dumps({"choice": choice}))
    return {"read": read, "written": written, "seconds": monotonic() - began_at}


def count_cursors_left(session: str) -> int:
    """Returns how many cursors the answers to a program and a visitor leave to garbage collection."""
    gc.collect()
    gc.disable()
    before = _count_cursors()
    ask_page("PUT", f"/api/v1/sessions/{session}/answers/liste-a-jour", '{"choice": "oui"}')
    ask_page("POST", f"/diagnostics/{session}/questions/liste-a-jour/", "choice=oui", FORM)
    left = _count_cursors() - before
    gc.enable()
    return left


def _count_cursors() -> int:
    # isinstance would make the lazy objects of Django compute their values.
    return sum(issubclass(type(each), sqlite3.Cursor) for each in gc.get_objects())


@contextmanager
def locked_file(name: str) -> Iterator[None]:
    holder = sqlite3.connect(name, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        holder.close()


@contextmanager
def full_disk() -> Iterator[None]:
    """Makes every file keep its length, so that this process cannot write, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from diagnostics.services import session_create
    from rules.guides import SHIPPED_GUIDE
    from rules.models import Version

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("import_guide", SHIPPED_GUIDE, publish=True, stdout=io.StringIO())
    session = str(session_create(version=Version.objects.get(), answers={}).pk)
    connections.close_all()
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.DATABASE_SECONDS, settings.DATABASE_LOCK_SECONDS = 1, 0.2
    asked = {"before": ask_all(session, "oui")}
    with locked_file(str(settings.DATABASES["default"]["NAME"])):
        asked["locked"] = ask_all(session, "non")
        asked["locked"]["cursors"] = count_cursors_left(session)
    asked["unlocked"] = ask_all(session, "non")
    with full_disk():
        asked["full"] = ask_all(session, "oui")
    asked["emptied"] = ask_all(session, "oui")
    print(json.dumps(asked))  # noqa: T201 (what the test reads)


if __name__ == "__main__":
    main()
