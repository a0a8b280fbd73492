"""Tells other programs whether the service works: `/healthz` and `/readyz`.

What restarts a process asks `/healthz`, which answers without the database: a restart does not mend
a database. What sends visitors to a process asks `/readyz`, which answers with one word for each part.

Such programs often send an IP address as the host, and http behind a proxy. So these two addresses
are answered before the host and the scheme are checked. They show nothing that is not public.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from time import monotonic

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.utils.log import log_response

from diagnostics.databases.outages import DatabaseOutageError
from rules.publication.timeline import live_versions
from rules.publication.versions import VersionAlteredError, compiled_version

COMPILATION_SECONDS = 2
"""How long one answer may compile versions. The next answer compiles the others."""

_compiled_digests: set[str] = set()
"""The digests of the versions that were compiled once for an answer of this process."""


def answer_health(request: HttpRequest) -> HttpResponse:
    """Says that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def answer_readiness(request: HttpRequest) -> HttpResponse:
    """Says whether the database answers and has the tables of this program, and its versions are right.

    A part is `unknown` if it was not looked at, because something is wrong with a part before it.
    """
    parts = {"database": "silent", "migrations": "unknown", "versions": "unknown"}
    with suppress(DatabaseError, InterfaceError, DatabaseOutageError):
        applied = MigrationRecorder(connection).applied_migrations().keys()
        parts["migrations"] = "ok" if _migrations_of_program() <= applied else "missing"
        parts["database"] = "ok"
        if parts["migrations"] == "ok":
            parts["versions"] = _state_of_live_versions()
    status = 200 if {*parts.values()} == {"ok"} else 503
    lines = "".join(f"{part}: {word}\n" for part, word in parts.items())
    response = HttpResponse(lines, content_type="text/plain", status=status)
    log_response("%s", parts, response=response, level="debug")  # keeps Django from logging it
    return response


@lru_cache
def _migrations_of_program() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def _state_of_live_versions() -> str:
    """Compiles the live versions that this process has never compiled, as long as there is time.

    A version is compiled once for these answers, even if the cache of compiled guides has dropped
    it since.
    """
    stop_at = monotonic() + COMPILATION_SECONDS
    for version in live_versions():
        if version.sha256 in _compiled_digests:
            continue
        if monotonic() > stop_at:
            return "compiling"
        try:
            compiled_version(version)
        except VersionAlteredError:
            return "altered"
        _compiled_digests.add(version.sha256)
    return "ok"


PROBES = {"/healthz": answer_health, "/readyz": answer_readiness}


class ProbeMiddleware:
    """Answers the probes before anything else may refuse or redirect them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = PROBES.get(request.path_info, self.get_response)
        return answer(request)
