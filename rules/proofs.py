"""Proofs of drafts and of published versions, each made or read once in a process."""

import json
from functools import lru_cache

from rules.document.parsing import parse
from rules.document.serialising import canonical, digest
from rules.engine.cache import CompiledGuides
from rules.engine.compiled import CompiledGuide
from rules.engine.guide import Guide
from rules.models import Version, VersionProof
from rules.proof.proof import Proof
from rules.proof.prove import prove
from rules.proof.states import StateGraph
from rules.proof.walk import MAX_STATES

_drafts = CompiledGuides(size=8)


def draft_compiled(draft: Guide) -> CompiledGuide:
    """Of a well-formed draft whose rules are not too complex."""
    return _drafts.get(digest(canonical(draft)), lambda: draft)


def draft_proof(draft: Guide, max_states: int = MAX_STATES) -> Proof:
    """Of a well-formed draft whose rules are not too complex."""
    return _proof(canonical(draft), max_states)


def version_graph(version: Version) -> StateGraph | None:
    """The states of a version, as they were proved. None where its walk was not finished."""
    try:
        return _graph(version.sha256)
    except VersionProof.DoesNotExist:
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
    return prove(draft_compiled(parse(json.loads(document))), max_states)


@lru_cache(maxsize=32)
def _graph(sha256: str) -> StateGraph:
    """Versions of one document have one graph. Raises `VersionProof.DoesNotExist`."""
    proofs = VersionProof.objects.filter(version__sha256=sha256, complete=True)
    return StateGraph.from_json(proofs[:1].get().states, complete=True)
