"""Versions loaded for evaluation, each checked against its digest when it is read."""

import json

from rules.document.parsing import parse_document
from rules.document.serialising import document_digest
from rules.engine.compiled import CompiledGuide, CompiledGuides
from rules.engine.content import GuideContent
from rules.models import Version

_compiled = CompiledGuides()


class VersionAlteredError(RuntimeError):
    """The document of a version is not the one that was published."""


def compiled_version(version: Version) -> CompiledGuide:
    """Reads the document only when this process has not compiled it yet, so `version` may have
    it deferred.
    """
    return _compiled.get(version.sha256, lambda: version_content(version))


def version_document(version: Version) -> str:
    """The text that was published. Raises `VersionAlteredError`."""
    if document_digest(version.document) != version.sha256:
        raise VersionAlteredError(f"version {version.pk}")
    return version.document


def version_content(version: Version) -> GuideContent:
    """The guide of a version, from its row. Raises `VersionAlteredError`."""
    return parse_document(json.loads(version_document(version)))


def altered_version_sentence(version: Version) -> str:
    return (
        f"La version {version.number} n’est plus celle qui a été publiée\u00a0: elle a été altérée "
        "dans la base de données. Prévenez l’équipe technique."
    )
