"""The walk of two contents, which merges states, finds the differences that full enumeration finds."""

from collections import Counter

from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.proof.bounds import Effort, ProofBound
from rules.visitor_changes.differences import AdviceDifference, Difference, VisitorChanges
from rules.visitor_changes.find_changes import find_visitor_changes
from rules.visitor_changes.side_by_side import SideBySideWalk
from tests.visitor_changes.brute_force import (
    GroupFigures,
    PathComparison,
    expected_groups,
    expected_new_path_count,
)
from tests.visitor_changes.random_edits import random_pair

PAIR_COUNT = 150
LEAST_PAIRS = {
    "same": 15,
    "end": 20,
    "advice": 20,
    "advice order": 2,
    "question more": 8,
    "question less": 8,
    "asked again": 3,
    "new question": 3,
    "new choice": 5,
}
"""For each kind of difference, the least number of pairs that must have it."""


def test_differences_of_150_random_pairs_are_those_of_brute_force() -> None:
    kinds: Counter[str] = Counter()
    for seed in range(PAIR_COUNT):
        kinds.update(check_pair(seed))
    assert {kind: kinds[kind] for kind in LEAST_PAIRS if kinds[kind] < LEAST_PAIRS[kind]} == {}


def test_what_an_unfinished_walk_counts_is_true() -> None:
    for seed in range(60):
        older, newer = random_pair(seed)
        expected = expected_groups(older, newer)
        bound = ProofBound(states=seed % 10)
        walk = SideBySideWalk(CompiledGuide(older), CompiledGuide(newer), Effort(bound))
        for difference, count, answers in walk.groups:
            assert count <= expected[difference].path_count
            assert len(answers) == expected[difference].length
        if walk.stopped_by:
            ended = [group for group in walk.groups if len(group.answers) < walk.compared_answers]
            shorter = {
                one for one, figures in expected.items() if figures.length < walk.compared_answers
            }
            assert {group.difference for group in ended} == shorter


def test_a_walk_that_stops_in_the_middle_of_a_step_has_no_group_of_0_paths() -> None:
    older, newer = map(CompiledGuide, random_pair(8))
    for size in range(38_500, 47_000, 2_500):
        effort = Effort(ProofBound(megabytes=0))
        effort.free_memory(size)
        walk = SideBySideWalk(older, newer, effort)
        assert walk.stopped_by
        assert all(group.path_count for group in walk.groups), size


def check_pair(seed: int) -> set[str]:
    """Compares one pair with brute force, and returns the kinds of its differences."""
    older, newer = random_pair(seed)
    expected = expected_groups(older, newer)
    changes = find_visitor_changes(CompiledGuide(older), CompiledGuide(newer))
    assert changes.stopped_by is None, seed
    assert changes.new_path_count == expected_new_path_count(older, newer), seed
    if changes.groups:
        assert _group_figures(changes) == expected, seed
        _check_answers(older, newer, changes)
    else:
        assert all(difference.is_none for difference in expected), seed
    kinds = {_kind_of_difference(difference) for difference in expected}
    return kinds | ({"new choice"} if changes.new_path_count else set())


def _group_figures(changes: VisitorChanges) -> dict[Difference, GroupFigures]:
    return {one: GroupFigures(count, len(answers)) for one, count, answers in changes.groups}


def _check_answers(older: GuideContent, newer: GuideContent, changes: VisitorChanges) -> None:
    """Checks that the answers of each group are a path, which has the difference of the group."""
    for difference, _, answers in changes.groups:
        state = CompiledGuide(older).resolve(dict(answers))
        assert state.question is None
        assert state.answers == answers
        assert PathComparison(older, newer, dict(answers), state).difference == difference


def _kind_of_difference(difference: Difference) -> str:
    if difference.is_none:
        return "same"
    if difference.has_same_end:
        return "question more" if difference.question_more else "question less"
    if difference.after.asked_again:
        return "asked again"
    if difference.after.new_question:
        return "new question"
    if difference.advice.is_reordered:
        return "advice order"
    return "end" if difference.advice == AdviceDifference() else "advice"
