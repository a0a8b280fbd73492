"""Choices that have the same effect wherever their question is asked."""

from rules.engine.content import Effect
from rules.proof.walk import Walk

Behaviour = tuple[object, ...]
Told = tuple[tuple[str, ...], tuple[str, ...]]
"""The advice that comes and goes."""


def find_indistinguishable_choices(walk: Walk) -> list[tuple[int, tuple[str, ...]]]:
    """Question position, and the choices that are alike: two or more."""
    columns = _columns(walk)
    found = []
    for at, question in enumerate(walk.guide.questions):
        groups: dict[tuple[object, ...], list[str]] = {}
        for choice, column in zip(question.choices, columns[question.key], strict=True):
            groups.setdefault(tuple(column), []).append(choice.key)
        if question.key in walk.seen.asked:
            found += [(at, tuple(group)) for group in groups.values() if len(group) > 1]
    return found


def _columns(walk: Walk) -> dict[str, list[list[object]]]:
    """For each choice of each question: what follows it, in every state that asks."""
    columns: dict[str, list[list[object]]] = {
        question.key: [[] for _ in question.choices] for question in walk.guide.questions
    }
    told = _told(walk)
    behaviours = _behaviours(walk, told)
    for state, advice in zip(walk.graph.states, told, strict=True):
        if state.question is not None:
            pairs = zip(columns[state.question], state.successors, advice, strict=True)
            for column, after, effect in pairs:
                column.append((behaviours[after], effect))
    return columns


def _told(walk: Walk) -> list[list[Told]]:
    """Of each choice of each state. Which of several rules gives an advice nobody is told, and
    conclusions are those of the state that follows.
    """
    advice = {
        at: rule.target for at, rule in enumerate(walk.guide.rules) if rule.effect is Effect.ADVISE
    }

    def targets(rules: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(sorted(advice[at] for at in rules if at in advice))

    return [
        [(targets(effect.comes), targets(effect.goes)) for effect in effects]
        for effects in walk.effects
    ]


def _behaviours(walk: Walk, told: list[list[Told]]) -> dict[int, int]:
    """A number for each state; states from which visitors see the same have the same."""
    numbers: dict[Behaviour, int] = {}
    found: dict[int, int] = {}
    for at in reversed(walk.graph.topological_order):
        state = walk.graph.states[at]
        after = tuple(
            (found[following], effect)
            for following, effect in zip(state.successors, told[at], strict=True)
        )
        behaviour = (state.question, state.outcomes, after)
        found[at] = numbers.setdefault(behaviour, len(numbers))
    return found
