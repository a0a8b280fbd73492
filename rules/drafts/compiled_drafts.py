"""Compiled drafts and their proofs. Each process caches the latest ones."""

import json
from functools import lru_cache

from rules.document.parsing import parse_document
from rules.document.serialising import canonical_json, document_digest
from rules.engine.compiled import CompiledGuide, CompiledGuides
from rules.engine.content import GuideContent
from rules.proof.bounds import COMMAND_BOUND
from rules.proof.findings import Proof
from rules.proof.prove import prove_guide
from rules.proof.walk import MAX_STATES

QUICK_PROOF_MAX_STATES = 500
"""The limit of the proofs for quick pages: so many states take less than a second."""

_compiled_drafts = CompiledGuides(size=8)
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


def draft_proof(draft: GuideContent, max_states: int = MAX_STATES) -> Proof:
    """Returns the proof of a draft. It is not complete if there are more than `max_states` states.

    Raises `DocumentError` and `RuleTooComplexError`, as `compiled_draft` does.
    """
    return document_proof(canonical_json(draft), max_states)


@lru_cache(maxsize=16)
def document_proof(document: str, max_states: int) -> Proof:
    """Does what `draft_proof` does, for the canonical JSON of a draft."""
    return prove_guide(compiled_document(document), COMMAND_BOUND._replace(states=max_states))
