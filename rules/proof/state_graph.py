"""The reachable states of a guide as a graph, with the numbers that can be counted on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rules.engine.content import Answers, GuideContent


class AlteredGraphError(ValueError):
    """The states that were stored for a guide cannot be its states."""


@dataclass(frozen=True, slots=True)
class MergedState:
    """All the situations of visitors that no further answers can tell apart.

    The state asks `question`, or is an end: visitors receive the conclusions in `outcomes`, or are
    stuck if there is none. `successors` holds the number of the state that follows each choice, in
    the question's order. A state that asks and has no successors was met but not explored, because
    the walk stopped before.
    """

    question: str | None = None
    outcomes: tuple[str, ...] = ()
    successors: tuple[int, ...] = ()


@dataclass(frozen=True)
class StateGraph:
    """The merged states, known by their index. Visitors begin in state 0.

    The graph has no cycle, because no question is asked twice on a path.
    """

    states: tuple[MergedState, ...]
    complete: bool
    """False if the walk stopped at its limit, so that nothing is proved."""

    @cached_property
    def _postorder(self) -> tuple[int, ...]:
        """The reachable states, each one after all of its successors."""
        order: list[int] = []
        visited = {0}
        stack: list[tuple[int, Iterator[int]]] = [(0, iter(self.states[0].successors))]
        while stack:
            state, successors = stack[-1]
            new = next((successor for successor in successors if successor not in visited), None)
            if new is None:
                order.append(state)
                stack.pop()
            else:
                visited.add(new)
                stack.append((new, iter(self.states[new].successors)))
        return tuple(order)

    @property
    def topological_order(self) -> tuple[int, ...]:
        """The reachable states, each one before all of its successors."""
        return self._postorder[::-1]

    @cached_property
    def remaining(self) -> Mapping[int, tuple[int, int]]:
        """For each state, the smallest and the largest number of questions still to be answered."""
        remaining: dict[int, tuple[int, int]] = {}
        for state in self._postorder:
            after = [remaining[successor] for successor in self.states[state].successors]
            remaining[state] = (
                (1 + min(least for least, _ in after), 1 + max(most for _, most in after))
                if after
                else (0, 0)
            )
        return remaining

    @property
    def longest_path(self) -> int:
        """The number of questions on the longest path."""
        return self.remaining[0][1]

    @cached_property
    def path_count(self) -> int:
        """The number of different paths from the start to an end."""
        counts: dict[int, int] = {}
        for state in self._postorder:
            counts[state] = sum(counts[after] for after in self.states[state].successors) or 1
        return counts[0]

    @cached_property
    def prefix_count(self) -> int:
        """The number of states without merging: one for each beginning of a path."""
        counts: dict[int, int] = {}
        for state in self._postorder:
            counts[state] = 1 + sum(counts[after] for after in self.states[state].successors)
        return counts[0]

    def state_after(self, guide: GuideContent, answers: Answers) -> int:
        """Returns the state that these answers lead to. Answers off the path are ignored."""
        number = 0
        while (state := self.states[number]).successors and state.question in answers:
            choices = [choice.key for choice in guide.question[str(state.question)].choices]
            number = state.successors[choices.index(answers[str(state.question)])]
        return number

    def to_json(self) -> list[Any]:
        return [
            [state.question, list(state.outcomes), list(state.successors)] for state in self.states
        ]

    @classmethod
    def from_json(cls, rows: list[Any], guide: GuideContent) -> "StateGraph":
        """Reads the states of a complete walk through `guide`, as `to_json` wrote them.

        Raises `AlteredGraphError` if they cannot be the states of this guide.
        """
        try:
            states = []
            for question, outcomes, successors in rows:
                choices = () if question is None else guide.question[question].choices
                are_states = all(
                    type(number) is int and number in range(len(rows)) for number in successors
                )
                are_outcomes = all(key in guide.outcome for key in outcomes)
                if len(successors) != len(choices) or not are_states or not are_outcomes:
                    raise ValueError
                states.append(MergedState(question, tuple(outcomes), tuple(successors)))
            graph = cls(tuple(states), complete=True)
            _ = graph.remaining  # raises KeyError if the graph has a cycle
        except (TypeError, ValueError, LookupError) as error:
            raise AlteredGraphError from error
        return graph
