"""The lines of random guides and brute force agree on every step of every path.

`tests.parcours.bench_parcours` checks many more guides.
"""

import random
from collections.abc import Callable
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.parcours.build import build_parcours
from rules.parcours.stops import Parcours
from rules.proof.bounds import Effort, ProofBound
from rules.proof.findings import FindingKind
from rules.proof.prove import prove_guide
from rules.proof.state_graph import StateGraph
from rules.proof.walk import Walk
from tests.parcours.brute_steps import (
    CHECKS,
    BruteSteps,
    count_conditions,
    first_case,
    lines_of_parcours,
    prove_small_guide,
    random_parcours_guide,
)

CHECKED_GUIDES = 60
random_parcours_guides = st.integers(0, 2**64).map(
    lambda seed: random_parcours_guide(random.Random(seed))
)
"""Guides of up to 12 questions and about 40 rules, finished or not."""
provable_guides = random_parcours_guides.map(lambda guide: (guide, prove_small_guide(guide)))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_parcours_and_brute_force_agree(check: Callable[[BruteSteps, Parcours], None]) -> None:
    @settings(max_examples=CHECKED_GUIDES)
    @given(provable_guides)
    def agree(proved: tuple[GuideContent, StateGraph | None]) -> None:
        guide, graph = proved
        if graph is not None:
            check(BruteSteps(guide), build_parcours(guide, graph))

    agree()


@settings(max_examples=CHECKED_GUIDES)
@given(provable_guides)
def test_no_condition_of_a_case_is_needless(
    proved: tuple[GuideContent, StateGraph | None],
) -> None:
    guide, graph = proved
    if graph is not None:
        counts = count_conditions(BruteSteps(guide), build_parcours(guide, graph))
        assert counts["needless"] == 0


@settings(max_examples=CHECKED_GUIDES)
@given(random_parcours_guides)
def test_the_unreached_parts_are_those_of_the_findings_of_the_proof(guide: GuideContent) -> None:
    proof = prove_guide(CompiledGuide(guide))
    parcours = build_parcours(guide, proof.graph)
    never = (FindingKind.UNREACHABLE, FindingKind.UNSATISFIABLE)
    questions, outcomes = list(guide.question), list(guide.outcome)
    assert {finding.place for finding in proof.findings if finding.kind in never} == {
        *(("questions", questions.index(key)) for key in parcours.unreached_questions),
        *(("outcomes", outcomes.index(key)) for key in parcours.unreached_outcomes),
        *(("rules", position) for position in parcours.unreached_rules),
    }


@settings(max_examples=CHECKED_GUIDES // 2)
@given(random_parcours_guides)
def test_the_graph_of_a_stored_proof_gives_the_same_parcours(guide: GuideContent) -> None:
    graph = Walk(CompiledGuide(guide)).graph
    stored = StateGraph.from_json(graph.to_json(), guide)
    assert build_parcours(guide, stored) == build_parcours(guide, graph)


@settings(max_examples=CHECKED_GUIDES)
@given(provable_guides, st.integers(1, 10))
def test_an_unfinished_walk_knows_what_follows_the_states_that_it_has_found(
    proved: tuple[GuideContent, StateGraph | None], states: int
) -> None:
    guide = proved[0]
    graph = Walk(CompiledGuide(guide), Effort(ProofBound(states=states))).graph
    if proved[1] is None or graph.complete:
        return
    parcours, brute = build_parcours(guide, graph), BruteSteps(guide)
    lines, found = lines_of_parcours(parcours), brute.found_paths(graph)
    for step in chain(*brute.steps.values()):
        if step.before in found:
            case = first_case(lines[step.answer], dict(step.before))
            assert (case.destination, case.rules) == (step.destination, step.rules)
    assert not parcours.is_complete
    assert parcours.unreached_questions == parcours.unreached_outcomes == ()
    assert parcours.unreached_rules == ()
