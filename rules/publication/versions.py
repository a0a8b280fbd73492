"""Reads the documents of versions, checks that nobody altered them, and compiles them."""

import json

from rules.document.parsing import parse_document
from rules.document.problems import DocumentError
from rules.document.serialising import document_digest
from rules.drafts.cached_changes import ComparedContent
from rules.engine.compiled import CompiledGuide, CompiledGuides, RuleTooComplexError
from rules.engine.content import GuideContent
from rules.models import Version

_compiled_versions = CompiledGuides()


class VersionAlteredError(RuntimeError):
    """Raised when the document of a version no longer matches its digest, or is no usable one."""


def compiled_version(version: Version) -> CompiledGuide:
    """Returns a version compiled, so that answers can be evaluated.

    `version.document` is read only if this process has not compiled it yet, so it may be deferred.
    Raises `VersionAlteredError` if the document is read and was altered, or has a rule that no
    publication accepts.
    """
    try:
        return _compiled_versions.get(version.sha256, lambda: version_content(version))
    except RuleTooComplexError as error:  # altered together with its digest
        raise VersionAlteredError(f"version {version.pk}") from error


def compared_version(version: Version) -> ComparedContent:
    """Returns a version to be compared. Raises `VersionAlteredError` as `compiled_version` does."""
    return ComparedContent(compiled_version(version), version.sha256)


def version_document(version: Version) -> str:
    """Returns the document of a version as canonical JSON.

    Raises `VersionAlteredError` if the document was altered.
    """
    if document_digest(version.document) != version.sha256:
        raise VersionAlteredError(f"version {version.pk}")
    return version.document


def version_content(version: Version) -> GuideContent:
    """Returns the content of the guide that a version is a copy of.

    Raises `VersionAlteredError` if the document was altered.
    """
    document = version_document(version)
    try:
        return parse_document(json.loads(document))
    except (DocumentError, ValueError, RecursionError) as error:  # altered together with its digest
        raise VersionAlteredError(f"version {version.pk}") from error


def altered_version_sentence(version: Version) -> str:
    return (
        f"La version {version.number} n’est plus celle qui a été publiée\u00a0: elle a été altérée "
        "dans la base de données. Prévenez l’équipe technique."
    )
