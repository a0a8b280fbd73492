"""Tests how replayed diagnostics are grouped by their two endings."""

from diagnostics.replay.changed_endings import (
    ChangedEnding,
    Ending,
    ReplayedSession,
    group_changed_endings,
)
from rules.engine.state import Answer, Status

A = Ending(Status.COMPLETED, ("a",))
B = Ending(Status.COMPLETED, ("b",))
IN_PROGRESS = Ending(Status.IN_PROGRESS, ())
STUCK = Ending(Status.STUCK, ())
YES: tuple[Answer, ...] = (("q", "yes"),)
NO: tuple[Answer, ...] = (("q", "no"),)


def test_a_diagnostic_with_the_same_ending_is_counted_and_not_listed() -> None:
    found = group_changed_endings(
        [ReplayedSession(A, A, YES), ReplayedSession(IN_PROGRESS, IN_PROGRESS, ())]
    )
    assert (found.total, found.changed, found.groups) == (2, 0, ())


def test_diagnostics_are_grouped_by_both_endings_and_the_largest_group_comes_first() -> None:
    found = group_changed_endings(
        [ReplayedSession(A, B, YES), ReplayedSession(A, STUCK, YES), ReplayedSession(A, STUCK, NO)]
    )
    assert found.changed == 3
    assert found.groups == (
        ChangedEnding(A, STUCK, ((YES, 1), (NO, 1))),
        ChangedEnding(A, B, ((YES, 1),)),
    )


def test_opposite_changes_are_two_groups() -> None:
    found = group_changed_endings([ReplayedSession(A, B, YES), ReplayedSession(B, A, NO)])
    assert [(group.before, group.after) for group in found.groups] == [(A, B), (B, A)]


def test_equal_answers_are_listed_once_with_their_number_of_diagnostics() -> None:
    (group,) = group_changed_endings(
        [ReplayedSession(A, B, answers) for answers in (YES, NO, NO)]
    ).groups
    assert group.answers == ((NO, 2), (YES, 1))
    assert group.count == 3


def test_the_same_conclusions_in_another_order_are_a_change() -> None:
    before, after = (Ending(Status.COMPLETED, keys) for keys in (("a", "b"), ("b", "a")))
    assert group_changed_endings([ReplayedSession(before, after, YES)]).changed == 1


def test_a_diagnostic_that_only_has_a_new_question_is_to_be_continued_and_has_not_changed() -> None:
    found = group_changed_endings(
        [ReplayedSession(A, IN_PROGRESS, YES, has_new_question=True), ReplayedSession(A, B, YES)]
    )
    assert (found.total, found.changed, found.to_continue) == (2, 1, 1)
    assert found.groups == (ChangedEnding(A, B, ((YES, 1),)),)


def test_no_diagnostics_give_a_total_of_zero() -> None:
    assert group_changed_endings([]).total == 0
