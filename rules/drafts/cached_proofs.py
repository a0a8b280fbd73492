"""The proofs of drafts: made one at a time, kept by the digests of their documents, and used again.

Each process keeps its latest proofs in memory (see `rules.drafts.bounded_results`). A complete proof
that took long is shared with the other processes, so that none of them makes it again: not even for a
page that allows less time than it took.
"""

from dataclasses import replace

from rules.document.serialising import canonical_json, document_digest
from rules.drafts.bounded_results import BoundedResults
from rules.drafts.compiled_drafts import compiled_document
from rules.drafts.shared_proofs import find_shared_proof, share_proof
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.proof.bounds import QUICK_BOUND, THOROUGH_BOUND, BoundKind, ProofBound
from rules.proof.findings import Proof
from rules.proof.prove import prove_guide

MAX_WEIGHT = 2_000_000
"""The most transitions and answers in the proofs that a process keeps: some 50 MB."""


def weigh_proof(proof: Proof) -> int:
    """Returns the number of transitions and answers in a proof."""
    transitions = sum(1 + len(state.successors) for state in proof.graph.states)
    return transitions + sum(1 + len(finding.answers) for finding in proof.findings)


def make_proof_cache() -> BoundedResults[Proof]:
    """Returns an empty cache of proofs by the digests of their documents."""
    return BoundedResults(MAX_WEIGHT, weigh_proof, lambda proof: proof.complete)


_cached_proofs = make_proof_cache()


def draft_proof(draft: GuideContent, bound: ProofBound = THOROUGH_BOUND) -> Proof:
    """Returns the proof of a draft, which may have been kept. It is not complete beyond its bound.

    An unfinished draft is proved without the rules that cannot be evaluated yet.
    """
    digest = document_digest(canonical_json(draft))
    return document_proof(compiled_document(draft, digest), digest, bound)


def document_proof(compiled: CompiledGuide, digest: str, bound: ProofBound) -> Proof:
    """Does what `draft_proof` does, for a compiled draft and the digest of its document."""

    def make_proof(limit: ProofBound) -> Proof:
        proof = prove_guide(compiled, limit)
        if proof.complete and proof.seconds > QUICK_BOUND.seconds:
            share_proof(digest, proof)
        return proof

    proof = _cached_proofs.find_quickly(digest, min(bound, QUICK_BOUND), make_proof)
    if proof.complete:
        return proof
    if shared := find_shared_proof(digest, compiled.guide):
        _cached_proofs.store_complete(digest, shared)
        return shared
    if bound.seconds <= QUICK_BOUND.seconds:
        return proof
    long = _cached_proofs.find_in_turn(digest, bound, make_proof)
    return long or replace(proof, stopped_by=BoundKind.TURN)
