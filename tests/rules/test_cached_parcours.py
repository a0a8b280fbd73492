"""The parcours of drafts and versions: built once for a document and the graph of its proof."""

import pytest

from rules.drafts import cached_parcours
from rules.drafts.cached_parcours import PAGE_BOUND, document_parcours
from rules.engine.compiled import CompiledGuide
from rules.parcours.build import build_parcours
from rules.proof.bounds import THOROUGH_BOUND, ProofBound
from rules.proof.prove import prove_guide
from tests.proof.large_guides import make_chain_guide
from tests.recorded_calls import record_calls


@pytest.fixture(autouse=True)
def no_parcours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cached_parcours, "_cached_parcours", cached_parcours.make_parcours_cache())


def test_a_parcours_is_built_once_for_a_document_and_a_graph(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled = CompiledGuide(make_chain_guide(6))
    some, every = (prove_guide(compiled, ProofBound(states)).graph for states in (3, 100))
    calls = record_calls(monkeypatch, build_parcours)
    for graph in (some, some, every, every):
        assert document_parcours(compiled.guide, "digest", graph).is_complete == graph.complete
    assert len(calls) == 2


def test_a_parcours_that_no_page_waits_for_is_built_with_a_larger_bound_in_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled = CompiledGuide(make_chain_guide(6))
    graph = prove_guide(compiled).graph
    small = PAGE_BOUND._replace(seconds=-1)
    monkeypatch.setattr(cached_parcours, "PAGE_BOUND", small)
    assert not document_parcours(compiled.guide, "digest", graph, small).is_complete
    assert document_parcours(compiled.guide, "digest", graph, THOROUGH_BOUND).is_complete
    assert document_parcours(compiled.guide, "digest", graph, small).is_complete
