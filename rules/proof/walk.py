"""The walk: an exploration of every path that visitors can take, breadth first.

The engine decides what each state asks or concludes. States in which all rules have the same
residuals are merged and explored once. Because the walk is breadth first, the first path to
anything is also a shortest one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias, TypeVar

from rules.engine.compiled import CompiledGuide
from rules.engine.content import Effect, GuideContent, RuleContent
from rules.engine.resolve import Firing, fire_rules
from rules.engine.state import Answer
from rules.proof.residuals import Residuals, ResidualVector, questions_of_rule
from rules.proof.state_graph import MergedState, StateGraph

MAX_STATES = 20_000
"""Merged states after which the walk stops: more would take too much memory and time."""

Path = tuple[Answer, ...]
"""Answers in the order in which a visitor gives them, from the start."""

SomeState = TypeVar("SomeState")
CameFrom: TypeAlias = dict[SomeState, tuple[SomeState, Answer] | None]
"""For each state that is met, the state and the answer that first led to it; None for the start."""


def reconstruct_path(came_from: CameFrom[SomeState], state: SomeState) -> Path:
    """Returns the answers that first led to a state."""
    answers: list[Answer] = []
    while (step_back := came_from[state]) is not None:
        state, answer = step_back
        answers.append(answer)
    return tuple(reversed(answers))


class RuleEffects(NamedTuple):
    """The advice and conclusion rules that fire only after a choice, and those that stop firing.

    Rules are known by their positions. The paths that lead to one merged state all agree on them.
    """

    started: tuple[int, ...]
    stopped: tuple[int, ...]


class Walk:
    """The walk through one guide, which runs when the instance is created."""

    def __init__(self, compiled: CompiledGuide, max_states: int = MAX_STATES) -> None:
        self.guide = compiled.guide
        self.residuals = Residuals(self.guide)
        self.first_paths = FirstPaths(self.guide)
        self.effects: list[tuple[RuleEffects, ...]] = []
        """For each merged state, the effects of each choice, in the question's order."""
        self._fire = compiled.fire
        self._states: list[MergedState] = []
        self._vectors: list[ResidualVector | None] = []
        """The residuals in each state that is not explored yet; None for an end."""
        self._came_from: CameFrom[int] = {}
        self._numbers: dict[object, int] = {}
        """The number of each state, by its residuals or, for an end, by its conclusions."""
        self._restricted: dict[bytes, ResidualVector] = {}
        self._outcome_rules = frozenset(
            position
            for position, rule in enumerate(self.guide.rules)
            if rule.effect is not Effect.ASK
        )
        start = fire_rules(self.guide, {}, self._fire)
        self.first_paths.record_firing((), start)
        self.outcome_rules_at_start = tuple(sorted(self._outcome_rules.intersection(start.fired)))
        vector = None if start.question is None else self.residuals.initial_vector()
        frontier = deque([(self._state_number(start, vector, None), start)])
        while frontier and len(self._states) <= max_states:
            frontier.extend(self._explore_state(*frontier.popleft()))
        self.graph = StateGraph(tuple(self._states), complete=not frontier)
        self._restricted.clear()

    def shortest_path(self, state: int) -> Path:
        """Returns the shortest answers that lead to a state."""
        return reconstruct_path(self._came_from, state)

    def _explore_state(self, state: int, firing: Firing) -> list[tuple[int, Firing]]:
        """Takes each choice of a state once, and returns the states that are met for the first time."""
        vector = self._vectors[state]
        if firing.question is None or vector is None:
            return []
        path, successors, effects, new_states = self.shortest_path(state), [], [], []
        fired = self._outcome_rules.intersection(firing.fired)
        for choice in self.guide.question[firing.question].choices:
            answer, count = (firing.question, choice.key), len(self._states)
            after = fire_rules(self.guide, dict([*path, answer]), self._fire)
            self.first_paths.record_firing((*path, answer), after, frozenset(firing.fired))
            is_end = after.question is None
            vector_after = None if is_end else self.residuals.vector_after_answer(vector, *answer)
            successors.append(self._state_number(after, vector_after, (state, answer)))
            fired_after = self._outcome_rules.intersection(after.fired)
            started, stopped = sorted(fired_after - fired), sorted(fired - fired_after)
            effects.append(RuleEffects(tuple(started), tuple(stopped)))
            if successors[-1] == count:
                new_states.append((count, after))
        self._states[state] = MergedState(firing.question, successors=tuple(successors))
        self.effects[state] = tuple(effects)
        self._vectors[state] = None
        return new_states

    def _state_number(
        self, firing: Firing, vector: ResidualVector | None, came_from: tuple[int, Answer] | None
    ) -> int:
        """Returns the number of the state of a firing. A state that is met for the first time gets one.

        `vector` holds the residuals in a state that asks, and is None for an end.
        """
        outcomes = concluded_outcomes(self.guide.rules, firing)
        key: object = outcomes
        if vector is not None:
            unrestricted = vector.tobytes()
            if unrestricted not in self._restricted:
                self._restricted[unrestricted] = self.residuals.drop_unaskable_questions(vector)
            vector = self._restricted[unrestricted]
            key = vector.tobytes()
        if key not in self._numbers:
            self._numbers[key] = len(self._states)
            self._states.append(MergedState(firing.question, outcomes))
            self._vectors.append(vector)
            self._came_from[len(self._states) - 1] = came_from
            self.effects.append(())
        return self._numbers[key]


