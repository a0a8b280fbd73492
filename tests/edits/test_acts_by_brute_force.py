"""Acts at random places of random drafts keep their promises: brute force finds none broken."""

import pytest

from tests.edits.check_many_acts import ActCounts, check_draft

pytestmark = pytest.mark.no_cover

ACT_COUNT = 500


def test_500_acts_on_random_drafts_break_no_promise_and_change_no_draft_in_place() -> None:
    counts, seed = ActCounts(), 0
    while counts.total < ACT_COUNT:
        counts.add_counts(check_draft(seed, acts_of_draft=12))
        seed += 1
    assert counts.broken == []
    assert not counts.unknown
    assert sum(counts.refused.values()) < 0.1 * counts.total
    assert len({name for one in counts.figures[:2] for name in one}) > 30
