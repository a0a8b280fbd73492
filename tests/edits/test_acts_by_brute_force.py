"""Acts at random places of random drafts keep their promises: brute force finds none broken."""

from collections import Counter

import pytest

from tests.edits.check_many_acts import ActCounts, check_draft

pytestmark = pytest.mark.no_cover

ACT_COUNT = 500
USUALLY_REFUSED = 0.1
"""The largest share of acts of one kind that may be refused."""
MOST_REFUSED = {"place": 0.5}
"""The same for the kinds whose acts often depend on rules that only an editor can change."""
FEW = 10
"""The share of fewer acts of one kind says nothing."""


def test_500_acts_on_random_drafts_break_no_promise_and_few_of_each_kind_are_refused() -> None:
    counts, seed = ActCounts(), 0
    while counts.done_count < ACT_COUNT:
        counts.add_counts(check_draft(seed, acts_of_draft=12))
        seed += 1
    assert counts.broken == []
    assert not counts.unknown
    often_refused = {
        kind: share
        for kind, share in find_refused_shares(counts).items()
        if share > MOST_REFUSED.get(kind, USUALLY_REFUSED)
    }
    assert often_refused == {}
    assert len({name for one in counts.figures[:2] for name in one}) > 30


def find_refused_shares(counts: ActCounts) -> dict[str, float]:
    """Returns the share that is refused of each kind of acts: the first word of their names."""
    refused, all_acts = Counter[str](), Counter[str]()
    for figures in (counts.done, counts.shown, counts.refused):
        for name, number in figures.items():
            kind, _, _ = name.partition(" ")
            all_acts[kind] += number
            refused[kind] += number if figures is counts.refused else 0
    return {kind: refused[kind] / number for kind, number in all_acts.items() if number >= FEW}
