"""The proofs that are stored with versions, and the lookup tables made from them."""

from functools import lru_cache

from rules.engine.compiled import CompiledGuide
from rules.models import Version, VersionProof
from rules.proof.findings import Proof
from rules.proof.lookup_table import LookupTable, build_lookup_table
from rules.proof.state_graph import AlteredGraphError, StateGraph
from rules.proof.walk import Walk
from rules.publication.versions import compiled_version

LOOKUP_TABLE_MAX_STATES = 2_000
"""The states of the largest table made for a visitor: about a second, once in a process."""


def proof_store(*, version: Version, proof: Proof) -> None:
    """Stores the proof of a version; of an incomplete proof, neither figures nor states."""
    graph = proof.graph
    VersionProof.objects.create(
        version=version,
        complete=graph.complete,
        paths=str(graph.path_count) if graph.complete else "",
        longest=graph.longest_path if graph.complete else None,
        seconds=proof.seconds,
        states=graph.to_json() if graph.complete else [],
    )


def version_graph(version: Version) -> StateGraph | None:
    """Returns the states of a version as they were proved.

    Returns None if its proof is not complete, or if the stored states are not those of the proof.
    """
    try:
        return _document_graph(version.sha256)
    except (VersionProof.DoesNotExist, AlteredGraphError):
        return None


def has_lookup_table(version: Version) -> bool:
    """True if `version_lookup_table` returns a table. Explores no state, so the answer is quick."""
    graph = version_graph(version)
    return graph is not None and len(graph.states) <= LOOKUP_TABLE_MAX_STATES


def version_lookup_table(version: Version) -> LookupTable | None:
    """Returns the lookup table of a version, or None if its states are too many or not all known."""
    return _lookup_table(compiled_version(version)) if has_lookup_table(version) else None


@lru_cache(maxsize=32)
def _document_graph(sha256: str) -> StateGraph:
    """Returns the states of a document: all versions with the same document have the same ones.

    Raises `VersionProof.DoesNotExist` and `AlteredGraphError`.
    """
    proofs = VersionProof.objects.filter(version__sha256=sha256, complete=True)
    stored = proofs.select_related("version").defer("version__document")[:1].get()
    return StateGraph.from_json(stored.states, compiled_version(stored.version).guide)


@lru_cache(maxsize=8)
def _lookup_table(compiled: CompiledGuide) -> LookupTable | None:
    walk = Walk(compiled, LOOKUP_TABLE_MAX_STATES)
    return build_lookup_table(walk) if walk.graph.complete else None
