"""Compiled drafts. Each process caches the latest ones."""

from rules.document.serialising import canonical_json, document_digest
from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.engine.compiled import CompiledGuide, CompiledGuides
from rules.engine.content import GuideContent

_compiled_drafts = CompiledGuides(max_guides=8, max_size=40_000)
"""A cache of its own, so that drafts do not push versions out of the cache of versions."""


def compiled_draft(draft: GuideContent) -> CompiledGuide:
    """Compiles a draft, so that answers can be evaluated; an earlier result may be reused.

    A draft may be unfinished. Its parts keep their positions then, and the rules that cannot be
    evaluated yet are left out: they never hold. `unfinished_problems` says what they lack.
    """
    return compiled_document(draft, document_digest(canonical_json(draft)))


def compiled_document(draft: GuideContent, digest: str) -> CompiledGuide:
    """Does what `compiled_draft` does, if the digest of the document of the draft is known."""
    return _compiled_drafts.get(digest, lambda: leave_out_unfinished_parts(draft))
