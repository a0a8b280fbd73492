"""Diagnostics that would end otherwise on the draft, in groups of the same change."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rules.engine.state import Answer, State, Status


@dataclass(frozen=True, slots=True)
class Ending:
    """How a diagnostic ends. If it is in progress, the question being asked makes no difference."""

    status: Status
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReplayedSession:
    """One diagnostic, on its own version and on the draft."""

    before: Ending
    after: Ending
    answers: tuple[Answer, ...]
    """The answers that the draft knows."""


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """The diagnostics that would go from one ending to another."""

    before: Ending
    after: Ending
    answers: tuple[tuple[tuple[Answer, ...], int], ...]
    """Each different set of answers with its number of diagnostics, the most frequent first."""

    @property
    def count(self) -> int:
        return sum(number for _, number in self.answers)


@dataclass(frozen=True, slots=True)
class ChangeGroups:
    total: int
    """The number of diagnostics replayed, changed or not."""
    groups: tuple[ChangeGroup, ...]
    """The groups, largest first."""

    @property
    def changed(self) -> int:
        return sum(group.count for group in self.groups)


def group_changes(sessions: Iterable[ReplayedSession]) -> ChangeGroups:
    total, counts = 0, dict[tuple[Ending, Ending], Counter[tuple[Answer, ...]]]()
    for session in sessions:
        total += 1
        if session.before != session.after:
            counts.setdefault((session.before, session.after), Counter())[session.answers] += 1
    groups = [
        ChangeGroup(before, after, tuple(answers.most_common()))
        for (before, after), answers in counts.items()
    ]
    return ChangeGroups(total, tuple(sorted(groups, key=lambda group: -group.count)))


def ending_of_state(state: State) -> Ending:
    return Ending(state.status, tuple(given.outcome for given in state.outcomes))
