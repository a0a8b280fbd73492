"""Explores a graph of states again, to find which rules decide each step of visitors.

The rules are evaluated on a shortest path to each state. All paths to a merged state agree on what
follows, so that the graph of a version that was proved long ago suffices.
"""

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from rules.engine.content import Effect, GuideContent
from rules.engine.state import Answer
from rules.parcours.live_rules import LiveRules, RuleBits, RuleEvaluation, Rules, Step
from rules.proof.bounds import BoundReachedError, Effort
from rules.proof.state_graph import StateGraph
from rules.proof.walk import Path


class ReachedState(NamedTuple):
    """A state whose steps are not known yet, with a shortest path to it."""

    number: int
    path: Path
    rules: LiveRules


class Exploration:
    """The steps of all states of a guide, and the shortest paths to everything that they show.

    A state that the proof found but did not explore has steps as well. States that are left when the
    bound of the effort is reached have none.
    """

    def __init__(self, guide: GuideContent, graph: StateGraph, effort: Effort) -> None:
        self.steps: dict[int, tuple[Step, ...]] = {}
        """For each state that asks a question, a step for each of its choices, in their order."""
        self.to_question: dict[str, Path] = {}
        """The questions that are asked, each with the shortest path to it."""
        self.to_step: dict[Answer, dict[Rules, Path]] = {}
        """For each answer, the rules that decide what follows it, each with the shortest path."""
        self.to_advice: dict[Answer, dict[int, Path]] = {}
        """For each answer, the advice rules that begin to fire, each with the shortest path."""
        self.guide = guide
        self.graph = graph
        self.is_complete = graph.complete
        """False if the proof or this exploration stopped before it had explored all paths."""
        self.answers: dict[str, list[Answer]] = {
            question.key: [(question.key, choice.key) for choice in question.choices]
            for question in guide.questions
        }
        """All answers to each question, in the order of its choices."""
        self._evaluation = RuleEvaluation(guide)
        rules = self._evaluation.evaluate_start()
        self.representative_answer = self._evaluation.representative_answer
        self.fired: RuleBits = rules.holding
        """The rules that hold on one of the shortest paths, and then may have an effect."""
        self.start = self._evaluation.find_step(0, rules.holding)
        self._record_question(self.start, ())
        try:
            self._explore_from(ReachedState(0, (), rules), effort)
        except BoundReachedError:
            self.is_complete = False

    def _explore_from(self, start: ReachedState, effort: Effort) -> None:
        waiting, known = deque([start]), {0}
        while waiting:
            effort.check_time()
            state = waiting.popleft()
            merged = self.graph.states[state.number]
            if merged.question is None:
                continue
            steps = []
            following = list(self._evaluate_choices(state, merged.question))
            for path, rules in following:
                steps.append(self._evaluation.find_step(state.rules.holding, rules.holding))
                self.fired |= rules.holding
                self._record_step(steps[-1], path)
            self.steps[state.number] = tuple(steps)
            for number, (path, rules) in zip(merged.successors, following, strict=False):
                if number not in known:
                    known.add(number)
                    waiting.append(ReachedState(number, path, rules))

    def _evaluate_choices(
        self, state: ReachedState, question: str
    ) -> Iterator[tuple[Path, LiveRules]]:
        """Yields the path and the rules after each choice of the question of a state."""
        answers, known = dict(state.path), dict[Answer, LiveRules]()
        for answer in self.answers[question]:
            same = self.representative_answer(answer)
            if same not in known:
                answers[question] = same[1]
                known[same] = self._evaluation.evaluate_answer(state.rules, same, answers)
            yield (*state.path, answer), known[same]

    def _record_step(self, step: Step, path: Path) -> None:
        self.to_step.setdefault(path[-1], {}).setdefault(step.deciding, path)
        for position in step.advice:
            self.to_advice.setdefault(path[-1], {}).setdefault(position, path)
        self._record_question(step, path)

    def _record_question(self, step: Step, path: Path) -> None:
        for position in step.deciding[:1]:
            rule = self.guide.rules[position]
            if rule.effect is Effect.ASK:
                self.to_question.setdefault(rule.target, path)
