"""What is remembered of the advice that both contents have given on a path.

The advice of a path counts at its end, so states that differ in the advice given before must not be
merged. But most advice is given by both contents alike. Only this is remembered: advice that one of
them gives and the other does not, or does not give yet; and, of advice whose order may differ, what
the order of advice to come depends on.

The rank of an advice is the position of the first of its rules that fire.
"""

from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

from rules.engine.content import Effect, GuideContent
from rules.visitor_changes.differences import AdviceDifference
from rules.visitor_changes.guide_steps import GuideSteps

Ranks = tuple[int, int]
"""The ranks of an advice in the older and in the newer content."""
OLDER, NEWER = 0, 1
MAX_NAMED = 6
"""The most advice that differences name: each may be in a difference or not."""


class OpenAdvice(NamedTuple):
    """An advice of which it is not certain yet whether both contents give it, or with which ranks.

    `given` are its ranks in the contents that are certain to give it, -1 in the others. `conflicts`
    are the ranks with which it would come before an advice in one content and after it in the
    other, among the advice that both have given for certain.
    """

    outcome: str
    given: Ranks = (-1, -1)
    conflicts: frozenset[Ranks] = frozenset()


class AdviceMemory(NamedTuple):
    """What is remembered of the advice on a path: the difference that is certain, and open advice.

    `closed` is advice that makes no further difference, although rules may still give it.
    """

    difference: AdviceDifference = AdviceDifference()
    closed: frozenset[str] = frozenset()
    open: tuple[OpenAdvice, ...] = ()

    @property
    def is_ordered(self) -> bool:
        """True unless the advice differs, so that its order does not matter any more."""
        return self.difference == AdviceDifference()


