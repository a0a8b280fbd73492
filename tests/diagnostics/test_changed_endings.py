"""Replayed diagnostics in groups of the same change, without a database."""

from diagnostics.replay.changed_endings import ChangeGroup, Ending, ReplayedSession, group_changes
from rules.engine.state import Answer, Status

A = Ending(Status.COMPLETED, ("a",))
B = Ending(Status.COMPLETED, ("b",))
OPEN = Ending(Status.IN_PROGRESS, ())
STUCK = Ending(Status.STUCK, ())
YES: tuple[Answer, ...] = (("q", "yes"),)
NO: tuple[Answer, ...] = (("q", "no"),)


def test_what_stays_the_same_is_counted_and_not_listed() -> None:
    found = group_changes([ReplayedSession(A, A, YES), ReplayedSession(OPEN, OPEN, ())])
    assert (found.total, found.changed, found.groups) == (2, 0, ())


def test_changes_are_gathered_by_from_and_to_the_largest_first() -> None:
    found = group_changes(
        [ReplayedSession(A, B, YES), ReplayedSession(A, STUCK, YES), ReplayedSession(A, STUCK, NO)]
    )
    assert found.changed == 3
    assert found.groups == (
        ChangeGroup(A, STUCK, ((YES, 1), (NO, 1))),
        ChangeGroup(A, B, ((YES, 1),)),
    )


def test_both_ways_are_two_groups() -> None:
    found = group_changes([ReplayedSession(A, B, YES), ReplayedSession(B, A, NO)])
    assert [(group.before, group.after) for group in found.groups] == [(A, B), (B, A)]


def test_the_same_answers_are_listed_once_with_their_number() -> None:
    (group,) = group_changes([ReplayedSession(A, B, answers) for answers in (YES, NO, NO)]).groups
    assert group.answers == ((NO, 2), (YES, 1))
    assert group.count == 3


def test_the_order_of_conclusions_counts() -> None:
    before, after = (Ending(Status.COMPLETED, keys) for keys in (("a", "b"), ("b", "a")))
    assert group_changes([ReplayedSession(before, after, YES)]).changed == 1


def test_nothing_to_replay_changes_nothing() -> None:
    assert group_changes([]).total == 0
