"""A version that someone altered in the database is served by none of the addresses of its guide."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.test import Client

from diagnostics.services import session_create
from rules.document.parsing import parse_document
from rules.document.serialising import document_digest
from rules.drafts.guides import guide_import
from rules.engine.compiled import CompiledGuides
from rules.models import Version
from rules.publication import versions
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.rules.documents import document_with_a_long_rule, small_document

UNREADABLE = "Ce guide ne peut pas être affiché pour le moment."
API = "/api/v1"
PUBLIC_ADDRESSES = [
    ("GET", API + "/guides/petit", ""),
    ("POST", API + "/guides/petit/evaluate", '{"answers": {}}'),
    ("POST", API + "/guides/petit/evaluate-batch", '{"rows": [{"id": "1", "answers": {}}]}'),
    ("POST", API + "/sessions", '{"guide": "petit"}'),
    ("GET", API + "/sessions/{session}", ""),
    ("PUT", API + "/sessions/{session}/answers/q1", '{"choice": "a"}'),
    ("DELETE", API + "/sessions/{session}/answers/q1", ""),
    ("GET", "/petit/", ""),
    ("POST", "/petit/", ""),
    ("GET", "/petit/classe/", ""),
    ("POST", "/petit/classe/", ""),
    ("GET", "/petit/hors-ligne/", ""),
    ("GET", "/petit/affiche/", ""),
    ("GET", "/diagnostics/{session}/", ""),
    ("GET", "/diagnostics/{session}/questions/q1/", ""),
    ("POST", "/diagnostics/{session}/questions/q1/", ""),
    ("POST", "/diagnostics/{session}/autre-eleve/", ""),
]
"""The addresses that read a version: method, path and body."""


def alter_document(version: Version) -> tuple[str, str]:
    return version.document.replace("Petit guide", "Guide altéré"), version.sha256


def with_digest(document: str) -> tuple[str, str]:
    return document, document_digest(document)


ALTERATIONS: dict[str, Callable[[Version], tuple[str, str]]] = {
    "its document": alter_document,
    "its digest": lambda version: (version.document, "0" * 64),
    "both, no guide": lambda _: with_digest("{}"),
    "both, no JSON": lambda _: with_digest("pas du JSON"),
    "both, a rule too long": lambda _: with_digest(document_with_a_long_rule()),
}


@pytest.fixture
def version(no_guide: None) -> Version:
    """A version that this process has never compiled: no other guide has this introduction."""
    document = small_document() | {"introduction": "Jamais lue."}
    guide = guide_import(content=parse_document(document))
    return guide_publish(review=PublicationReview(guide))


@pytest.mark.parametrize("alteration", ALTERATIONS)
def test_no_public_address_serves_an_altered_version(
    version: Version, client: Client, alteration: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_create(version=version, answers={})
    document, sha256 = ALTERATIONS[alteration](version)
    Version.objects.update(document=document, sha256=sha256)
    served = []
    for method, path, body in PUBLIC_ADDRESSES:
        monkeypatch.setattr(versions, "_compiled_versions", CompiledGuides())
        url = path.format(session=session.pk)
        answer = client.generic(method, url, body, "application/json" if body else "text/plain")
        if answer.status_code != HTTPStatus.INTERNAL_SERVER_ERROR or (
            UNREADABLE not in answer.getvalue().decode()
        ):
            served.append((method, path, answer.status_code))
    assert served == []


def test_lists_of_guides_and_the_description_of_the_api_do_without_an_altered_version(
    version: Version, client: Client
) -> None:
    Version.objects.update(document="{}")
    guide_publish(
        review=PublicationReview(
            guide_import(content=parse_document(small_document() | {"slug": "autre"}))
        )
    )
    for url in ("/", "/integration/", f"{API}/guides", f"{API}/schema", "/autre/"):
        assert client.get(url).status_code == HTTPStatus.OK


def test_requests_for_an_altered_version_are_logged_without_their_address(
    version: Version, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    Version.objects.update(document="{}", sha256="0" * 64)
    for address in (f"{API}/guides/petit", "/petit/?secret=1"):
        client.get(address)
    lines = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    sentence = f"A version that was altered in the database is not served: version {version.pk}"
    assert lines == [sentence] * 2
