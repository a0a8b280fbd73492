"""The stored proofs of versions, and lookup tables made from them, which are cached."""

from contextlib import suppress
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from rules.drafts.cached_parcours import document_parcours
from rules.engine.compiled import CompiledGuide, cache_for_guide
from rules.engine.content import GuideContent
from rules.models import Version, VersionProof
from rules.parcours.stops import Parcours
from rules.proof.bounds import (
    THOROUGH_BOUND,
    BoundKind,
    BoundReachedError,
    Effort,
    ProofBound,
)
from rules.proof.findings import Proof
from rules.proof.lookup_table import LookupTable, build_lookup_table
from rules.proof.prove import prove_guide
from rules.proof.state_graph import AlteredGraphError, StateGraph
from rules.proof.walk import Walk
from rules.publication.versions import VersionAlteredError, compiled_version

LOOKUP_TABLE_MAX_STATES = 2_000
"""The limit of the lookup tables made while a visitor waits: so many states take about a second."""
SECONDS_FOR_TURN = 2
_table_turn = Lock()
"""Held while a thread makes a lookup table, which may take long for a guide that is built to be hard."""


def proof_store(*, version: Version, proof: Proof) -> None:
    """Stores the proof of a version. Of an incomplete proof, only the duration is stored."""
    graph = proof.graph
    VersionProof.objects.create(
        version=version,
        complete=proof.complete,
        paths=str(graph.path_count) if proof.complete else "",
        longest=graph.longest_path if proof.complete else None,
        seconds=proof.seconds,
        states=graph.to_json() if proof.complete else [],
    )


def missing_proofs_store() -> None:
    """Proves the live versions without a stored proof: they are older than proofs that are stored.

    The proof of a version with faults is not stored, nor one that takes too long, so that whoever
    restores this version later is still told what its check finds.
    """
    for version in Version.objects.filter_live().filter(proof=None):
        with suppress(VersionAlteredError):
            proof = prove_guide(compiled_version(version))
            if proof.complete and not proof.faults:
                proof_store(version=version, proof=proof)


def version_graph(version: Version) -> StateGraph | None:
    """Returns the states that the proof of a version explored.

    Returns None if the version has no complete proof, or if the stored states were altered.
    """
    try:
        return _proved_document(version.sha256).graph
    except (VersionProof.DoesNotExist, AlteredGraphError):
        return None


def version_parcours(version: Version) -> Parcours | None:
    """Returns the parcours of a version, or None if `version_graph` returns None."""
    try:
        guide, graph = _proved_document(version.sha256)
    except (VersionProof.DoesNotExist, AlteredGraphError):
        return None
    return document_parcours(guide, version.sha256, graph, THOROUGH_BOUND)


def has_lookup_table(version: Version) -> bool:
    """True if `version_lookup_table` returns a table. This is quick: it explores no state."""
    graph = version_graph(version)
    return graph is not None and len(graph.states) <= LOOKUP_TABLE_MAX_STATES


def version_lookup_table(version: Version) -> LookupTable | None:
    """Returns the lookup table of a version, for programs that have no engine.

    Returns None if the version has too many states or no complete proof. Raises
    `VersionAlteredError`, and `BoundReachedError` if there is no time for the table now.
    """
    compiled = compiled_version(version)
    return _lookup_table(compiled) if has_lookup_table(version) else None


class _ProvedDocument(NamedTuple):
    """The content of a document, and the states that its proof explored."""

    guide: GuideContent
    graph: StateGraph


@lru_cache(maxsize=32)
def _proved_document(sha256: str) -> _ProvedDocument:
    """Returns a document that is given by its digest, with the states that its proof explored.

    Versions with the same document have the same states.

    Raises `VersionProof.DoesNotExist` if the document has no complete proof, `AlteredGraphError` if
    the stored states do not fit the document.
    """
    proofs = VersionProof.objects.filter(version__sha256=sha256, complete=True)
    stored = proofs.select_related("version").defer("version__document")[:1].get()
    guide = compiled_version(stored.version).guide
    return _ProvedDocument(guide, StateGraph.from_json(stored.states, guide))


@cache_for_guide
def _lookup_table(compiled: CompiledGuide) -> LookupTable:
    if not _table_turn.acquire(timeout=SECONDS_FOR_TURN):
        raise BoundReachedError(BoundKind.TURN)
    try:
        walk = Walk(compiled, Effort(ProofBound(LOOKUP_TABLE_MAX_STATES)))
    finally:
        _table_turn.release()
    if walk.stopped_by:
        raise BoundReachedError(walk.stopped_by)
    return build_lookup_table(walk)
