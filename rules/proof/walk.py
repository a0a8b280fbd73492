"""The walk: every path that visitors can take, nearest first.

The engine decides each state; states in which all rules wait for the same (`residuals`) are
walked on from once, so what is noted first about something is noted with its shortest answers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rules.engine.compiled import CompiledGuide
from rules.engine.content import Effect, GuideContent, RuleContent
from rules.engine.resolve import Firing, fire_rules
from rules.engine.state import Answer
from rules.proof.residuals import Residuals, Waiting, questions_named
from rules.proof.state_graph import MergedState, StateGraph

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
        self.seen = FirstPaths(self.guide)
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
        now = fire_rules(self.guide, {}, self._fire)
        self.seen.note((), now)
        self.at_start = tuple(sorted(self._giving.intersection(now.fired)))
        waiting = deque([(self._state(now, self.residuals.start(), None), now)])
        while waiting:
            if len(self._states) > max_states:
                return False
            waiting.extend(self._walk_on(*waiting.popleft()))
        return True

    def _walk_on(self, state: int, now: Firing) -> list[tuple[int, Firing]]:
        """Takes each choice of a state. What it leads to for the first time is walked on later."""
        if now.question is None:
            return []
        path, known, before = self.path(state), len(self._states), frozenset(now.fired)
        following, effects, fresh = [], [], []
        for choice in self.guide.question[now.question].choices:
            answer = (now.question, choice.key)
            then = fire_rules(self.guide, dict([*path, answer]), self._fire)
            self.seen.note((*path, answer), then, before)
            following.append(self._follow(state, answer, then))
            effects.append(self._effects(now, then))
            if following[-1] == known:
                fresh.append((known, then))
                known += 1
        self._states[state] = MergedState(now.question, successors=tuple(following))
        self.effects[state] = tuple(effects)
        self._waiting[state] = None
        return fresh

    def _follow(self, state: int, answer: Answer, then: Firing) -> int:
        waiting = self._waiting[state]
        assert waiting is not None, "a state is walked on from once"
        after = None if then.question is None else self.residuals.answered(waiting, *answer)
        return self._state(then, after, (state, answer))

    def _state(
        self, now: Firing, waiting: Waiting | None, came_from: tuple[int, Answer] | None
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

    def _effects(self, now: Firing, then: Firing) -> Effects:
        before, after = self._giving.intersection(now.fired), self._giving.intersection(then.fired)
        return Effects(tuple(sorted(after - before)), tuple(sorted(before - after)))


Path = tuple[Answer, ...]


class FirstPaths:
    """By rule position, question or outcome."""

    def __init__(self, guide: GuideContent) -> None:
        self._rules = guide.rules
        self.fired: dict[int, Path] = {}
        """Rules that hold somewhere."""
        self.asked: dict[str, Path] = {}
        self.given: dict[str, Path] = {}
        """Outcomes, advice and conclusions."""
        self.stuck: dict[Answer | None, Path] = {}
        """By the last answer given."""
        self.together: dict[tuple[str, ...], Path] = {}
        """Outcomes of which several conclude at once."""
        self.asking: set[int] = set()
        """Rules that fire where their question is asked."""
        self.cut_short: dict[int, Path] = {}
        """Rules whose question was not asked yet when a conclusion came."""
        self.failed: set[int] = set()
        """Rules that did not hold when all their questions were answered; not all of them."""
        self._naming = _naming(guide)
        self._asks = {question.key: _asking(guide, question.key) for question in guide.questions}

    def note(self, path: Path, now: Firing, before: frozenset[int] = frozenset()) -> None:
        """What is seen in the state that `path` leads to; `before` fired a step earlier already."""
        fired = frozenset(now.fired)
        self._note_fired(path, fired - before)
        if now.question is not None:
            self.asked.setdefault(now.question, path)
            self.asking |= self._asks[now.question] & fired
        else:
            self._note_end(path, now)
        if path:
            self._note_failed(path, fired)

    def _note_fired(self, path: Path, fired: frozenset[int]) -> None:
        for at in fired:
            self.fired.setdefault(at, path)
            if self._rules[at].effect is not Effect.ASK:
                self.given.setdefault(self._rules[at].target, path)

    def _note_end(self, path: Path, now: Firing) -> None:
        if concluded := outcomes_of(self._rules, now):
            if len(concluded) > 1:
                self.together.setdefault(concluded, path)
            for question in self._asks.keys() - dict(path).keys():
                for at in self._asks[question].intersection(now.fired):
                    self.cut_short.setdefault(at, path)
        else:
            self.stuck.setdefault(path[-1] if path else None, path)

    def _note_failed(self, path: Path, fired: frozenset[int]) -> None:
        """Of the rules that look at the last answer: those whose questions are now all answered."""
        answers = dict(path)
        for at, questions in self._naming.get(path[-1][0], ()):
            if at not in fired and questions <= answers.keys():
                self.failed.add(at)


def outcomes_of(rules: Sequence[RuleContent], now: Firing) -> tuple[str, ...]:
    """The conclusions of a state, in rule order."""
    fired = (rules[at] for at in now.fired)
    return tuple(dict.fromkeys(rule.target for rule in fired if rule.effect is Effect.CONCLUDE))


def _asking(guide: GuideContent, question: str) -> frozenset[int]:
    return frozenset(
        at
        for at, rule in enumerate(guide.rules)
        if rule.effect is Effect.ASK and rule.target == question
    )


def _naming(guide: GuideContent) -> Mapping[str, list[tuple[int, frozenset[str]]]]:
    """By question: the rules that look at it, and all the questions that they look at."""
    found: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for at, rule in enumerate(guide.rules):
        questions = questions_named(rule)
        for question in questions:
            found.setdefault(question, []).append((at, questions))
    return found
