"""What visitors can bring one rule to.

Merged states forget the answers that no rule waits for any more, hence also how a rule came to
fail, and rules that ask what is asked already. So what matters to one rule is carried along.
"""

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from rules.engine.guide import Rule
from rules.engine.state import Answer
from rules.proof.residuals import questions_named
from rules.proof.sightings import Path
from rules.proof.walk import Walk


class Situation(NamedTuple):
    number: int
    """What the rule waits for, as in `rules.proof.residuals`."""
    answered: int
    """How many of its questions are."""


Seen = tuple[int, Situation]
"""A merged state, and what the rule is brought to there."""


def situations(walk: Walk, rule: Rule) -> Iterator[tuple[Situation, Path]]:
    """Each of them once, with the shortest answers that lead to it."""
    questions, met = questions_named(rule), set[Situation]()
    start: Seen = (0, Situation(walk.residuals.of(rule), 0))
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
    for choice, after in zip(choices, state.next, strict=True):
        answer, there = (state.question, choice.key), situation
        if state.question in questions:
            number = walk.residuals.settled(situation.number, *answer)
            there = Situation(number, situation.answered + 1)
        yield answer, (after, there)


def _path(came_from: dict[Seen, tuple[Seen, Answer] | None], at: Seen) -> Path:
    answers: list[Answer] = []
    while (step_back := came_from[at]) is not None:
        at, answer = step_back
        answers.append(answer)
    return tuple(reversed(answers))
