"""Builds the parcours of a guide from the graph of its states."""

from rules.engine.content import Effect, GuideContent
from rules.engine.state import Answer
from rules.parcours.lines import build_line
from rules.parcours.stops import Case, GivenAdvice, Line, Parcours, Stop
from rules.parcours.transitions import Transition, find_transitions
from rules.proof.state_graph import StateGraph
from rules.proof.walk import Path


def build_parcours(guide: GuideContent, graph: StateGraph) -> Parcours:
    """Returns the parcours of a guide. `graph` is that of its proof, which may be incomplete."""
    transitions = list(find_transitions(guide, graph))
    of_lines: dict[Answer, list[Transition]] = {}
    reached: dict[str, Path] = {}
    for transition in transitions:
        if transition.answers:
            of_lines.setdefault(transition.answers[-1], []).append(transition)
        if transition.destination.question:
            reached.setdefault(transition.destination.question, transition.answers)
    start = transitions[0]
    advice = tuple(
        GivenAdvice(guide.rules[position].target, position, (), ()) for position in start.advice
    )
    stops = tuple(
        Stop(
            key,
            tuple(
                build_line(guide, graph, (key, choice.key), of_lines.get((key, choice.key), []))
                for choice in guide.question[key].choices
            ),
            answers,
        )
        for key, answers in reached.items()
    )
    fired = {position for transition in transitions for position in transition.fired}
    given = {guide.rules[p].target for p in fired if guide.rules[p].effect is not Effect.ASK}
    is_complete = graph.complete
    return Parcours(
        Line("", "", (Case((), start.destination, start.rules, ()),), advice),
        stops,
        is_complete,
        tuple(q.key for q in guide.questions if is_complete and q.key not in reached),
        tuple(o.key for o in guide.outcomes if is_complete and o.key not in given),
        tuple(p for p in range(len(guide.rules)) if is_complete and p not in fired),
    )
