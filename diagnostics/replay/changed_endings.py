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
    has_new_question: bool = False
    """True if the draft knows all answers, and then asks a question that has none."""

    @property
    def is_to_continue(self) -> bool:
        """True if only a new question keeps the diagnostic from its end on the draft."""
        return self.before.status is Status.COMPLETED and self.has_new_question


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
    to_continue: int = 0
    """The number of diagnostics that only a new question keeps from their end: they did not change."""

    @property
    def changed(self) -> int:
        """The number of diagnostics that would end otherwise."""
        return sum(group.count for group in self.groups)


def group_changed_endings(sessions: Iterable[ReplayedSession]) -> ChangedEndings:
    """Groups the diagnostics that would end otherwise, and counts all of them."""
    total, to_continue, counts = 0, 0, dict[tuple[Ending, Ending], Counter[tuple[Answer, ...]]]()
    for session in sessions:
        total += 1
        if session.is_to_continue:
            to_continue += 1
        elif session.before != session.after:
            counts.setdefault((session.before, session.after), Counter())[session.answers] += 1
    groups = [
        ChangedEnding(before, after, tuple(answers.most_common()))
        for (before, after), answers in counts.items()
    ]
    largest_first = tuple(sorted(groups, key=lambda group: -group.count))
    return ChangedEndings(total, largest_first, to_continue)


def ending_of_state(state: State) -> Ending:
    return Ending(state.status, tuple(given.outcome for given in state.outcomes))
