"""A proof stays within its bounds of states, time and memory, and what it finds until then is true."""

import os
import random
import subprocess
import sys
from itertools import count
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.engine.compiled import CompiledGuide
from rules.proof.bounds import BoundKind, ProofBound
from rules.proof.findings import Finding, FindingKind
from rules.proof.prove import prove_guide
from tests.proof.bench_hard_proofs import MAX_MORE_SECONDS
from tests.proof.hard_guides import random_hard_guide
from tests.proof.large_guides import make_exploding_guide
from tests.proof.small_guides import random_guide

EXPLAINED_KINDS = (FindingKind.UNSATISFIABLE, FindingKind.UNREACHABLE)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**64))
def test_proofs_of_hard_guides_end_in_time(seed: int) -> None:
    compiled = CompiledGuide(random_hard_guide(random.Random(seed), max_rules=150))
    began = process_time()
    prove_guide(compiled, ProofBound(seconds=0.1))
    assert process_time() - began < 0.1 + MAX_MORE_SECONDS


@pytest.mark.parametrize("seed", range(25))
def test_a_proof_that_stops_at_any_moment_has_only_true_findings(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = count()
    monkeypatch.setattr("rules.proof.bounds.monotonic", lambda: next(ticks))
    chance = random.Random(seed)
    compiled = CompiledGuide(random_guide(chance))
    whole = prove_guide(compiled, ProofBound(seconds=10**9))
    for moment in sorted(chance.sample(range(duration := next(ticks)), min(10, duration))):
        proof = prove_guide(compiled, ProofBound(seconds=moment))
        assert stable_parts(proof.findings) <= stable_parts(whole.findings)
        assert proof.complete or proof.stopped_by is BoundKind.SECONDS
        assert not proof.complete or stable_parts(proof.findings) == stable_parts(whole.findings)


def stable_parts(findings: tuple[Finding, ...]) -> set[Finding]:
    """Returns the findings without their explanations, for which the time may not suffice."""
    return {
        Finding(finding.kind, finding.place) if finding.kind in EXPLAINED_KINDS else finding
        for finding in findings
    }


def test_a_proof_without_time_or_memory_is_not_complete() -> None:
    compiled = CompiledGuide(random_guide(random.Random(1)))
    assert prove_guide(compiled, ProofBound(seconds=-1)).stopped_by is BoundKind.SECONDS
    assert prove_guide(compiled, ProofBound(megabytes=0)).stopped_by is BoundKind.MEGABYTES


def test_a_proof_that_reaches_its_memory_stops_at_the_same_state_each_time() -> None:
    compiled = CompiledGuide(make_exploding_guide(40))
    first, second = (prove_guide(compiled, ProofBound(seconds=60, megabytes=1)) for _ in range(2))
    assert first.stopped_by is BoundKind.MEGABYTES
    assert len(first.graph.states) == len(second.graph.states) > 100


def test_a_proof_does_not_depend_on_the_order_in_which_sets_are_gone_through() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-m", "tests.proof.bench_hard_proofs", "digest"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(digests) == 1
