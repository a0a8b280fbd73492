"""Which rules decide each step of visitors, worked out from a graph of states.

The rules are evaluated on a shortest path to each state. All paths to a merged state agree on what
follows, so that the graph of a version that was proved long ago suffices.
"""

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from rules.engine.content import Answers, Effect, GuideContent
from rules.engine.oracle import rule_holds
from rules.engine.state import Answer
from rules.proof.residuals import questions_of_rule
from rules.proof.state_graph import StateGraph
from rules.proof.walk import Path

Rules = tuple[int, ...]
"""The positions of some rules, in order."""
RuleBits = int
"""A set of rules, with a bit for each: comparing and joining such sets takes little time."""


class Step(NamedTuple):
    """What follows an answer, or the start of the guide."""

    deciding: Rules
    """The rule that asks the next question, or all rules that conclude; empty at a dead end."""
    advice: Rules
    """The advice rules that begin to fire."""


class FiringState(NamedTuple):
    """A state whose steps are not known yet, with what holds at the end of a shortest path to it."""

    number: int
    path: Path
    fired: RuleBits
    open_rules: RuleBits
    """The asking rules whose question has no answer yet."""


class Exploration:
    """The steps of all states of a guide, and the shortest paths to everything that they show.

    A state that the proof found but did not explore has steps as well.
    """

    def __init__(self, guide: GuideContent, graph: StateGraph) -> None:
        self.steps: dict[int, tuple[Step, ...]] = {}
        """For each state that asks a question, a step for each of its choices, in their order."""
        self.to_question: dict[str, Path] = {}
        """The questions that are asked, each with the shortest path to it."""
        self.to_step: dict[Answer, dict[Rules, Path]] = {}
        """For each answer, the rules that decide what follows it, each with the shortest path."""
        self.to_advice: dict[Answer, dict[int, Path]] = {}
        """For each answer, the advice rules that begin to fire, each with the shortest path."""
        self._guide = guide
        self._evaluation = RuleEvaluation(guide)
        start = FiringState(0, (), *self._evaluation.fire_at_start())
        self.start = self._evaluation.step_between(0, start)
        self.fired: RuleBits = start.fired
        """The rules that hold on one of the shortest paths to the states."""
        self._explore_from(start, graph)

    def _explore_from(self, start: FiringState, graph: StateGraph) -> None:
        self._record_question(self.start, ())
        waiting, known = deque([start]), {0}
        while waiting:
            state = waiting.popleft()
            question = graph.states[state.number].question
            if question is None:
                continue
            after = list(self._states_after(state, question))
            steps = [self._evaluation.step_between(state.fired, following) for following in after]
            self.steps[state.number] = tuple(steps)
            for step, following in zip(steps, after, strict=True):
                self._record_step(step, following)
            successors = graph.states[state.number].successors
            for number, following in zip(successors, after, strict=False):
                if number not in known:
                    known.add(number)
                    waiting.append(following._replace(number=number))

    def _states_after(self, state: FiringState, question: str) -> Iterator[FiringState]:
        """Yields what follows each choice of a state. The numbers of these states are not set."""
        answers = dict(state.path)
        open_rules = self._evaluation.close_question(state.open_rules, question)
        for choice in self._guide.question[question].choices:
            answers[question] = choice.key
            fired = self._evaluation.fire_after_answer(state.fired, question, answers)
            yield FiringState(0, (*state.path, (question, choice.key)), fired, open_rules)

    def _record_step(self, step: Step, after: FiringState) -> None:
        self.fired |= after.fired
        answer = after.path[-1]
        self.to_step.setdefault(answer, {}).setdefault(step.deciding, after.path)
        for position in step.advice:
            self.to_advice.setdefault(answer, {}).setdefault(position, after.path)
        self._record_question(step, after.path)

    def _record_question(self, step: Step, path: Path) -> None:
        for position in step.deciding[:1]:
            rule = self._guide.rules[position]
            if rule.effect is Effect.ASK:
                self.to_question.setdefault(rule.target, path)


class RuleEvaluation:
    """Evaluates the rules of a guide along a path: only those that look at the new answer."""

    def __init__(self, guide: GuideContent) -> None:
        self._guide = guide
        self._looking_at: dict[str, RuleBits] = {question.key: 0 for question in guide.questions}
        self._asking: dict[str, RuleBits] = {question.key: 0 for question in guide.questions}
        self._with_effect: dict[Effect, RuleBits] = dict.fromkeys(Effect, 0)
        self._known_positions: dict[RuleBits, Rules] = {}
        for position, rule in enumerate(guide.rules):
            self._with_effect[rule.effect] |= 1 << position
            if rule.effect is Effect.ASK:
                self._asking[rule.target] |= 1 << position
            for question in questions_of_rule(rule):
                self._looking_at[question] |= 1 << position

    def fire_at_start(self) -> tuple[RuleBits, RuleBits]:
        """Returns the rules that hold before the first answer, and all rules that ask."""
        every = (1 << len(self._guide.rules)) - 1
        return self._rules_holding(every, {}), self._with_effect[Effect.ASK]

    def fire_after_answer(self, fired: RuleBits, question: str, answers: Answers) -> RuleBits:
        """Returns the rules that hold for `answers`, of which the one to `question` is new."""
        looking = self._looking_at[question]
        return fired & ~looking | self._rules_holding(looking, answers)

    def close_question(self, open_rules: RuleBits, question: str) -> RuleBits:
        """Returns the asking rules that remain open when a question is answered."""
        return open_rules & ~self._asking[question]

    def step_between(self, fired_before: RuleBits, after: FiringState) -> Step:
        """Returns what follows, from the rules that held before an answer and those after it."""
        concluding = after.fired & self._with_effect[Effect.CONCLUDE]
        asking = after.fired & after.open_rules
        first_asking = asking & -asking
        advice = after.fired & ~fired_before & self._with_effect[Effect.ADVISE]
        return Step(self.positions(concluding or first_asking), self.positions(advice))

    def positions(self, rules: RuleBits) -> Rules:
        """Returns the positions of a set of rules. Equal sets give the same object, to save memory."""
        if rules not in self._known_positions:
            self._known_positions[rules] = tuple(_bit_positions(rules))
        return self._known_positions[rules]

    def _rules_holding(self, rules: RuleBits, answers: Answers) -> RuleBits:
        return sum(
            1 << position
            for position in self.positions(rules)
            if rule_holds(self._guide.rules[position], answers)
        )


def _bit_positions(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
