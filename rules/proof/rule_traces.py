"""Finds the residuals that one rule can have, over all paths.

Merged states do not tell why a rule does not hold, nor whether a rule holds that has no effect. To
know it of one rule, its trace explores the merged states again and distinguishes them by the residual
of this rule.
"""

from collections import deque
from collections.abc import Iterator, Set
from typing import NamedTuple

from rules.engine.content import Match, Operator, RuleContent
from rules.engine.operators import condition_holds
from rules.engine.state import Answer
from rules.proof.residuals import SATISFIED
from rules.proof.walk import CameFrom, Path, Walk, reconstruct_path

TRACED_STATE_SIZE = 400
"""The memory, in bytes, of a state that a trace distinguishes."""


class RuleTrace(NamedTuple):
    """What a path has made of one rule: the number of its residual."""

    residual: int
    answered_count: int
    """The number of questions in the rule's conditions that have an answer."""


TracedState = tuple[int, RuleTrace]
"""The number of a merged state, and what a path to it has made of the rule."""


def trace_rule(walk: Walk, rule: RuleContent) -> Iterator[tuple[RuleTrace, Path]]:
    """Yields each different trace that a path gives a rule, with its shortest path, shortest first."""
    questions, met = rule.questions, set[RuleTrace]()
    start: TracedState = (0, RuleTrace(walk.residuals.initial_residual(rule), 0))
    came_from: CameFrom[TracedState] = {start: None}
    frontier = deque([start])
    try:
        while frontier:
            current = frontier.popleft()
            trace = current[1]
            if trace not in met:
                met.add(trace)
                yield trace, reconstruct_path(came_from, current)
            for answer, after in _traced_states_after(walk, current, questions):
                if after not in came_from:
                    walk.effort.take_memory(TRACED_STATE_SIZE)
                    came_from[after] = (current, answer)
                    frontier.append(after)
    finally:
        walk.effort.free_memory(TRACED_STATE_SIZE * (len(came_from) - 1))


def _traced_states_after(
    walk: Walk, current: TracedState, questions: Set[str]
) -> Iterator[tuple[Answer, TracedState]]:
    """Yields the answers that can follow, and where they lead. `questions` are those of the rule."""
    walk.effort.check_time()
    number, trace = current
    state = walk.graph.states[number]
    if state.question is None:
        return
    choices = walk.guide.question[state.question].choices
    for choice, successor in zip(choices, state.successors, strict=True):
        answer, trace_after = (state.question, choice.key), trace
        if state.question in questions:
            residual = walk.residuals.residual_after_answer(trace.residual, *answer)
            trace_after = RuleTrace(residual, trace.answered_count + 1)
        yield answer, (successor, trace_after)


def rules_always_holding(walk: Walk) -> Iterator[tuple[int, Path]]:
    """Yields the position of each rule that holds whenever its questions are answered.

    Yields it with the shortest path that answers these questions. Rules that hold for any answers
    because of their operator `answered` are left out: their editors know that they always hold.
    """
    for position, rule in enumerate(walk.guide.rules):
        answered = [condition.operator is Operator.ANSWERED for condition in rule.when]
        holds_for_any = any(answered) if rule.match is Match.ANY else all(answered)
        if answered and not holds_for_any and position not in walk.first_paths.failed_rules:
            path = _path_if_always_holding(walk, rule)
            if path is not None:
                yield position, path


def _path_if_always_holding(walk: Walk, rule: RuleContent) -> Path | None:
    """Returns the shortest path that answers all questions of a rule.

    Returns None if there is no such path, or if the rule does not hold after one of them.
    """
    questions = rule.questions
    if not questions <= walk.first_paths.to_asked_question.keys():
        return None
    shortest = None
    for trace, path in trace_rule(walk, rule):
        if trace.answered_count == len(questions):
            if trace.residual != SATISFIED:
                return None
            shortest = path if shortest is None else shortest
    return shortest


def nearest_miss(walk: Walk, rule: RuleContent) -> Path:
    """Returns the shortest path that makes the most conditions of a rule true.

    The path ends with an answer to a question of the rule. It is empty if no answer makes a condition
    true.
    """
    best: Path = ()
    most_true = 0
    questions = rule.questions
    walk.effort.check_time()
    for number, state in enumerate(walk.graph.states):
        if state.question not in questions:
            continue
        walk.effort.check_time()
        before = walk.shortest_path(number)
        for choice in walk.guide.question[state.question].choices:
            path = (*before, (state.question, choice.key))
            true_count = sum(condition_holds(condition, dict(path)) for condition in rule.when)
            if (true_count, -len(path)) > (most_true, -len(best)):
                best, most_true = path, true_count
    return best
