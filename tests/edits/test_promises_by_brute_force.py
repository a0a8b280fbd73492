"""The walk of two contents finds exactly the promises that full enumeration finds broken."""

import random
from collections import Counter

import pytest

from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.edits.checking.check_promise import check_promise
from rules.edits.promises import Promise, RemovesFault
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.proof.bounds import THOROUGH_BOUND
from tests.edits.brute_promises import BrutePromises, KnownSteps
from tests.edits.random_promises import random_promises
from tests.proof.small_guides import leave_unfinished
from tests.visitor_changes.random_edits import random_pair

pytestmark = pytest.mark.no_cover

PAIR_COUNT = 60


def test_verdicts_about_random_promises_of_60_random_pairs_are_those_of_brute_force() -> None:
    counts: Counter[tuple[str, bool]] = Counter()
    for seed in range(PAIR_COUNT):
        counts.update(check_random_pair(seed))
    promises = {name for name, _ in counts}
    few = {
        (name, is_true): counts[name, is_true]
        for name in promises
        for is_true in (True, False)
        if counts[name, is_true] < 5
    }
    assert (few, len(promises)) == ({}, 10)


def check_random_pair(seed: int) -> Counter[tuple[str, bool]]:
    """Compares the verdicts about a pair with brute force; counts the kept and the broken promises."""
    chance = random.Random(seed)
    older, newer = (maybe_unfinished(guide, chance) for guide in random_pair(seed))
    pair, sides = (
        BrutePromises(KnownSteps(older), newer),
        (CompiledGuide(older), CompiledGuide(newer)),
    )
    counts: Counter[tuple[str, bool]] = Counter()
    for promise in random_promises(pair, chance):
        verdict = check_promise(*sides, promise, THOROUGH_BOUND)
        is_true = pair.is_true(promise)
        assert verdict.stopped_by is None, seed
        assert verdict.is_proved is is_true, (seed, promise, verdict)
        if not is_true and not isinstance(promise, RemovesFault):
            assert is_beginning_of_broken_path(pair, promise, verdict.broken_by or ()), (
                seed,
                promise,
                verdict,
            )
        counts[type(promise).__name__, is_true] += 1
    return counts


def is_beginning_of_broken_path(
    pair: BrutePromises, promise: Promise, beginning: tuple[tuple[str, str], ...]
) -> bool:
    paths = [path for path in pair.brute.paths if path[: len(beginning)] == beginning]
    return next(pair.find_broken_paths(promise, paths), None) is not None


def maybe_unfinished(guide: GuideContent, chance: random.Random) -> GuideContent:
    """Returns a guide or, one time in five, the part of it that can be evaluated if it is unfinished."""
    if chance.random() < 0.8:
        return guide
    return leave_out_unfinished_parts(leave_unfinished(guide, chance))
