"""The walk: a breadth-first exploration of all paths that visitors can take.

The engine finds what each state asks or concludes. States in which all rules have the same
residuals (`rules.proof.residuals`) are merged, and explored only once. Breadth first means that the
first path to a state is also a shortest one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple, TypeAlias, TypeVar

from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers, Effect, GuideContent, RuleContent
from rules.engine.resolve import Firing, fire_rules
from rules.engine.state import Answer
from rules.proof.bounds import (
    THOROUGH_BOUND,
    BoundKind,
    BoundReachedError,
    Effort,
)
from rules.proof.residuals import Residuals, ResidualVector
from rules.proof.state_graph import MergedState, StateGraph

STATE_SIZE, WAITING_SIZE, DIGEST_SIZE, EFFECTS_SIZE, PATH_SIZE = 600, 200, 150, 250, 150
"""The memory, in bytes, that the walk takes for a state, while a state waits, for a digest of residuals,
for the effects of a choice, and for a path without its answers.
"""

Path = tuple[Answer, ...]
"""Answers from the first question on, in the order in which a visitor gives them."""

SomeKey = TypeVar("SomeKey")
SomeState = TypeVar("SomeState")
CameFrom: TypeAlias = dict[SomeState, tuple[SomeState, Answer] | None]
"""For each state, the state and the answer that first led to it; None for the first state."""


def reconstruct_path(came_from: CameFrom[SomeState], state: SomeState) -> Path:
    """Returns the first path to a state."""
    answers: list[Answer] = []
    while (step_back := came_from[state]) is not None:
        state, answer = step_back
        answers.append(answer)
    return tuple(reversed(answers))


class RuleEffects(NamedTuple):
    """The positions of the advice and conclusion rules that a choice makes fire, or stop firing.

    They are the same on all paths to a merged state.
    """

    started: tuple[int, ...]
    stopped: tuple[int, ...]


class WaitingState(NamedTuple):
    """A merged state that is not explored yet."""

    number: int
    firing: Firing
    vector: ResidualVector
    """The residuals in this state."""

    @property
    def size(self) -> int:
        """The memory, in bytes, that the state takes as long as it waits."""
        return WAITING_SIZE + 4 * len(self.vector) + 8 * len(self.firing.fired)


class Walk:
    """The exploration of one guide. The constructor runs it, and stops at the bound of `effort`."""

    residuals: Residuals

    def __init__(self, compiled: CompiledGuide, effort: Effort | None = None) -> None:
        self.guide = compiled.guide
        self.effort = effort or Effort(THOROUGH_BOUND)
        self.first_paths = FirstPaths(self.guide, self.effort)
        self.effects: list[tuple[RuleEffects, ...]] = []
        """For each merged state, the effects of the choices of its question, in their order."""
        self._compiled = compiled
        self._states: list[MergedState] = []
        self._frontier: deque[WaitingState] = deque()
        self._came_from: CameFrom[int] = {0: None}
        self._numbers: dict[object, int] = {}
        """The numbers of the states. The key of a state is its residuals or, at an end, its conclusions."""
        self._restricted: dict[bytes, int] = {}
        """The numbers of the states, by their residuals before unaskable questions were dropped."""
        self._outcome_rules = frozenset(
            position
            for position, rule in enumerate(self.guide.rules)
            if rule.effect is not Effect.ASK
        )
        start = fire_rules(self.guide, {}, compiled.fire)
        self.outcome_rules_at_start = tuple(sorted(self._outcome_rules.intersection(start.fired)))
        self.stopped_by = self._explore_from(start)
        """The bound that ended the walk; None if it explored all paths."""
        states = tuple(self._states) or (MergedState(start.question),)
        self.graph = StateGraph(states, complete=self.stopped_by is None)
        self._restricted.clear()

    def shortest_path(self, state: int) -> Path:
        """Returns a shortest path to the state with this number."""
        return reconstruct_path(self._came_from, state)

    def fire(self, answers: Answers) -> tuple[int, ...]:
        """Does what `CompiledGuide.fire` does. Raises `BoundReachedError` if the time is over."""
        self.effort.check_time()
        return self._compiled.fire(answers)

    def _explore_from(self, start: Firing) -> BoundKind | None:
        """Explores all states, from the first one on. Returns the bound that it reached, if any."""
        try:
            self.first_paths.record_firing((), start)
            self.residuals = Residuals(self.guide, self.effort)
            vector = None if start.question is None else self.residuals.initial_vector()
            self._state_number(start, vector, None)
            while len(self._states) <= self.effort.bound.states:
                if not self._frontier:
                    return None
                waiting = self._frontier.popleft()
                self._explore_state(waiting)
                self.effort.free_memory(waiting.size)
        except BoundReachedError as reached:
            return reached.kind
        return BoundKind.STATES

    def _explore_state(self, state: WaitingState) -> None:
        """Takes each choice of a state, and adds the new states that they lead to."""
        path, fired_before = self.shortest_path(state.number), frozenset(state.firing.fired)
        question = self.guide.question[str(state.firing.question)]
        representatives = self.residuals.representative_choices(question)
        steps: dict[str, tuple[int, RuleEffects]] = {}
        for choice, same in representatives.items():
            answer = (question.key, choice)
            if choice != same:
                self.first_paths.record_equivalent_answer((*path, answer), (question.key, same))
                continue
            after = fire_rules(self.guide, dict([*path, answer]), self.fire)
            self.first_paths.record_firing((*path, answer), after, fired_before)
            is_end = after.question is None
            vector = None if is_end else self.residuals.vector_after_answer(state.vector, *answer)
            number = self._state_number(after, vector, (state.number, answer))
            steps[choice] = number, self._effects_of_answer(state.firing, after)
        taken = [steps[same] for same in representatives.values()]
        self.effort.take_memory(8 * len(taken))
        successors = tuple(number for number, _ in taken)
        self._states[state.number] = MergedState(question.key, successors=successors)
        self.effects[state.number] = tuple(effects for _, effects in taken)

    def _effects_of_answer(self, before: Firing, after: Firing) -> RuleEffects:
        fired_before = self._outcome_rules.intersection(before.fired)
        fired_after = self._outcome_rules.intersection(after.fired)
        started, stopped = fired_after - fired_before, fired_before - fired_after
        self.effort.take_memory(EFFECTS_SIZE + 8 * (len(started) + len(stopped)))
        return RuleEffects(tuple(sorted(started)), tuple(sorted(stopped)))

    def _state_number(
        self, firing: Firing, vector: ResidualVector | None, came_from: tuple[int, Answer] | None
    ) -> int:
        """Returns the number of a state, after adding it if it is new.

        `firing` is what the state asks and concludes. `vector` are its residuals, or None for an end.
        `came_from` is the state and the answer that led to it, or None for the first state.
        """
        if vector is None:
            outcomes = concluded_outcomes(self.guide.rules, firing)
            if outcomes not in self._numbers:
                self._add_state(outcomes, MergedState(None, outcomes), came_from)
            return self._numbers[outcomes]
        unrestricted = _digest_vector(vector)
        if unrestricted not in self._restricted:
            self.effort.take_memory(DIGEST_SIZE)
            restricted = self.residuals.drop_unaskable_questions(vector)
            key = _digest_vector(restricted)
            if key not in self._numbers:
                number = self._add_state(key, MergedState(firing.question), came_from)
                self._frontier.append(WaitingState(number, firing, restricted))
                self.effort.take_memory(self._frontier[-1].size)
            self._restricted[unrestricted] = self._numbers[key]
        return self._restricted[unrestricted]

    def _add_state(
        self, key: object, state: MergedState, came_from: tuple[int, Answer] | None
    ) -> int:
        """Adds a new state, and returns its number."""
        self.effort.take_memory(STATE_SIZE + 8 * len(state.outcomes))
        number = self._numbers[key] = len(self._states)
        self._states.append(state)
        self._came_from[number] = came_from
        self.effects.append(())
        return number


def _digest_vector(vector: ResidualVector) -> bytes:
    """Returns a short value that differs for different residuals: a guide may have 10,000 rules."""
    return blake2b(vector, digest_size=16).digest()


class FirstPaths:
    """The first path to everything that the walk finds, and sets of rules. Rules are positions."""

    def __init__(self, guide: GuideContent, effort: Effort) -> None:
        self._rules = guide.rules
        self._effort = effort
        self.to_fired_rule: dict[int, Path] = {}
        """For each rule, the path to the first state in which it fires."""
        self.to_asked_question: dict[str, Path] = {}
        self.to_given_outcome: dict[str, Path] = {}
        """For each outcome, the path to the first state that gives it."""
        self.to_stuck_end: dict[Answer | None, Path] = {}
        """For each answer after which visitors are stuck, the path that ends with it.

        The key is None if visitors are stuck before the first question.
        """
        self.to_several_conclusions: dict[tuple[str, ...], Path] = {}
        """For several conclusions that are given together, the path to the first state that does it."""
        self.to_preempted_rule: dict[int, Path] = {}
        """For a rule that fires but cannot ask its new question because of a conclusion, the path."""
        self.asking_rules: set[int] = set()
        """The rules that fire in a state which asks their question."""
        self.failed_rules: set[int] = set()
        """Rules that do not hold in a state in which all their questions are answered.

        Some are missing, because the walk takes only the first path to each merged state.
        """
        self._rules_asking: dict[str, set[int]] = {
            question.key: set() for question in guide.questions
        }
        self._rules_looking_at: dict[str, list[tuple[int, frozenset[str]]]] = {}
        """For each question, the rules with a condition on it, each with all questions of the rule."""
        for position, rule in enumerate(guide.rules):
            if rule.effect is Effect.ASK:
                self._rules_asking[rule.target].add(position)
            questions = rule.questions
            for question in questions:
                self._rules_looking_at.setdefault(question, []).append((position, questions))

    def record_firing(
        self, path: Path, firing: Firing, fired_before: frozenset[int] = frozenset()
    ) -> None:
        """Records everything that is new in the state at the end of `path`.

        The rules in `fired_before` fired already before the last answer, so they are recorded.
        """
        fired = frozenset(firing.fired)
        for position in fired - fired_before:
            self._record_path(self.to_fired_rule, position, path)
            if self._rules[position].effect is not Effect.ASK:
                self._record_path(self.to_given_outcome, self._rules[position].target, path)
        if firing.question is not None:
            self._record_path(self.to_asked_question, firing.question, path)
            self.asking_rules |= self._rules_asking[firing.question] & fired
        elif outcomes := concluded_outcomes(self._rules, firing):
            self._record_conclusion(path, fired, outcomes)
        else:
            self._record_path(self.to_stuck_end, path[-1] if path else None, path)
        if path:
            # Rules whose last question has now an answer, but which do not hold.
            answered = dict(path).keys()
            for position, questions in self._rules_looking_at.get(path[-1][0], ()):
                if position not in fired and questions <= answered:
                    self.failed_rules.add(position)

    def record_equivalent_answer(self, path: Path, representative: Answer) -> None:
        """Records that the last answer of `path` leads to the same state as another answer."""
        if representative in self.to_stuck_end:
            self._record_path(self.to_stuck_end, path[-1], path)

    def _record_path(self, paths: dict[SomeKey, Path], key: SomeKey, path: Path) -> None:
        if key not in paths:
            self._effort.take_memory(PATH_SIZE + 8 * len(path))
            paths[key] = path

    def _record_conclusion(
        self, path: Path, fired: frozenset[int], outcomes: tuple[str, ...]
    ) -> None:
        if len(outcomes) > 1:
            self._record_path(self.to_several_conclusions, outcomes, path)
        for question in self._rules_asking.keys() - dict(path).keys():
            for position in self._rules_asking[question] & fired:
                self._record_path(self.to_preempted_rule, position, path)


def concluded_outcomes(rules: Sequence[RuleContent], firing: Firing) -> tuple[str, ...]:
    """Returns the keys of the conclusions that a firing gives, each once, in rule order."""
    fired = (rules[position] for position in firing.fired)
    return tuple(dict.fromkeys(rule.target for rule in fired if rule.effect is Effect.CONCLUDE))
