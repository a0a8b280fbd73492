"""The walk of two contents side by side: a breadth-first exploration of the paths of the older one.

A pair is a merged state of the older content with the states of the newer content beside it
(`rules.visitor_changes.newer_states`). Equal pairs have the same future and are explored once. Breadth
first means that the first path to a difference is also a shortest one.
"""

from collections import Counter, deque
from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import NamedTuple

from rules.engine.compiled import CompiledGuide
from rules.engine.state import Answer
from rules.proof.bounds import BoundKind, BoundReachedError, Effort
from rules.proof.walk import CameFrom, reconstruct_path
from rules.visitor_changes.differences import Difference, PathGroup
from rules.visitor_changes.guide_steps import GuideSteps
from rules.visitor_changes.newer_states import NewerState, NewerStates

PAIR_SIZE, TRANSITION_SIZE = 600, 100
"""The memory, in bytes, of a pair without its states, and of a transition to the next pair."""


class Pair(NamedTuple):
    """The number of a merged state of the older content, and the states of the newer one beside it.

    An end is a difference instead: all paths with the same difference end in the same pair.
    """

    older: int
    newer: frozenset[NewerState]
    end: Difference | None = None


class SideBySideWalk:
    """The walk of two contents. The constructor runs it, and stops at the bound of `effort`."""

    def __init__(self, older: CompiledGuide, newer: CompiledGuide, effort: Effort) -> None:
        self._guide = older.guide
        self._effort = effort
        self._numbers: dict[Pair, int] = {}
        self._pairs: list[Pair] = []
        self._came_from: CameFrom[int] = {}
        self._depths: list[int] = []
        """For each pair, the number of answers of a shortest path to it."""
        self._transitions: dict[int, Counter[int]] = {}
        """For each explored pair, the numbers of the next pairs, each with the number of its choices."""
        self._frontier: deque[int] = deque()
        self.stopped_by = self._explore_pairs(older, newer)

    @property
    def compared_answers(self) -> int:
        """The number of answers after which some pairs are not explored yet."""
        return min((self._depths[number] for number in self._frontier), default=0)

    @property
    def groups(self) -> tuple[PathGroup, ...]:
        """The paths that were compared to their end, by their differences, the largest group first.

        A pair of which not all choices were explored when the walk stopped counts for no path.
        """
        counts = Counter([0])  # the beginnings of paths that lead to each pair
        for number in reversed([*TopologicalSorter(self._transitions).static_order()]):
            for after, choices in self._transitions.get(number, Counter()).items():
                counts[after] += counts[number] * choices
        groups = [
            PathGroup(pair.end, counts[number], reconstruct_path(self._came_from, number))
            for number, pair in enumerate(self._pairs)
            if pair.end and counts[number]
        ]
        return tuple(sorted(groups, key=lambda group: (-group.path_count, len(group.answers))))

    def _explore_pairs(self, older: CompiledGuide, newer: CompiledGuide) -> BoundKind | None:
        """Explores all pairs, from the first one on. Returns the bound that it reached, if any."""
        try:
            self._older = GuideSteps(older.guide, older.fire, self._effort)
            self._newer = GuideSteps(newer.guide, newer.fire, self._effort)
            self._newer_states = NewerStates(self._older, self._newer, self._effort)
            start = self._older.start.state
            self._number_of_pair(start, self._newer_states.first_states(), None)
            while self._frontier:
                if len(self._pairs) > self._effort.bound.states:
                    return BoundKind.STATES
                number = self._frontier[0]
                self._transitions[number] = Counter(self._next_pairs(number))
                self._effort.take_memory(TRANSITION_SIZE * len(self._transitions[number]))
                self._frontier.popleft()
        except BoundReachedError as reached:
            return reached.kind
        return None

    def _next_pairs(self, number: int) -> Iterator[int]:
        """Yields the number of the next pair for each choice of the question of a pair."""
        older, newer_states, _ = self._pairs[number]
        question = self._older.states[older].question
        known: dict[tuple[str, str], int] = {}
        for choice in self._guide.question[question].choice:
            older_choice = self._older.equivalent_choice(question, choice)
            newer_choice = self._newer.equivalent_choice(question, choice)
            same = older_choice, newer_choice
            if same not in known:
                step = self._older.take_step(older, older_choice)
                after = self._newer_states.states_after(newer_states, question, newer_choice, step)
                answer = (question, choice)
                known[same] = self._number_of_pair(step.state, after, (number, answer))
            yield known[same]

    def _number_of_pair(
        self, older: int, newer: frozenset[NewerState], came_from: tuple[int, Answer] | None
    ) -> int:
        """Returns the number of a pair, after adding it if it is new."""
        is_end = not self._older.states[older].question
        pair = Pair(older, newer)
        if is_end:
            end = self._newer_states.find_difference(newer, older)
            pair = Pair(-1, frozenset(), end)
        if pair not in self._numbers:
            self._effort.take_memory(PAIR_SIZE)
            number = self._numbers[pair] = len(self._pairs)
            self._pairs.append(pair)
            self._came_from[number] = came_from
            self._depths.append(self._depths[came_from[0]] + 1 if came_from else 0)
            if not is_end:
                self._frontier.append(number)
        return self._numbers[pair]
