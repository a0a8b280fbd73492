"""Choices that have the same effect wherever their question is asked."""

from rules.proof.walk import Walk

Behaviour = tuple[object, ...]


def alike_choices(walk: Walk) -> list[tuple[int, tuple[str, ...]]]:
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
    behaviours = _behaviours(walk)
    for state, effects in zip(walk.graph.states, walk.effects, strict=True):
        if state.question is not None:
            pairs = zip(columns[state.question], state.next, effects, strict=True)
            for column, after, effect in pairs:
                column.append((behaviours[after], effect))
    return columns


def _behaviours(walk: Walk) -> dict[int, int]:
    """A number for each state; states from which visitors see the same have the same."""
    numbers: dict[Behaviour, int] = {}
    found: dict[int, int] = {}
    for at in reversed(walk.graph.in_order):
        state = walk.graph.states[at]
        after = tuple(
            (found[following], effect)
            for following, effect in zip(state.next, walk.effects[at], strict=True)
        )
        behaviour = (state.question, state.outcomes, after)
        found[at] = numbers.setdefault(behaviour, len(numbers))
    return found
