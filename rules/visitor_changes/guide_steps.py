"""The merged states of one content of a guide, explored one answer at a time.

States are merged as in the proof (`rules.proof.residuals`). Besides, each step says which advice it
settles: advice that will be given at the end, whatever answers follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple

from rules.engine.content import Answers, Effect, GuideContent
from rules.engine.resolve import Fire, Firing, fire_rules
from rules.engine.state import Answer
from rules.proof.bounds import Effort
from rules.proof.residuals import REFUTED, Residuals, ResidualVector
from rules.proof.walk import (
    DIGEST_SIZE,
    STATE_SIZE,
    CameFrom,
    concluded_outcomes,
    reconstruct_path,
)


class GuideStep(NamedTuple):
    """The number of the state that an answer leads to, and the rules that decide and advise.

    Rules are given by their positions.
    """

    state: int
    given: tuple[int, ...] = ()
    """The advice rules that it settles as given. At an end, these are all that fire."""
    deciding: tuple[int, ...] = ()
    """The rule that asks the next question, or all rules that conclude; empty at a dead end.

    All paths to a merged state agree on it, because rules that may still ask or conclude have the
    same residuals.
    """


class GuideState(NamedTuple):
    """A merged state: it asks `question` or, if this is empty, is an end with `outcomes`.

    An end may also ask a question without choices, which is `unanswerable`. `askable` are the questions that may still be asked, and `possible` the outcomes that may still be
    given, and sometimes a few more.
    """

    question: str
    outcomes: tuple[str, ...]
    askable: frozenset[str]
    possible: frozenset[str]
    vector: ResidualVector | None
    unanswerable: str = ""

    @property
    def asked(self) -> str:
        """The question that the state asks, with or without choices; empty at any other end."""
        return self.question or self.unanswerable


class GuideSteps:
    """The merged states of one content. State `start.state` is the first one.

    `fire` finds the rules that hold (`CompiledGuide.fire`).
    """

    def __init__(self, guide: GuideContent, fire: Fire, effort: Effort) -> None:
        self.guide = guide
        self.states: list[GuideState] = []
        self._fire = fire
        self._effort = effort
        self._residuals = Residuals(self.guide, effort)
        self._came_from: CameFrom[int] = {}
        self._numbers: dict[object, int] = {}
        self._restricted: dict[bytes, int] = {}
        self._steps: dict[tuple[int, str], GuideStep] = {}
        self._target_sets: dict[frozenset[str], frozenset[str]] = {}
        """The sets of keys of states. Each is stored once, because many states have the same."""
        self._advice_rules = frozenset(
            position for key in self.guide.outcome for position in self.advice_rules(key)
        )
        firing = self._fire_path({})
        vector = self._residuals.initial_vector() if self._can_go_on(firing) else None
        number = self._state_number(firing, vector, None)
        self.start = self._step_to(number, None, firing)

    def take_step(self, number: int, choice: str) -> GuideStep:
        """Returns the step that a choice of the question of a state takes."""
        if (number, choice) not in self._steps:
            self._effort.take_memory(DIGEST_SIZE)
            self._steps[number, choice] = self._make_step(number, choice)
        return self._steps[number, choice]

    def equivalent_choice(self, question: str, choice: str) -> str:
        """Returns the first choice of a question that no rule tells apart from a choice.

        It is empty if this content does not have the choice.
        """
        part = self.guide.question.get(question)
        return self._residuals.representative_choices(part).get(choice, "") if part else ""

    def different_choices(self, question: str) -> tuple[str, ...]:
        """Returns the choices of a question that rules tell apart: one of each kind."""
        choices = self._residuals.representative_choices(self.guide.question[question])
        return tuple(dict.fromkeys(choices.values()))

    def advice_rules(self, outcome: str) -> tuple[int, ...]:
        """Returns the positions of the rules that give an outcome as advice."""
        rules = self.guide.rules
        giving = self.guide.rules_giving.get(outcome, ())
        return tuple(position for position in giving if rules[position].effect is Effect.ADVISE)

    def undecided_rules(self, number: int, outcome: str) -> tuple[int, ...]:
        """Returns the positions of the rules that may still give an advice after a state, or not."""
        vector = self.states[number].vector
        if vector is None:
            return ()
        return tuple(
            position for position in self.advice_rules(outcome) if vector[position] != REFUTED
        )

    def stop_at(self, number: int) -> GuideStep:
        """Returns the step to an end at the question of a state, as if the question had no choices."""
        firing = self._fire_path(dict(reconstruct_path(self._came_from, number)))
        before = self.states[number].vector
        return self._step_to(self._state_number(firing, None, None), before, firing)

    def _fire_path(self, path: Answers) -> Firing:
        self._effort.check_time()
        return fire_rules(self.guide, path, self._fire)

    def _can_go_on(self, firing: Firing) -> bool:
        """True unless a path ends here: by a question without choices too, which is unfinished."""
        return firing.question is not None and bool(self.guide.question[firing.question].choices)

    def _make_step(self, number: int, choice: str) -> GuideStep:
        state = self.states[number]
        assert state.vector is not None
        answer = (state.question, choice)
        path = dict([*reconstruct_path(self._came_from, number), answer])
        firing = self._fire_path(path)
        after = None
        if self._can_go_on(firing):
            after = self._residuals.vector_after_answer(state.vector, *answer)
        reached = self._state_number(firing, after, (number, answer))
        return self._step_to(reached, state.vector, firing)

    def _step_to(self, number: int, before: ResidualVector | None, firing: Firing) -> GuideStep:
        """Returns the step to a state. `before` are the residuals of the state before it."""
        deciding = deciding_rules(self.guide, firing)
        return GuideStep(number, self._settled_advice(before, firing, number), deciding)

    def _settled_advice(
        self, before: ResidualVector | None, firing: Firing, number: int
    ) -> tuple[int, ...]:
        """Returns the advice rules that fire and can no longer change, and still could before."""
        after = self.states[number].vector
        return tuple(
            position
            for position in firing.fired
            if position in self._advice_rules
            and (before is None or before[position] != REFUTED)
            and (after is None or after[position] == REFUTED)
        )

    def _state_number(
        self, firing: Firing, vector: ResidualVector | None, came_from: tuple[int, Answer] | None
    ) -> int:
        """Returns the number of a state, after adding it if it is new (see `rules.proof.walk`)."""
        if vector is None:
            outcomes, question = concluded_outcomes(self.guide.rules, firing), firing.question or ""
            state = GuideState("", outcomes, frozenset(), frozenset(outcomes), None, question)
            return self._add_state((outcomes, question), state, came_from)
        unrestricted = _digest_vector(vector)
        if unrestricted not in self._restricted:
            self._effort.take_memory(DIGEST_SIZE)
            restricted = self._residuals.drop_unaskable_questions(vector)
            askable = self._possible_targets(restricted, self.guide.rules_asking)
            possible = self._possible_targets(restricted, self.guide.rules_giving)
            state = GuideState(str(firing.question), (), askable, possible, restricted)
            number = self._add_state(_digest_vector(restricted), state, came_from)
            self._restricted[unrestricted] = number
        return self._restricted[unrestricted]

    def _possible_targets(
        self, vector: ResidualVector, rules_by_target: Mapping[str, Iterable[int]]
    ) -> frozenset[str]:
        """Returns the keys of the questions or outcomes that have a rule which may still hold."""
        targets = frozenset(
            target
            for target, positions in rules_by_target.items()
            if any(vector[position] != REFUTED for position in positions)
        )
        if targets not in self._target_sets:
            self._effort.take_memory(64 * len(targets))
        return self._target_sets.setdefault(targets, targets)

    def _add_state(
        self, key: object, state: GuideState, came_from: tuple[int, Answer] | None
    ) -> int:
        """Returns the number of a state. A state with the same key is not added again."""
        if key not in self._numbers:
            self._effort.take_memory(STATE_SIZE + 4 * len(state.vector or ()))
            number = self._numbers[key] = len(self.states)
            self.states.append(state)
            self._came_from[number] = came_from
        return self._numbers[key]


def deciding_rules(guide: GuideContent, firing: Firing) -> tuple[int, ...]:
    """Returns the positions of all rules that conclude or, without them, of the one that asks."""
    if firing.question is None:
        return tuple(
            position for position in firing.fired if guide.rules[position].effect is Effect.CONCLUDE
        )
    asking = guide.rules_asking[firing.question]
    return (next(position for position in firing.fired if position in asking),)


def _digest_vector(vector: ResidualVector) -> bytes:
    return blake2b(vector, digest_size=16).digest()
