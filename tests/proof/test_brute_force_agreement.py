"""The walk, which merges states, and brute force, which does not, have the same findings."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.engine.state import Status
from rules.proof.bounds import ProofBound
from rules.proof.findings import Finding, FindingKind, Proof
from rules.proof.prove import prove_guide
from rules.proof.touched_paths import TouchedPaths
from tests.proof.brute_force import BruteForce, ExpectedFinding, Path
from tests.proof.small_guides import small_guides, unfinished_guides

pytestmark = pytest.mark.slow

GUIDE_COUNT = 500
REPETITIONS = (FindingKind.SAME_RULE, FindingKind.SAME_NAME, FindingKind.SAME_ANSWERS)
COUNTED_KINDS = (
    FindingKind.STUCK,
    FindingKind.UNFINISHED,
    FindingKind.SEVERAL_CONCLUSIONS,
    FindingKind.INDISTINGUISHABLE,
)
KINDS_WITHOUT_EXAMPLE = (FindingKind.UNREACHABLE, FindingKind.UNSATISFIABLE, *REPETITIONS)
MIN_GUIDES_BY_KIND = {
    FindingKind.STUCK: 80,
    FindingKind.UNREACHABLE: 80,
    FindingKind.UNSATISFIABLE: 50,
    FindingKind.SEVERAL_CONCLUSIONS: 10,
    FindingKind.ALWAYS_HOLDS: 40,
    FindingKind.INDISTINGUISHABLE: 80,
    FindingKind.PREEMPTED: 10,
    FindingKind.SAME_RULE: 10,
    FindingKind.SAME_NAME: 10,
    FindingKind.SAME_ANSWERS: 10,
}
"""For each kind of finding, the least number of random guides that must have it.

The two rarest are in about 30 guides of 500, so that fewer than 10 are met once in 10,000 runs.
"""

many_guides = settings(
    max_examples=GUIDE_COUNT,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_proof_and_brute_force_agree_on_500_random_guides() -> None:
    guides: Counter[FindingKind | str] = Counter()

    @many_guides
    @given(small_guides())
    def agree(guide: GuideContent) -> None:
        brute, proof = BruteForce(guide), prove_guide(CompiledGuide(guide))
        assert proof.complete
        assert sorted(map(_expected_finding, proof.findings)) == brute.findings
        _check_counts(brute, proof)
        _check_touched_paths(brute, proof)
        for finding in proof.findings:
            _check_answers(brute, finding)
        guides.update({found.kind for found in brute.findings} or ["clean"])
        guides["walked"] += 1

    agree()
    assert guides["walked"] >= GUIDE_COUNT
    assert guides["clean"] >= 10
    assert {
        kind: guides[kind] for kind in MIN_GUIDES_BY_KIND if guides[kind] < MIN_GUIDES_BY_KIND[kind]
    } == {}


def test_proof_and_brute_force_agree_on_random_unfinished_drafts() -> None:
    drafts: Counter[FindingKind | str] = Counter()

    @settings(many_guides, max_examples=GUIDE_COUNT // 2)
    @given(unfinished_guides())
    def agree(draft: GuideContent) -> None:
        guide = leave_out_unfinished_parts(draft)
        rules = tuple(rule for rule in guide.rules if not rule.is_left_out)
        brute, proof = BruteForce(guide), prove_guide(CompiledGuide(guide))
        assert BruteForce(replace(draft, rules=rules)).states == brute.states
        assert sorted(map(_expected_finding, proof.findings)) == brute.findings
        _check_counts(brute, proof)
        _check_touched_paths(brute, proof)
        for finding in proof.findings:
            _check_answers(brute, finding)
        drafts.update(
            {str(place[0]) for kind, place, *_ in brute.findings if kind is FindingKind.UNFINISHED}
        )

    agree()
    assert drafts["rules"] >= 50
    assert drafts["questions"] >= 20


@settings(many_guides, max_examples=GUIDE_COUNT // 2)
@given(small_guides(), st.integers(1, 10))
def test_an_incomplete_proof_has_only_true_findings(guide: GuideContent, max_states: int) -> None:
    bound = ProofBound(states=max_states)
    brute, proof = BruteForce(guide), prove_guide(CompiledGuide(guide), bound)
    claimed = {_expected_finding(finding) for finding in proof.findings}
    assert claimed <= set(brute.findings)
    for finding in proof.findings:
        _check_answers(brute, finding)


def _expected_finding(finding: Finding) -> ExpectedFinding:
    length = 0 if finding.kind in KINDS_WITHOUT_EXAMPLE else len(finding.answers)
    return ExpectedFinding(finding.kind, finding.place, finding.keys, length)


def _check_counts(brute: BruteForce, proof: Proof) -> None:
    graph = proof.graph
    assert graph.path_count == len(brute.paths)
    assert graph.prefix_count == len(brute.states)
    assert graph.longest_path == max(map(brute.asked_count, brute.paths))
    for path, state in brute.states.items():
        number = graph.state_after(brute.guide, dict(path))
        merged = graph.states[number]
        assert merged.question == state.question
        assert merged.outcomes == tuple(given.outcome for given in state.outcomes)
        assert graph.remaining[number] == brute.remaining_questions(path)


def _check_touched_paths(brute: BruteForce, proof: Proof) -> None:
    touched = TouchedPaths(brute.guide, proof.graph)
    for finding in proof.findings:
        count = touched.count_paths(finding)
        assert count == (
            sum(shows_finding(brute, path, finding) for path in brute.paths)
            if finding.kind in COUNTED_KINDS and finding.place[:1] != ("rules",)
            else None
        )


def shows_finding(brute: BruteForce, path: Path, finding: Finding) -> bool:
    """True if a whole path shows a finding."""
    end = brute.states[path]
    if finding.kind is FindingKind.STUCK:
        return end.status is Status.STUCK and path[-1:] == finding.answers[-1:]
    if finding.kind is FindingKind.SEVERAL_CONCLUSIONS:
        return tuple(given.outcome for given in end.outcomes) == finding.keys
    asked = {end.question, *dict(path)}
    return brute.guide.questions[int(finding.place[1])].key in asked


def _check_answers(brute: BruteForce, finding: Finding) -> None:
    """Checks that visitors can give the answers of a finding, and that these answers show it."""
    guide, kind, state = brute.guide, finding.kind, brute.states[finding.answers]
    if kind is FindingKind.STUCK:
        assert state.status is Status.STUCK
    elif kind is FindingKind.SEVERAL_CONCLUSIONS:
        assert tuple(given.outcome for given in state.outcomes) == finding.keys
    elif finding.place[0] == "questions" and kind in (
        FindingKind.INDISTINGUISHABLE,
        FindingKind.UNFINISHED,
    ):
        assert state.question == guide.questions[int(finding.place[1])].key
    elif kind in (FindingKind.ALWAYS_HOLDS, FindingKind.PREEMPTED):
        assert guide.rules[int(finding.place[1])].key in state.fired
