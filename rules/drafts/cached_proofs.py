"""The proofs of drafts: made one at a time, kept by the digests of their documents, and used again.

A long proof must not keep a process from its other work. Therefore each process makes one quick proof
and one long proof at a time. Whoever asks for another long one waits for their turn, if nobody else
waits already, and otherwise gets what a quick proof finds: a proof that other proofs stopped.

Each process keeps its latest proofs in memory. A complete proof that took long is shared with the other
processes, so that none of them makes it again: not even for a page that allows less time than it
took. A proof that is not complete is made again after a while, because a machine that has other work
finishes less in the same time.
"""

from contextlib import ExitStack
from dataclasses import replace
from threading import BoundedSemaphore, Lock
from time import monotonic
from typing import NamedTuple

from rules.bounded_cache import BoundedCache
from rules.document.serialising import canonical_json, document_digest
from rules.drafts.compiled_drafts import compiled_document
from rules.drafts.shared_proofs import find_shared_proof, share_proof
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.proof.bounds import QUICK_BOUND, THOROUGH_BOUND, BoundKind, ProofBound
from rules.proof.findings import Proof
from rules.proof.prove import prove_guide

MAX_WEIGHT = 2_000_000
"""The most transitions and answers in the proofs that a process keeps: some 50 MB."""
SECONDS_OF_INCOMPLETE_PROOFS = 600


class CachedProof(NamedTuple):
    proof: Proof
    cached_at: float
    """The time of the monotonic clock."""

    @property
    def is_outdated(self) -> bool:
        age = monotonic() - self.cached_at
        return not self.proof.complete and age > SECONDS_OF_INCOMPLETE_PROOFS

    @property
    def weight(self) -> int:
        transitions = sum(1 + len(state.successors) for state in self.proof.graph.states)
        return transitions + sum(1 + len(finding.answers) for finding in self.proof.findings)


_cached_proofs = BoundedCache[CachedProof](MAX_WEIGHT, lambda cached: cached.weight)
"""Complete proofs by the digests of documents, others by the digest and the bound that they reached."""
_quick_turn, _long_turn = Lock(), Lock()
_long_places = BoundedSemaphore(2)
"""Two threads make a long proof or wait for their turn. The other threads answer other requests."""


def draft_proof(draft: GuideContent, bound: ProofBound = THOROUGH_BOUND) -> Proof:
    """Returns the proof of a draft, which may have been kept. It is not complete beyond its bound.

    An unfinished draft is proved without the rules that cannot be evaluated yet.
    """
    digest = document_digest(canonical_json(draft))
    return document_proof(compiled_document(draft, digest), digest, bound)


def document_proof(compiled: CompiledGuide, digest: str, bound: ProofBound) -> Proof:
    """Does what `draft_proof` does, for a compiled draft and the digest of its document."""
    proof = _quick_proof(compiled, digest, min(bound, QUICK_BOUND))
    if proof.complete:
        return proof
    if shared := find_shared_proof(digest, compiled.guide):
        _cached_proofs.store_value(digest, CachedProof(shared, monotonic()))
        return shared
    if bound.seconds <= QUICK_BOUND.seconds:
        return proof
    long = _find_cached_proof(digest, bound) or _long_proof(compiled, digest, bound)
    return long or replace(proof, stopped_by=BoundKind.TURN)


def _quick_proof(compiled: CompiledGuide, digest: str, bound: ProofBound) -> Proof:
    proof = _find_cached_proof(digest, bound)
    if proof is None:
        with _quick_turn:
            proof = _find_cached_proof(digest, bound) or _make_proof(compiled, digest, bound)
    return proof


def _long_proof(compiled: CompiledGuide, digest: str, bound: ProofBound) -> Proof | None:
    """Makes a proof when it is its turn, in the rest of its time. Returns None if its turn does not come."""
    began = monotonic()
    with ExitStack() as turns:
        for turn, timeout in ((_long_places, 0.0), (_long_turn, bound.seconds)):
            if not turn.acquire(timeout=timeout):
                return None
            turns.callback(turn.release)
        rest = bound.seconds - (monotonic() - began)
        return _find_cached_proof(digest, bound) or _make_proof(compiled, digest, bound, rest)


def _find_cached_proof(digest: str, bound: ProofBound) -> Proof | None:
    """Returns a complete proof of a document, or else one that ended at this bound a short while ago."""
    for key in (digest, (digest, bound)):
        cached = _cached_proofs.find_value(key)
        if cached and not cached.is_outdated:
            return cached.proof
    return None


def _make_proof(
    compiled: CompiledGuide, digest: str, bound: ProofBound, seconds: float | None = None
) -> Proof:
    """Makes a proof in so many seconds, by default those of the bound, and keeps it.

    If it had less than half of them, it is kept only if it is complete.
    """
    seconds = bound.seconds if seconds is None else seconds
    proof = prove_guide(compiled, bound._replace(seconds=seconds))
    if proof.complete or seconds > bound.seconds / 2:
        key = digest if proof.complete else (digest, bound)
        _cached_proofs.store_value(key, CachedProof(proof, monotonic()))
    if proof.complete and proof.seconds > QUICK_BOUND.seconds:
        share_proof(digest, proof)
    return proof
