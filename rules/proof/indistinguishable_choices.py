"""Choices that have the same effect in every state that asks their question."""

from rules.engine.content import Effect
from rules.proof.walk import Walk

AdviceChange = tuple[tuple[str, ...], tuple[str, ...]]
"""The keys of the advice that a choice makes appear, and of the advice that it makes disappear."""

ChoiceEffect = tuple[int, AdviceChange]
"""The behaviour class of the state after a choice, and the change of advice that the choice makes.

States have the same behaviour class if they ask, advise and conclude the same from there on.
"""


def find_indistinguishable_choices(walk: Walk) -> list[tuple[int, tuple[str, ...]]]:
    """Returns the groups of choices of one question that have the same effect in every state.

    Each group is the position of the question, and the keys of two or more of its choices.
    """
    effects: dict[str, list[list[ChoiceEffect]]] = {
        question.key: [[] for _ in question.choices] for question in walk.guide.questions
    }
    advice_changes = _advice_changes(walk)
    classes = _behaviour_classes(walk, advice_changes)
    for state, changes in zip(walk.graph.states, advice_changes, strict=True):
        if state.question is not None:
            triples = zip(effects[state.question], state.successors, changes, strict=True)
            for column, successor, change in triples:
                column.append((classes[successor], change))
    found = []
    for position, question in enumerate(walk.guide.questions):
        if question.key not in walk.first_paths.to_asked_question:
            continue
        groups: dict[tuple[ChoiceEffect, ...], list[str]] = {}
        for choice, column in zip(question.choices, effects[question.key], strict=True):
            groups.setdefault(tuple(column), []).append(choice.key)
        found += [(position, tuple(group)) for group in groups.values() if len(group) > 1]
    return found


def _advice_changes(walk: Walk) -> list[list[AdviceChange]]:
    """Returns, for each state, the change of advice that each choice makes.

    Visitors do not see which of several rules gives an advice, so only the key of the advice counts.
    """
    advice = {
        position: rule.target
        for position, rule in enumerate(walk.guide.rules)
        if rule.effect is Effect.ADVISE
    }

    def advice_of_rules(positions: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(sorted(advice[position] for position in positions if position in advice))

    return [
        [(advice_of_rules(effect.started), advice_of_rules(effect.stopped)) for effect in effects]
        for effects in walk.effects
    ]


def _behaviour_classes(walk: Walk, changes: list[list[AdviceChange]]) -> dict[int, int]:
    """Returns the behaviour class of each state, as a number."""
    numbers: dict[tuple[object, ...], int] = {}
    classes: dict[int, int] = {}
    for number in reversed(walk.graph.topological_order):
        state = walk.graph.states[number]
        after = tuple(
            (classes[successor], change)
            for successor, change in zip(state.successors, changes[number], strict=True)
        )
        behaviour = (state.question, state.outcomes, after)
        classes[number] = numbers.setdefault(behaviour, len(numbers))
    return classes
