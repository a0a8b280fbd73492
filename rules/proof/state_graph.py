"""The states that visitors can be in, those that nothing can tell apart merged into one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rules.engine.content import Answers, GuideContent


class AlteredGraphError(ValueError):
    """What was kept as the states of a guide cannot be them."""


@dataclass(frozen=True, slots=True)
class MergedState:
    """Asks `question`, or ends: with `outcomes`, or stuck where there is neither.

    `next` are the numbers of the states after each choice, in the question's order. A state that
    asks and has no `next` was not looked into: the walk stopped before.
    """

    question: str | None = None
    outcomes: tuple[str, ...] = ()
    successors: tuple[int, ...] = ()


@dataclass(frozen=True)
class StateGraph:
    """Visitors begin in state 0. Every choice leads on, so nobody comes back to a state."""

    states: tuple[MergedState, ...]
    complete: bool
    """False when the walk stopped at its bound: nothing is proved then."""

    @cached_property
    def _postorder(self) -> tuple[int, ...]:
        """Each state after all that can follow it."""
        order: list[int] = []
        seen = {0}
        waiting: list[tuple[int, Iterator[int]]] = [(0, iter(self.states[0].successors))]
        while waiting:
            at, following = waiting[-1]
            new = next((state for state in following if state not in seen), None)
            if new is None:
                order.append(at)
                waiting.pop()
            else:
                seen.add(new)
                waiting.append((new, iter(self.states[new].successors)))
        return tuple(order)

    @property
    def topological_order(self) -> tuple[int, ...]:
        """The states, each before all that can follow it."""
        return self._postorder[::-1]

    @cached_property
    def remaining(self) -> Mapping[int, tuple[int, int]]:
        """Of each state: how many questions are still to be answered, at least and at most."""
        found: dict[int, tuple[int, int]] = {}
        for at in self._postorder:
            after = [found[state] for state in self.states[at].successors]
            found[at] = (
                (1 + min(least for least, _ in after), 1 + max(most for _, most in after))
                if after
                else (0, 0)
            )
        return found

    @property
    def longest_path(self) -> int:
        """The number of questions of the longest path."""
        return self.remaining[0][1]

    @cached_property
    def path_count(self) -> int:
        """How many complete paths there are."""
        found: dict[int, int] = {}
        for at in self._postorder:
            found[at] = sum(found[state] for state in self.states[at].successors) or 1
        return found[0]

    @cached_property
    def prefix_count(self) -> int:
        """How many states there were before merging: one for each beginning of a path."""
        found: dict[int, int] = {}
        for at in self._postorder:
            found[at] = 1 + sum(found[state] for state in self.states[at].successors)
        return found[0]

    @property
    def expanded(self) -> int:
        """How many states were looked into, ends included."""
        return sum(bool(state.successors) or state.question is None for state in self.states)

    def state_after(self, guide: GuideContent, answers: Answers) -> int:
        """The state that these answers lead to."""
        at = 0
        while (state := self.states[at]).successors and state.question in answers:
            choices = [choice.key for choice in guide.question[str(state.question)].choices]
            at = state.successors[choices.index(answers[str(state.question)])]
        return at

    def to_json(self) -> list[Any]:
        return [
            [state.question, list(state.outcomes), list(state.successors)] for state in self.states
        ]

    @classmethod
    def from_json(cls, raw: list[Any], guide: GuideContent) -> "StateGraph":
        """Of a complete walk through `guide`. Raises `AlteredGraphError` where it cannot be one."""
        try:
            graph = cls(tuple(_state(row, guide, len(raw)) for row in raw), complete=True)
            _ = graph.remaining  # a KeyError where states go round in circles
        except (TypeError, ValueError, LookupError) as error:
            raise AlteredGraphError from error
        return graph


def _state(raw: list[Any], guide: GuideContent, count: int) -> MergedState:
    question, outcomes, after = raw
    choices = () if question is None else guide.question[question].choices
    known = all(type(at) is int and at in range(count) for at in after)
    if len(after) != len(choices) or not known or not all(key in guide.outcome for key in outcomes):
        raise ValueError
    return MergedState(question, tuple(outcomes), tuple(after))
