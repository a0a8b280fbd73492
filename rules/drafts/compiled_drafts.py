"""Drafts made ready to evaluate, and their proofs, which a process computes only once."""

import json
from functools import lru_cache

from rules.document.parsing import parse_document
from rules.document.serialising import canonical_json, document_digest
from rules.engine.compiled import CompiledGuide, CompiledGuides
from rules.engine.content import GuideContent
from rules.proof.findings import Proof
from rules.proof.prove import prove_guide
from rules.proof.walk import MAX_STATES

QUICK_PROOF_MAX_STATES = 500
"""The states that a page explores when it must not wait: a fraction of a second."""

_compiled_drafts = CompiledGuides(size=8)
"""The compiled drafts are not among the compiled versions, so that they never push those out."""


def compiled_draft(draft: GuideContent) -> CompiledGuide:
    """Returns a draft ready to evaluate.

    Raises `DocumentError` if it is not well-formed, `RuleTooComplexError` if a rule has too many
    conditions.
    """
    document = canonical_json(draft)
    return _compiled_drafts.get(
        document_digest(document), lambda: parse_document(json.loads(document))
    )


def draft_proof(draft: GuideContent, max_states: int = MAX_STATES) -> Proof:
    """Returns the proof of a draft, which stops after `max_states` states.

    Raises what `compiled_draft` raises.
    """
    return _document_proof(canonical_json(draft), max_states)


@lru_cache(maxsize=16)
def _document_proof(document: str, max_states: int) -> Proof:
    return prove_guide(compiled_draft(parse_document(json.loads(document))), max_states)
