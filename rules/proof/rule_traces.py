"""The walk seen from one rule: the residuals that visitors can bring it to.

Merged states forget the answers that no rule needs any more. With them they forget why a rule
failed, and whether it fires if that changes nothing. So a rule trace explores the merged states
again and carries along what one rule still needs.
"""

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from rules.engine.content import Match, Operator, RuleContent
from rules.engine.operators import condition_holds
from rules.proof.residuals import SATISFIED, questions_of_rule
from rules.proof.walk import CameFrom, Path, Walk, reconstruct_path


class RuleTrace(NamedTuple):
    """What a path has made of one rule."""

    residual: int
    answered_count: int
    """How many of the questions that the rule looks at are answered."""


TracedState = tuple[int, RuleTrace]
"""A merged state, and what the path to it has made of the rule."""


def trace_rule(walk: Walk, rule: RuleContent) -> Iterator[tuple[RuleTrace, Path]]:
    """Yields each reachable trace of a rule once, with the shortest path to it, shortest first."""
    questions, met = questions_of_rule(rule), set[RuleTrace]()
    start: TracedState = (0, RuleTrace(walk.residuals.initial_residual(rule), 0))
    came_from: CameFrom[TracedState] = {start: None}
    frontier = deque([start])
    while frontier:
        current = number, trace = frontier.popleft()
        if trace not in met:
            met.add(trace)
            yield trace, reconstruct_path(came_from, current)
        state = walk.graph.states[number]
        if state.question is None:
            continue
        choices = walk.guide.question[state.question].choices
        for choice, successor in zip(choices, state.successors, strict=True):
            answer, trace_after = (state.question, choice.key), trace
            if state.question in questions:
                residual = walk.residuals.residual_after_answer(trace.residual, *answer)
                trace_after = RuleTrace(residual, trace.answered_count + 1)
            if (successor, trace_after) not in came_from:
                came_from[successor, trace_after] = (current, answer)
                frontier.append((successor, trace_after))


def rules_always_holding(walk: Walk) -> Iterator[tuple[int, Path]]:
    """Yields the position of each rule that holds in every state in which its questions are answered.

    With it comes the shortest path to all these answers. Rules that only ask whether there are
    answers are left out: they are meant to hold always.
    """
    for position, rule in enumerate(walk.guide.rules):
        answered = [condition.operator is Operator.ANSWERED for condition in rule.when]
        holds_for_any = any(answered) if rule.match is Match.ANY else all(answered)
        if answered and not holds_for_any and position not in walk.first_paths.failed_rules:
            path = _path_if_always_holding(walk, rule)
            if path is not None:
                yield position, path


def _path_if_always_holding(walk: Walk, rule: RuleContent) -> Path | None:
    """Returns the shortest path that answers all questions of a rule, or None if it may fail then."""
    questions = questions_of_rule(rule)
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
    """Returns the shortest path that makes as many conditions of a rule true as any path does.

    The path ends with an answer to a question of the rule. It is empty if no condition can be true.
    """
    best: Path = ()
    most_true = 0
    questions = questions_of_rule(rule)
    for number, state in enumerate(walk.graph.states):
        if state.question not in questions:
            continue
        before = walk.shortest_path(number)
        for choice in walk.guide.question[state.question].choices:
            path = (*before, (state.question, choice.key))
            true_count = sum(condition_holds(condition, dict(path)) for condition in rule.when)
            if (true_count, -len(path)) > (most_true, -len(best)):
                best, most_true = path, true_count
    return best
