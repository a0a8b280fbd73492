"""Groups the diagnostics that would end otherwise on the draft, by their two endings."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rules.engine.state import Answer, State, Status


@dataclass(frozen=True, slots=True)
class Ending:
    """How a diagnostic ends: its status, and the keys of its conclusions.

    All diagnostics in progress have the same ending, whichever question they ask.
    """

    status: Status
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReplayedSession:
    """A diagnostic with its ending on its own version (`before`) and on the draft (`after`)."""

    before: Ending
    after: Ending
    answers: tuple[Answer, ...]
    """The answers that the draft knows."""


@dataclass(frozen=True, slots=True)
class ChangedEnding:
    """The diagnostics that ended as `before` and would end as `after` on the draft."""

    before: Ending
    after: Ending
    answers: tuple[tuple[tuple[Answer, ...], int], ...]
    """Each set of answers with its number of diagnostics, the most frequent first."""

    @property
    def count(self) -> int:
        """The number of diagnostics in the group."""
        return sum(number for _, number in self.answers)


@dataclass(frozen=True, slots=True)
class ChangedEndings:
    """The groups of changed endings, and the number of diagnostics replayed."""

    total: int
    """The number of diagnostics replayed, whether they would end otherwise or not."""
    groups: tuple[ChangedEnding, ...]
    """The groups, largest first."""

    @property
    def changed(self) -> int:
        """The number of diagnostics that would end otherwise."""
        return sum(group.count for group in self.groups)


def group_changed_endings(sessions: Iterable[ReplayedSession]) -> ChangedEndings:
    """Groups the diagnostics that would end otherwise, and counts all of them."""
    total, counts = 0, dict[tuple[Ending, Ending], Counter[tuple[Answer, ...]]]()
    for session in sessions:
        total += 1
        if session.before != session.after:
            counts.setdefault((session.before, session.after), Counter())[session.answers] += 1
    groups = [
        ChangedEnding(before, after, tuple(answers.most_common()))
        for (before, after), answers in counts.items()
    ]
    return ChangedEndings(total, tuple(sorted(groups, key=lambda group: -group.count)))


def ending_of_state(state: State) -> Ending:
    return Ending(state.status, tuple(given.outcome for given in state.outcomes))
