"""The answers that come closest to making a rule hold that never does."""

from rules.engine.guide import Rule
from rules.engine.operators import holds
from rules.proof.residuals import questions_named
from rules.proof.sightings import Path
from rules.proof.walk import Walk


def closest_answers(walk: Walk, rule: Rule) -> Path:
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
            true = sum(holds(condition, dict(path)) for condition in rule.when)
            if (true, -len(path)) > (most, -len(best)):
                best, most = path, true
    return best
