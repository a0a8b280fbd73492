"""Proofs of drafts and of published versions, each made or read once in a process."""

import json
from functools import lru_cache

from rules.document.parsing import parse
from rules.document.serialising import canonical
from rules.engine.guide import Guide
from rules.models import Version, VersionProof
from rules.proof.proof import Proof
from rules.proof.prove import prove
from rules.proof.states import AlteredGraphError, StateGraph
from rules.proof.walk import MAX_STATES
from rules.runtime import compiled_draft, compiled_version

QUICK_STATES = 500
"""How far a page proves that must not wait: a fraction of a second; the proof's own page goes on."""


def draft_proof(draft: Guide, max_states: int = MAX_STATES) -> Proof:
    """Of a well-formed draft whose rules are not too complex."""
    return _proof(canonical(draft), max_states)


def version_graph(version: Version) -> StateGraph | None:
    """The states of a version, as they were proved. None where its walk was not finished, or where
    what was kept of it is not what was proved.
    """
    try:
        return _graph(version.sha256)
    except (VersionProof.DoesNotExist, AlteredGraphError):
        return None


def proof_keep(*, version: Version, proof: Proof) -> None:
    """Keeps what was found of a version beside it. Of an unfinished walk there is no graph."""
    graph = proof.graph
    VersionProof.objects.create(
        version=version,
        complete=graph.complete,
        paths=str(graph.paths) if graph.complete else "",
        longest=graph.longest if graph.complete else None,
        seconds=proof.seconds,
        states=graph.to_json() if graph.complete else [],
    )


@lru_cache(maxsize=16)
def _proof(document: str, max_states: int) -> Proof:
    return prove(compiled_draft(parse(json.loads(document))), max_states)


@lru_cache(maxsize=32)
def _graph(sha256: str) -> StateGraph:
    """Versions of one document have one graph.

    Raises `VersionProof.DoesNotExist` and `AlteredGraphError`.
    """
    proofs = VersionProof.objects.filter(version__sha256=sha256, complete=True)
    kept = proofs.select_related("version").defer("version__document")[:1].get()
    return StateGraph.from_json(kept.states, compiled_version(kept.version).guide)
