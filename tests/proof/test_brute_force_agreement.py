"""The walk, which merges states, and brute force, which does not, say the same of any guide."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.engine.state import Status
from rules.proof.findings import Finding, FindingKind, Proof
from rules.proof.prove import prove_guide
from tests.proof.brute_force import BruteForce, Found
from tests.proof.small_guides import small_guides

GUIDES = 500
NEVER = (FindingKind.UNREACHABLE, FindingKind.UNSATISFIABLE)
FEWEST = {
    FindingKind.STUCK: 80,
    FindingKind.UNREACHABLE: 80,
    FindingKind.UNSATISFIABLE: 50,
    FindingKind.SEVERAL_CONCLUSIONS: 20,
    FindingKind.ALWAYS_HOLDS: 40,
    FindingKind.INDISTINGUISHABLE: 80,
    FindingKind.PREEMPTED: 20,
}
"""In how many of the guides each kind is found, at least: else the guides have no variety."""

walked = settings(
    max_examples=GUIDES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_proof_and_brute_force_agree_on_500_random_guides() -> None:
    guides: Counter[FindingKind | str] = Counter()

    @walked
    @given(small_guides())
    def agree(guide: GuideContent) -> None:
        brute, proof = BruteForce(guide), prove_guide(CompiledGuide(guide))
        assert proof.complete
        assert sorted(map(_found, proof.findings)) == brute.findings
        _check_numbers(brute, proof)
        for finding in proof.findings:
            _check_answers(brute, finding)
        guides.update({found.kind for found in brute.findings} or ["clean"])
        guides["walked"] += 1

    agree()
    assert guides["walked"] >= GUIDES
    assert guides["clean"] >= 10
    assert {kind: guides[kind] for kind in FEWEST if guides[kind] < FEWEST[kind]} == {}


@settings(walked, max_examples=GUIDES // 2)
@given(small_guides(), st.integers(1, 10))
def test_an_unfinished_proof_claims_nothing_false(guide: GuideContent, bound: int) -> None:
    brute, proof = BruteForce(guide), prove_guide(CompiledGuide(guide), bound)
    claimed = {_found(finding) for finding in proof.findings}
    assert claimed <= set(brute.findings)
    for finding in proof.findings:
        _check_answers(brute, finding)


def _found(finding: Finding) -> Found:
    length = 0 if finding.kind in NEVER else len(finding.answers)
    return Found(finding.kind, finding.place, finding.keys, length)


def _check_numbers(brute: BruteForce, proof: Proof) -> None:
    graph = proof.graph
    assert graph.path_count == len(brute.paths)
    assert graph.prefix_count == len(brute.states)
    assert graph.longest_path == max(map(len, brute.paths))
    for path, state in brute.states.items():
        at = graph.state_after(brute.guide, dict(path))
        assert graph.states[at].question == state.question
        assert graph.states[at].outcomes == tuple(given.outcome for given in state.outcomes)
        assert graph.remaining[at] == brute.remaining(path)


def _check_answers(brute: BruteForce, finding: Finding) -> None:
    """The answers are those of a visitor, and show what is claimed."""
    guide, kind, state = brute.guide, finding.kind, brute.states[finding.answers]
    if kind is FindingKind.STUCK:
        assert state.status is Status.STUCK
    elif kind is FindingKind.SEVERAL_CONCLUSIONS:
        assert tuple(given.outcome for given in state.outcomes) == finding.keys
    elif kind is FindingKind.INDISTINGUISHABLE:
        assert state.question == guide.questions[int(finding.place[1])].key
    elif kind in (FindingKind.ALWAYS_HOLDS, FindingKind.PREEMPTED):
        assert guide.rules[int(finding.place[1])].key in state.fired
