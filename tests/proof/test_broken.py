"""The proofs of small guides with mistakes have exactly the expected findings."""

import pytest

from rules.document.parsing import parse_document
from rules.document.serialising import canonical_json, guide_to_document
from rules.document.unfinished_drafts import find_unfinished_problems
from rules.engine.compiled import CompiledGuide
from rules.proof.findings import FindingKind
from rules.proof.prove import prove_guide
from tests.proof.broken import (
    Draft,
    clean,
    remarks,
    repetitions,
    stuck,
    unfinished,
    unreachable,
    unsatisfiable,
    warnings,
)
from tests.proof.brute_force import BruteForce

BROKEN = [
    *stuck.DRAFTS,
    *unfinished.DRAFTS,
    *unreachable.DRAFTS,
    *unsatisfiable.DRAFTS,
    *warnings.DRAFTS,
    *remarks.DRAFTS,
    *repetitions.DRAFTS,
]


@pytest.mark.parametrize("draft", [*BROKEN, *clean.DRAFTS], ids=lambda draft: draft.name)
def test_a_proof_has_exactly_the_expected_findings(draft: Draft) -> None:
    found = prove_guide(CompiledGuide(draft.guide)).findings
    assert sorted(found, key=str) == sorted(draft.findings, key=str)


def test_there_are_forty_drafts_and_three_of_each_kind() -> None:
    assert len(BROKEN) >= 40
    for kind in FindingKind:
        drafts = [draft for draft in BROKEN if kind in {finding.kind for finding in draft.findings}]
        assert len(drafts) >= 3, kind
    assert not any(draft.findings for draft in clean.DRAFTS)


@pytest.mark.parametrize("draft", [*BROKEN, *clean.DRAFTS], ids=lambda draft: draft.name)
def test_each_draft_is_a_well_formed_document_unless_it_is_unfinished(draft: Draft) -> None:
    if draft in unfinished.DRAFTS:
        assert find_unfinished_problems(canonical_json(draft.guide))
    else:
        assert parse_document(guide_to_document(draft.guide)) == draft.guide


@pytest.mark.parametrize("draft", BROKEN, ids=lambda draft: draft.name)
def test_a_visitor_can_give_the_answers_of_each_finding(draft: Draft) -> None:
    states = BruteForce(draft.guide).states
    assert {finding.answers for finding in draft.findings} <= states.keys()
