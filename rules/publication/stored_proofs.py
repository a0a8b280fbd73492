"""The proofs kept with versions, and the lookup tables made from them."""

from functools import lru_cache

from rules.engine.compiled import CompiledGuide
from rules.models import Version, VersionProof
from rules.proof.findings import Proof
from rules.proof.lookup_table import LookupTable, build_lookup_table
from rules.proof.state_graph import AlteredGraphError, StateGraph
from rules.proof.walk import Walk
from rules.publication.versions import compiled_version

LOOKUP_TABLE_MAX_STATES = 2_000
"""Of the tables that a visitor may ask for: about a second, once in a process."""


def version_graph(version: Version) -> StateGraph | None:
    """The states of a version, as they were proved. None where its walk was not finished, or where
    what was kept of it is not what was proved.
    """
    try:
        return _graph(version.sha256)
    except (VersionProof.DoesNotExist, AlteredGraphError):
        return None


def version_lookup_table(version: Version) -> LookupTable | None:
    """None where there are more states, or not all are known."""
    return _table(compiled_version(version)) if has_lookup_table(version) else None


def has_lookup_table(version: Version) -> bool:
    """At once, where the table itself is a walk."""
    graph = version_graph(version)
    return graph is not None and len(graph.states) <= LOOKUP_TABLE_MAX_STATES


def proof_store(*, version: Version, proof: Proof) -> None:
    """Keeps what was found of a version beside it. Of an unfinished walk there is no graph."""
    graph = proof.graph
    VersionProof.objects.create(
        version=version,
        complete=graph.complete,
        paths=str(graph.path_count) if graph.complete else "",
        longest=graph.longest_path if graph.complete else None,
        seconds=proof.seconds,
        states=graph.to_json() if graph.complete else [],
    )


@lru_cache(maxsize=8)
def _table(compiled: CompiledGuide) -> LookupTable | None:
    walk = Walk(compiled, LOOKUP_TABLE_MAX_STATES)
    return build_lookup_table(walk) if walk.graph.complete else None


@lru_cache(maxsize=32)
def _graph(sha256: str) -> StateGraph:
    """Versions of one document have one graph.

    Raises `VersionProof.DoesNotExist` and `AlteredGraphError`.
    """
    proofs = VersionProof.objects.filter(version__sha256=sha256, complete=True)
    kept = proofs.select_related("version").defer("version__document")[:1].get()
    return StateGraph.from_json(kept.states, compiled_version(kept.version).guide)
