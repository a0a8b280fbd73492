"""The parts of a guide that no path reaches: those that the proof finds unreachable or unsatisfiable."""

from collections import deque

from rules.engine.content import Effect, RuleContent
from rules.parcours.exploration import Exploration
from rules.proof.bounds import Effort
from rules.proof.residuals import REFUTED, Residuals

UnreachedParts = tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]
"""Questions, outcomes and rules."""
NOTHING_UNREACHED: UnreachedParts = (), (), ()


def find_unreached_parts(exploration: Exploration, effort: Effort) -> UnreachedParts:
    """Returns the questions, the outcomes and the rules that no path reaches.

    The exploration must be complete. Raises `BoundReachedError`.
    """
    guide = exploration.guide
    questions = (question.key for question in guide.questions)
    fired = [rule for position, rule in enumerate(guide.rules) if exploration.fired >> position & 1]
    given = {rule.target for rule in fired if rule.effect is not Effect.ASK}
    return (
        tuple(key for key in questions if key not in exploration.to_question),
        tuple(outcome.key for outcome in guide.outcomes if outcome.key not in given),
        find_unreached_rules(exploration, effort),
    )


def find_unreached_rules(exploration: Exploration, effort: Effort) -> tuple[int, ...]:
    """Returns the positions of the rules that never fire. Raises `BoundReachedError`."""
    rules = exploration.guide.rules
    silent = [
        position
        for position, rule in enumerate(rules)
        if not rule.is_left_out and not exploration.fired >> position & 1
    ]
    unreached = [position for position in silent if rules[position].effect is not Effect.ASK]
    residuals = Residuals(exploration.guide, effort)
    for position in set(silent).difference(unreached):
        if not fires_somewhere(exploration, residuals, effort, rules[position]):
            unreached.append(position)
    return tuple(sorted(unreached))


def fires_somewhere(
    exploration: Exploration, residuals: Residuals, effort: Effort, rule: RuleContent
) -> bool:
    """True if a rule fires on some path. It looks at each state with each residual of the rule.

    A rule whose question has an answer fires without effect. The graph does not tell apart the states
    in which it fires from others, so that the first path to a state does not suffice. Raises
    `BoundReachedError`.
    """
    start = (0, residuals.initial_residual(rule))
    waiting, known = deque([start]), {start}
    while waiting:
        effort.check_time()
        number, residual = waiting.popleft()
        if residuals.holds_without_answers(residual):
            return True
        state = exploration.graph.states[number]
        answers = exploration.answers[state.question] if state.question else ()
        for answer, successor in zip(answers, state.successors, strict=True):
            remaining = residuals.residual_after_answer(residual, *answer)
            following = (successor, remaining)
            if remaining != REFUTED and following not in known:
                known.add(following)
                waiting.append(following)
    return False
