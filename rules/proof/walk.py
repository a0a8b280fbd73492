"""The walk: every path that visitors can take, nearest first.

The engine decides each state; states in which all rules wait for the same (`residuals`) are
walked on from once, so what is noted first about something is noted with its shortest answers.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from rules.engine.compiled import CompiledGuide
from rules.engine.guide import Effect
from rules.engine.resolve import Step, step
from rules.engine.state import Answer
from rules.proof.residuals import Residuals, Waiting
from rules.proof.sightings import Path, Sightings, outcomes_of
from rules.proof.states import MergedState, StateGraph

MAX_STATES = 20_000
"""Merged states. Beyond, the walk stops: in memory and in time a person would not wait for."""


class Effects(NamedTuple):
    """What a choice changes at once: the positions of the rules that begin or stop to give advice
    or a conclusion. In one merged state it is the same whatever was answered before.
    """

    comes: tuple[int, ...]
    goes: tuple[int, ...]


class Walk:
    """Walks when it is made. `graph`, and by state `effects` of each choice; `seen` on the way.

    `at_start` are the rules that give something before any answer.
    """

    def __init__(self, compiled: CompiledGuide, max_states: int = MAX_STATES) -> None:
        self.guide = compiled.guide
        self.residuals = Residuals(self.guide)
        self.seen = Sightings(self.guide)
        self.effects: list[tuple[Effects, ...]] = []
        self._fire = compiled.fire
        self._states: list[MergedState] = []
        self._waiting: list[Waiting | None] = []
        self._came_from: list[tuple[int, Answer] | None] = []
        self._number: dict[object, int] = {}
        self._merged: dict[bytes, Waiting] = {}
        self._giving = frozenset(
            at for at, rule in enumerate(self.guide.rules) if rule.effect is not Effect.ASK
        )
        self.at_start: tuple[int, ...] = ()
        self.graph = StateGraph((), complete=False)
        complete = self._walk(max_states)
        self.graph = StateGraph(tuple(self._states), complete)
        self._merged.clear()

    def path(self, state: int) -> Path:
        """The shortest answers that lead to a state."""
        answers: list[Answer] = []
        while (step_back := self._came_from[state]) is not None:
            state, answer = step_back
            answers.append(answer)
        return tuple(reversed(answers))

    def _walk(self, max_states: int) -> bool:
        """Whether every path was walked."""
        now = step(self.guide, {}, self._fire)
        self.seen.note((), now)
        self.at_start = tuple(sorted(self._giving.intersection(now.fired)))
        waiting = deque([(self._state(now, self.residuals.start(), None), now)])
        while waiting:
            if len(self._states) > max_states:
                return False
            waiting.extend(self._walk_on(*waiting.popleft()))
        return True

    def _walk_on(self, state: int, now: Step) -> list[tuple[int, Step]]:
        """Takes each choice of a state. What it leads to for the first time is walked on later."""
        if now.question is None:
            return []
        path, known, before = self.path(state), len(self._states), frozenset(now.fired)
        following, effects, fresh = [], [], []
        for choice in self.guide.question[now.question].choices:
            answer = (now.question, choice.key)
            then = step(self.guide, dict([*path, answer]), self._fire)
            self.seen.note((*path, answer), then, before)
            following.append(self._follow(state, answer, then))
            effects.append(self._effects(now, then))
            if following[-1] == known:
                fresh.append((known, then))
                known += 1
        self._states[state] = MergedState(now.question, next=tuple(following))
        self.effects[state] = tuple(effects)
        self._waiting[state] = None
        return fresh

    def _follow(self, state: int, answer: Answer, then: Step) -> int:
        waiting = self._waiting[state]
        assert waiting is not None, "a state is walked on from once"
        after = None if then.question is None else self.residuals.answered(waiting, *answer)
        return self._state(then, after, (state, answer))

    def _state(
        self, now: Step, waiting: Waiting | None, came_from: tuple[int, Answer] | None
    ) -> int:
        """The number of the state that `now` is, a new one if nothing like it was met."""
        key: object
        if now.question is None or waiting is None:
            waiting, key = None, outcomes_of(self.guide.rules, now)
        else:
            waiting = self._forgotten(waiting)
            key = waiting.tobytes()
        if key not in self._number:
            self._number[key] = len(self._states)
            self._states.append(MergedState(now.question, outcomes_of(self.guide.rules, now)))
            self._waiting.append(waiting)
            self._came_from.append(came_from)
            self.effects.append(())
        return self._number[key]

    def _forgotten(self, waiting: Waiting) -> Waiting:
        key = waiting.tobytes()
        if key not in self._merged:
            self._merged[key] = self.residuals.forgotten(waiting)
        return self._merged[key]

    def _effects(self, now: Step, then: Step) -> Effects:
        before, after = self._giving.intersection(now.fired), self._giving.intersection(then.fired)
        return Effects(tuple(sorted(after - before)), tuple(sorted(before - after)))
