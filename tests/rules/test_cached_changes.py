"""What changes for visitors between two contents is found once, in turn with the proofs."""

from contextlib import ExitStack

import pytest

from rules.drafts import bounded_results, cached_changes
from rules.drafts.bounded_results import BoundedResults
from rules.drafts.cached_changes import changes_for_visitors, compared_draft
from rules.engine.compiled import CompiledGuide
from rules.proof.bounds import BoundKind, ProofBound
from rules.visitor_changes.differences import VisitorChanges
from rules.visitor_changes.find_changes import find_visitor_changes
from tests.proof.large_guides import make_chain_guide
from tests.visitor_changes.large_edits import EDITS

OLDER = make_chain_guide(8)
COMPARED = compared_draft(OLDER), compared_draft(EDITS["advice added"](OLDER))
SMALL = ProofBound(states=2, seconds=0.3)


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[ProofBound]:
    """Lists the bounds of the comparisons that are made; none was made before."""
    made: list[ProofBound] = []

    def find_changes(
        older: CompiledGuide, newer: CompiledGuide, bound: ProofBound
    ) -> VisitorChanges:
        made.append(bound)
        return find_visitor_changes(older, newer, bound)

    empty = BoundedResults[VisitorChanges](
        10**5, cached_changes.weigh_changes, lambda changes: changes.stopped_by is None
    )
    monkeypatch.setattr(cached_changes, "_cached_changes", empty)
    monkeypatch.setattr(cached_changes, "find_visitor_changes", find_changes)
    return made


def test_a_comparison_is_used_again_for_the_same_two_contents_in_the_same_order(
    searches: list[ProofBound],
) -> None:
    older, newer = COMPARED
    assert changes_for_visitors(older, newer) is changes_for_visitors(older, newer)
    assert len(searches) == 1
    assert changes_for_visitors(newer, older).changed[0].difference.advice.removed
    assert len(searches) == 2


def test_a_comparison_that_stopped_is_made_again_for_a_larger_bound(
    searches: list[ProofBound],
) -> None:
    assert changes_for_visitors(*COMPARED, SMALL).stopped_by is BoundKind.STATES
    assert changes_for_visitors(*COMPARED).stopped_by is None
    assert len(searches) == 2


def test_while_two_long_searches_are_made_a_comparison_is_quick(
    searches: list[ProofBound], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cached_changes, "QUICK_BOUND", SMALL)
    with ExitStack() as taken:
        for _ in range(2):
            bounded_results._long_places.acquire()
            taken.callback(bounded_results._long_places.release)
        assert changes_for_visitors(*COMPARED).stopped_by is BoundKind.TURN
    assert len(searches) == 1
