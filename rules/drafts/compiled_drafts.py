"""Compiled drafts. Each process caches the latest ones."""

import json

from rules.document.parsing import parse_document
from rules.document.serialising import canonical_json, document_digest
from rules.engine.compiled import CompiledGuide, CompiledGuides
from rules.engine.content import GuideContent

_compiled_drafts = CompiledGuides(max_guides=8, max_size=40_000)
"""A cache of its own, so that drafts do not push versions out of the cache of versions."""


def compiled_draft(draft: GuideContent) -> CompiledGuide:
    """Compiles a draft, so that answers can be evaluated; an earlier result may be reused.

    Raises `DocumentError` if the draft is not well-formed, `RuleTooComplexError` if one of its
    rules has too many conditions.
    """
    return compiled_document(canonical_json(draft))


def compiled_document(document: str) -> CompiledGuide:
    """Does what `compiled_draft` does, for the canonical JSON of a draft."""
    return _compiled_drafts.get(
        document_digest(document), lambda: parse_document(json.loads(document))
    )
