"""Drafts made ready to evaluate, and their proofs, each made once in a process."""

import json
from functools import lru_cache

from rules.document.parsing import parse_document
from rules.document.serialising import canonical_json, document_digest
from rules.engine.compiled import CompiledGuide, CompiledGuides
from rules.engine.content import GuideContent
from rules.proof.findings import Proof
from rules.proof.prove import prove_guide
from rules.proof.walk import MAX_STATES

_drafts = CompiledGuides(size=8)
"""Apart, so that those who edit never push out what visitors are on."""


def compiled_draft(draft: GuideContent) -> CompiledGuide:
    """Raises `DocumentError` and `RuleTooComplexError`."""
    document = canonical_json(draft)
    return _drafts.get(document_digest(document), lambda: parse_document(json.loads(document)))


QUICK_PROOF_MAX_STATES = 500
"""How far a page proves that must not wait: a fraction of a second; the proof's own page goes on."""


def draft_proof(draft: GuideContent, max_states: int = MAX_STATES) -> Proof:
    """Of a well-formed draft whose rules are not too complex."""
    return _proof(canonical_json(draft), max_states)


@lru_cache(maxsize=16)
def _proof(document: str, max_states: int) -> Proof:
    return prove_guide(compiled_draft(parse_document(json.loads(document))), max_states)
