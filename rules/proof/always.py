"""Rules that hold in every reachable state where their questions are answered: what they ask
for is no condition.
"""

from collections.abc import Iterator

from rules.engine.guide import Match, Operator, Rule
from rules.proof.residuals import HELD, questions_named
from rules.proof.sightings import Path
from rules.proof.situations import situations
from rules.proof.walk import Walk


def always_hold(walk: Walk) -> Iterator[tuple[int, Path]]:
    """The positions of such rules, with the shortest answers to all of their questions.

    A rule that holds as soon as there are answers is none.
    """
    for at, rule in enumerate(walk.guide.rules):
        if at not in walk.seen.failed and _compares(rule):
            path = _always_holds(walk, rule)
            if path is not None:
                yield at, path


def _compares(rule: Rule) -> bool:
    """Whether it takes more than answers, whatever they are, to make it hold."""
    answered = [condition.operator is Operator.ANSWERED for condition in rule.when]
    return bool(answered) and not (any if rule.match is Match.ANY else all)(answered)


def _always_holds(walk: Walk, rule: Rule) -> Path | None:
    shortest, questions = None, questions_named(rule)
    if not questions <= walk.seen.asked.keys():
        return None
    for situation, path in situations(walk, rule):
        if situation.answered == len(questions):
            if situation.number != HELD:
                return None
            shortest = path if shortest is None else shortest
    return shortest
