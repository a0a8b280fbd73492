"""Diagnostics that would end otherwise, gathered by what changes into what."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rules.engine.state import Answer, State, Status


@dataclass(frozen=True, slots=True)
class Standing:
    """How a diagnostic ends. Of one in progress, which question is asked makes no difference."""

    status: Status
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReplayedSession:
    """One diagnostic, on its own version and on the draft."""

    before: Standing
    after: Standing
    answers: tuple[Answer, ...]
    """Those that the draft knows."""


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    before: Standing
    after: Standing
    answers: tuple[tuple[tuple[Answer, ...], int], ...]
    """Different answers, each with the number of diagnostics; the most frequent first."""

    @property
    def count(self) -> int:
        return sum(number for _, number in self.answers)


@dataclass(frozen=True, slots=True)
class ChangeGroups:
    total: int
    groups: tuple[ChangeGroup, ...]
    """The largest first."""

    @property
    def changed(self) -> int:
        return sum(group.count for group in self.groups)


def group_changes(rows: Iterable[ReplayedSession]) -> ChangeGroups:
    total, found = 0, dict[tuple[Standing, Standing], Counter[tuple[Answer, ...]]]()
    for row in rows:
        total += 1
        if row.before != row.after:
            found.setdefault((row.before, row.after), Counter())[row.answers] += 1
    groups = [
        ChangeGroup(before, after, tuple(answers.most_common()))
        for (before, after), answers in found.items()
    ]
    return ChangeGroups(total, tuple(sorted(groups, key=lambda group: -group.count)))


def standing_of_state(state: State) -> Standing:
    return Standing(state.status, tuple(given.outcome for given in state.outcomes))
