"""The paths of the newer content that visitors of the older content could not take: those with new choices."""

from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.proof.bounds import Effort
from rules.proof.state_graph import StateGraph
from rules.proof.walk import Walk
from rules.visitor_changes.differences import NewChoice


def find_new_choices(older: GuideContent, newer: GuideContent) -> tuple[NewChoice, ...]:
    """Returns the choices that only the newer content has, of the questions that both have."""
    return tuple(
        NewChoice(question.key, choice)
        for question in newer.questions
        if question.key in older.question
        for choice in question.choice
        if choice not in older.question[question.key].choice
    )


def count_new_paths(
    newer: CompiledGuide, choices: tuple[NewChoice, ...], effort: Effort
) -> int | None:
    """Returns the number of paths with at least one of some choices; None at the bound of `effort`."""
    walk = Walk(newer, effort)
    if not walk.graph.complete:
        return None
    without = count_paths_without(walk.graph, newer.guide, frozenset(choices))
    return walk.graph.path_count - without


def count_paths_without(
    graph: StateGraph, guide: GuideContent, choices: frozenset[NewChoice]
) -> int:
    """Returns the number of paths of a graph that have none of some choices."""
    counts: dict[int, int] = {}
    for number in reversed(graph.topological_order):
        state = graph.states[number]
        question = str(state.question)
        keys = guide.question[question].choice if state.successors else {}
        counts[number] = sum(
            counts[successor]
            for choice, successor in zip(keys, state.successors, strict=True)
            if (question, choice) not in choices
        )
        if not state.successors:
            counts[number] = 1
    return counts[0]