class FirstPaths:
    """The first path to everything that the walk meets. Rules are known by their positions."""

    def __init__(self, guide: GuideContent) -> None:
        self._rules = guide.rules
        self.to_fired_rule: dict[int, Path] = {}
        """The path to the first state in which each rule fires."""
        self.to_asked_question: dict[str, Path] = {}
        self.to_given_outcome: dict[str, Path] = {}
        """The path to the first state that gives each outcome, advice or conclusion."""
        self.to_stuck_end: dict[Answer | None, Path] = {}
        """The path to a stuck state, by its last answer; None if visitors are stuck at the start."""
        self.to_several_conclusions: dict[tuple[str, ...], Path] = {}
        """The path to the first state that concludes with these outcomes together."""
        self.to_preempted_rule: dict[int, Path] = {}
        """The path to a conclusion that comes although this rule would ask a new question."""
        self.asking_rules: set[int] = set()
        """The rules that fire in a state that asks their question."""
        self.failed_rules: set[int] = set()
        """Rules that do not hold in some state in which all their questions are answered.

        The set is not complete, because merged states are visited on their first path only.
        """
        self._rules_asking: dict[str, set[int]] = {
            question.key: set() for question in guide.questions
        }
        self._rules_looking_at: dict[str, list[tuple[int, frozenset[str]]]] = {}
        """For each question, the rules that look at it, each with all the questions it looks at."""
        for position, rule in enumerate(guide.rules):
            if rule.effect is Effect.ASK:
                self._rules_asking[rule.target].add(position)
            questions = questions_of_rule(rule)
            for question in questions:
                self._rules_looking_at.setdefault(question, []).append((position, questions))

    def record_firing(
        self, path: Path, firing: Firing, fired_before: frozenset[int] = frozenset()
    ) -> None:
        """Records what the state at the end of `path` shows for the first time.

        The rules in `fired_before` fired already one answer earlier, so they are recorded.
        """
        fired = frozenset(firing.fired)
        for position in fired - fired_before:
            self.to_fired_rule.setdefault(position, path)
            if self._rules[position].effect is not Effect.ASK:
                self.to_given_outcome.setdefault(self._rules[position].target, path)
        if firing.question is not None:
            self.to_asked_question.setdefault(firing.question, path)
            self.asking_rules |= self._rules_asking[firing.question] & fired
        elif outcomes := concluded_outcomes(self._rules, firing):
            self._record_conclusion(path, fired, outcomes)
        else:
            self.to_stuck_end.setdefault(path[-1] if path else None, path)
        if path:
            # Note the rules that the last answer completes without making them hold.
            answered = dict(path).keys()
            for position, questions in self._rules_looking_at.get(path[-1][0], ()):
                if position not in fired and questions <= answered:
                    self.failed_rules.add(position)

    def _record_conclusion(
        self, path: Path, fired: frozenset[int], outcomes: tuple[str, ...]
    ) -> None:
        if len(outcomes) > 1:
            self.to_several_conclusions.setdefault(outcomes, path)
        for question in self._rules_asking.keys() - dict(path).keys():
            for position in self._rules_asking[question] & fired:
                self.to_preempted_rule.setdefault(position, path)


def concluded_outcomes(rules: Sequence[RuleContent], firing: Firing) -> tuple[str, ...]:
    """Returns the conclusions that a firing gives, each once, in rule order."""
    fired = (rules[position] for position in firing.fired)
    return tuple(dict.fromkeys(rule.target for rule in fired if rule.effect is Effect.CONCLUDE))
