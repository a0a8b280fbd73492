"""What visitors can bring one rule to.

Merged states forget the answers that no rule waits for any more, hence also how a rule came to
fail, and rules that ask what is asked already. So what matters to one rule is carried along.
"""

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from rules.engine.content import Match, Operator, RuleContent
from rules.engine.operators import condition_holds
from rules.engine.state import Answer
from rules.proof.residuals import HELD, questions_named
from rules.proof.walk import Path, Walk


class RuleTrace(NamedTuple):
    number: int
    """What the rule waits for, as in `rules.proof.residuals`."""
    answered: int
    """How many of its questions are."""


Seen = tuple[int, RuleTrace]
"""A merged state, and what the rule is brought to there."""


def trace_rule(walk: Walk, rule: RuleContent) -> Iterator[tuple[RuleTrace, Path]]:
    """Each of them once, with the shortest answers that lead to it."""
    questions, met = questions_named(rule), set[RuleTrace]()
    start: Seen = (0, RuleTrace(walk.residuals.of(rule), 0))
    came_from: dict[Seen, tuple[Seen, Answer] | None] = {start: None}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if here[1] not in met:
            met.add(here[1])
            yield here[1], _path(came_from, here)
        for answer, there in _following(walk, here, questions):
            if there not in came_from:
                came_from[there] = (here, answer)
                waiting.append(there)


def _following(walk: Walk, here: Seen, questions: frozenset[str]) -> Iterator[tuple[Answer, Seen]]:
    state, situation = walk.graph.states[here[0]], here[1]
    if state.question is None:
        return
    choices = walk.guide.question[state.question].choices
    for choice, after in zip(choices, state.successors, strict=True):
        answer, there = (state.question, choice.key), situation
        if state.question in questions:
            number = walk.residuals.settled(situation.number, *answer)
            there = RuleTrace(number, situation.answered + 1)
        yield answer, (after, there)


def _path(came_from: dict[Seen, tuple[Seen, Answer] | None], at: Seen) -> Path:
    answers: list[Answer] = []
    while (step_back := came_from[at]) is not None:
        at, answer = step_back
        answers.append(answer)
    return tuple(reversed(answers))


def rules_always_holding(walk: Walk) -> Iterator[tuple[int, Path]]:
    """The positions of such rules, with the shortest answers to all of their questions.

    A rule that holds as soon as there are answers is none.
    """
    for at, rule in enumerate(walk.guide.rules):
        if at not in walk.seen.failed and _compares(rule):
            path = _always_holds(walk, rule)
            if path is not None:
                yield at, path


def _compares(rule: RuleContent) -> bool:
    """Whether it takes more than answers, whatever they are, to make it hold."""
    answered = [condition.operator is Operator.ANSWERED for condition in rule.when]
    return bool(answered) and not (any if rule.match is Match.ANY else all)(answered)


def _always_holds(walk: Walk, rule: RuleContent) -> Path | None:
    shortest, questions = None, questions_named(rule)
    if not questions <= walk.seen.asked.keys():
        return None
    for situation, path in trace_rule(walk, rule):
        if situation.answered == len(questions):
            if situation.number != HELD:
                return None
            shortest = path if shortest is None else shortest
    return shortest


def nearest_miss(walk: Walk, rule: RuleContent) -> Path:
    """Of the answers that make most of its conditions true, the shortest; empty where none is."""
    best: Path = ()
    most = 0
    questions = questions_named(rule)
    for at, state in enumerate(walk.graph.states):
        if state.question not in questions:
            continue
        before = walk.path(at)
        for choice in walk.guide.question[state.question].choices:
            path = (*before, (state.question, choice.key))
            true = sum(condition_holds(condition, dict(path)) for condition in rule.when)
            if (true, -len(path)) > (most, -len(best)):
                best, most = path, true
    return best
