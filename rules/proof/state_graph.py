"""The graph of the reachable states of a guide, and numbers counted on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rules.engine.content import Answers, GuideContent


class AlteredGraphError(ValueError):
    """Stored states cannot be those of their guide."""


@dataclass(frozen=True, slots=True)
class MergedState:
    """States of visitors that have the same future: the same answers lead to the same conclusions.

    The state asks `question`, or it is an end, where visitors receive the conclusions in `outcomes`
    or, if it is empty, are stuck. `successors` are the numbers of the states that follow the choices
    of the question, in their order. They are empty at an end, if the walk stopped before it explored
    this state, and if the question has no choices, as in an unfinished draft: visitors cannot go on.
    """

    question: str | None = None
    outcomes: tuple[str, ...] = ()
    successors: tuple[int, ...] = ()

    @property
    def is_stuck(self) -> bool:
        """True for an end without conclusions."""
        return self.question is None and not self.outcomes


@dataclass(frozen=True)
class StateGraph:
    """The merged states of a guide. The number of a state is its index; visitors begin in state 0.

    The graph has no cycle, because no question is asked twice on a path.
    """

    states: tuple[MergedState, ...]
    complete: bool
    """False if the walk stopped at its limit before it had explored all paths."""

    @cached_property
    def _postorder(self) -> tuple[int, ...]:
        """The numbers of the reachable states. Each state comes after all of its successors."""
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
        """The numbers of the reachable states. Each state comes before all of its successors."""
        return self._postorder[::-1]

    @cached_property
    def remaining(self) -> Mapping[int, tuple[int, int]]:
        """For each state, the least and the most questions that visitors are still asked from there."""
        remaining: dict[int, tuple[int, int]] = {}
        for state in self._postorder:
            after = [remaining[successor] for successor in self.states[state].successors]
            asked = int(self.states[state].question is not None)
            remaining[state] = (
                asked + min((least for least, _ in after), default=0),
                asked + max((most for _, most in after), default=0),
            )
        return remaining

    @property
    def longest_path(self) -> int:
        """The number of questions on the longest path."""
        return self.remaining[0][1]

    @property
    def path_count(self) -> int:
        """The number of paths from the start to an end."""
        return self.path_counts[0]

    @cached_property
    def path_counts(self) -> Mapping[int, int]:
        """For each state, the number of paths from there to an end."""
        counts: dict[int, int] = {}
        for state in self._postorder:
            counts[state] = sum(counts[after] for after in self.states[state].successors) or 1
        return counts

    @cached_property
    def beginning_counts(self) -> Mapping[int, int]:
        """For each state, the number of beginnings of paths that lead to it."""
        counts = dict.fromkeys(self.topological_order, 0) | {0: 1}
        for state, count in counts.items():
            for after in self.states[state].successors:
                counts[after] += count
        return counts

    @cached_property
    def prefix_count(self) -> int:
        """The number of states before merging, which is that of all beginnings of paths."""
        counts: dict[int, int] = {}
        for state in self._postorder:
            counts[state] = 1 + sum(counts[after] for after in self.states[state].successors)
        return counts[0]

    def state_after(self, guide: GuideContent, answers: Answers) -> int:
        """Returns the number of the state that answers lead to. Answers off the path are ignored."""
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
        """Returns the graph of a complete walk from what `to_json` returned for it.

        Raises `AlteredGraphError` if the states cannot be those of `guide`.
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