class AdviceMemories:
    """Makes the memories of two contents that are walked side by side."""

    def __init__(self, older: GuideSteps, newer: GuideSteps) -> None:
        self._sides = older, newer
        self._positions = {
            key: (older.advice_rules(key), newer.advice_rules(key))
            for key in {**older.guide.outcome, **newer.guide.outcome}
        }
        self._named = edited_advice(older.guide, newer.guide)
        self._unordered: dict[str, tuple[str, ...]] = {}

    def remember_advice(
        self, memory: AdviceMemory, side: int, rules: Iterable[int]
    ) -> AdviceMemory:
        """Returns a memory to which the advice of some rules of one side is added."""
        opened = {one.outcome: one for one in memory.open}
        for position in rules:
            outcome = self._sides[side].guide.rules[position].target
            if outcome not in memory.closed:
                one = opened.get(outcome, OpenAdvice(outcome))
                rank = position if self._is_ranked(memory, outcome) else 0
                if one.given[side] >= 0:
                    rank = min(rank, one.given[side])
                given = (rank, one.given[NEWER]) if side == OLDER else (one.given[OLDER], rank)
                opened[outcome] = one._replace(given=given)
        return memory._replace(open=tuple(sorted(opened.values())))

    def settle_memory(self, memory: AdviceMemory, older: int, newer: int) -> AdviceMemory:
        """Returns a memory in which everything certain is settled, in a state of each content.

        Equal memories then have the same future.
        """
        if not memory.open and not memory.closed:
            return memory
        numbers = older, newer
        opened = {one.outcome: one for one in memory.open}
        for outcome in list(opened):
            memory = self._settle_advice(memory, opened, outcome, numbers)
        if not memory.is_ordered:
            for outcome, one in list(opened.items()):
                opened[outcome] = OpenAdvice(
                    outcome, (min(one.given[OLDER], 0), min(one.given[NEWER], 0))
                )
                memory = self._settle_advice(memory, opened, outcome, numbers)
        closed = frozenset(key for key in memory.closed if any(self._undecided_rules(key, numbers)))
        return memory._replace(closed=closed, open=tuple(sorted(opened.values())))

    def _settle_advice(
        self,
        memory: AdviceMemory,
        opened: dict[str, OpenAdvice],
        outcome: str,
        numbers: tuple[int, int],
    ) -> AdviceMemory:
        """Settles one open advice, which is then removed from `opened` or brought up to date."""
        one = opened.pop(outcome)
        ranks = self._possible_ranks(memory, one, numbers)
        if not all(ranks):
            return self._add_difference(memory, one)
        if self._makes_no_difference(memory.difference, one):
            return memory._replace(closed=memory.closed | {outcome})
        if ranks == tuple([rank] for rank in one.given):
            memory = memory._replace(closed=memory.closed | {outcome})
            if memory.is_ordered and one.given in one.conflicts:
                return memory._replace(difference=AdviceDifference(is_reordered=True))
            self._add_conflicts(memory, opened, one, numbers)
            return memory
        conflicts = one.conflicts.intersection(product(*ranks))
        if conflicts or one.given != (-1, -1):
            opened[outcome] = one._replace(conflicts=conflicts)
        return memory

    def _add_difference(self, memory: AdviceMemory, one: OpenAdvice) -> AdviceMemory:
        """Returns a memory with the difference of an advice that one content certainly does not give."""
        if one.given == (-1, -1):
            return memory
        before, key = memory.difference._replace(is_reordered=False), one.outcome
        is_removed, is_named = one.given[OLDER] >= 0, key in self._named
        if is_named and is_removed:
            difference = before._replace(removed=_sorted_with(before.removed, key))
        elif is_named:
            difference = before._replace(added=_sorted_with(before.added, key))
        elif is_removed:
            difference = before._replace(loses_others=True)
        else:
            difference = before._replace(gains_others=True)
        return memory._replace(difference=difference)

    def _makes_no_difference(self, difference: AdviceDifference, one: OpenAdvice) -> bool:
        """True if an advice can only be like other advice that differs already."""
        if one.outcome in self._named or min(one.given) >= 0:
            return False
        return (one.given[OLDER] >= 0 and difference.loses_others) or (
            one.given[NEWER] >= 0 and difference.gains_others
        )

    def _add_conflicts(
        self,
        memory: AdviceMemory,
        opened: dict[str, OpenAdvice],
        settled: OpenAdvice,
        numbers: tuple[int, int],
    ) -> None:
        """Adds to other advice the ranks with which it would be in conflict with a settled one."""
        if not memory.is_ordered:
            return
        for outcome in self._advice_in_no_order(settled.outcome):
            if outcome not in memory.closed:
                other = opened.get(outcome, OpenAdvice(outcome))
                conflicts = frozenset(
                    ranks
                    for ranks in product(*self._possible_ranks(memory, other, numbers))
                    if (ranks[OLDER] < settled.given[OLDER])
                    != (ranks[NEWER] < settled.given[NEWER])
                )
                if conflicts:
                    opened[outcome] = other._replace(conflicts=other.conflicts | conflicts)

    def _possible_ranks(
        self, memory: AdviceMemory, one: OpenAdvice, numbers: tuple[int, int]
    ) -> tuple[list[int], list[int]]:
        """Returns the ranks that an advice may have at the end, in each content.

        If its order does not matter, all of its ranks are 0.
        """
        is_ranked = self._is_ranked(memory, one.outcome)
        older, newer = (
            ranks_at_end(rank, undecided if is_ranked else undecided and (0,))
            for rank, undecided in zip(
                one.given, self._undecided_rules(one.outcome, numbers), strict=True
            )
        )
        return older, newer

    def _undecided_rules(
        self, outcome: str, numbers: tuple[int, int]
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Returns the positions of the rules of each content that may still give an advice, or not."""
        older, newer = self._sides
        return (
            older.undecided_rules(numbers[OLDER], outcome),
            newer.undecided_rules(numbers[NEWER], outcome),
        )

    def _is_ranked(self, memory: AdviceMemory, outcome: str) -> bool:
        """True if the order of an advice may matter."""
        return memory.is_ordered and bool(self._advice_in_no_order(outcome))

    def _advice_in_no_order(self, outcome: str) -> tuple[str, ...]:
        """Returns the advice that is not before this one in both contents, nor after it in both."""
        if outcome not in self._unordered:
            own = self._positions[outcome]
            self._unordered[outcome] = tuple(
                other
                for other, positions in self._positions.items()
                if other != outcome
                and all(own)
                and all(positions)
                and not all(map(_comes_before, own, positions))
                and not all(map(_comes_before, positions, own))
            )
        return self._unordered[outcome]


def edited_advice(older: GuideContent, newer: GuideContent) -> frozenset[str]:
    """Returns the advice whose rules differ between two contents.

    It is empty if there is much of it: the paths would fall into too many groups.
    """
    edited = _advice_with_rules(older) ^ _advice_with_rules(newer)
    outcomes = frozenset(outcome for outcome, _ in edited)
    return outcomes if len(outcomes) <= MAX_NAMED else frozenset()


def _advice_with_rules(guide: GuideContent) -> set[tuple[str, object]]:
    """Returns each advice of a guide, with the conditions of each of its rules."""
    return {
        (rule.target, (rule.match, frozenset(rule.when)))
        for rule in guide.rules
        if rule.effect is Effect.ADVISE
    }


def ranks_at_end(rank: int, undecided: tuple[int, ...]) -> list[int]:
    """Returns the ranks that an advice may have, from its rank until now (-1 if it has none)."""
    if rank < 0:
        return list(undecided)
    return [*(position for position in undecided if position < rank), rank]


def _sorted_with(keys: tuple[str, ...], key: str) -> tuple[str, ...]:
    return tuple(sorted({*keys, key}))


def _comes_before(positions: tuple[int, ...], others: tuple[int, ...]) -> bool:
    return max(positions) < min(others)
