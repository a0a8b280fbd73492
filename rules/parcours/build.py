"""Builds the parcours of a guide from the graph of its states."""

from rules.engine.content import GuideContent
from rules.parcours.exploration import Exploration
from rules.parcours.lines import LineBuilder
from rules.parcours.stop_order import order_of_stops
from rules.parcours.stops import Parcours, Stop
from rules.parcours.unreached import NOTHING_UNREACHED, find_unreached_parts
from rules.proof.bounds import THOROUGH_BOUND, BoundReachedError, Effort, ProofBound
from rules.proof.state_graph import StateGraph


def build_parcours(
    guide: GuideContent, graph: StateGraph, bound: ProofBound = THOROUGH_BOUND
) -> Parcours:
    """Returns the parcours of a guide. `graph` is that of its proof, which may be incomplete.

    The exploration of the graph may take the bound, and so may what is built from it. Beyond that, the
    parcours is not complete, and what follows the lines that were not built is not known.
    """
    exploration, effort = Exploration(guide, graph, Effort(bound)), Effort(bound)
    builder = LineBuilder(exploration, effort)
    stops = tuple(
        Stop(
            question,
            tuple(map(builder.build_line, exploration.answers[question])),
            exploration.to_question[question],
        )
        for question in order_of_stops(exploration)
    )
    is_complete, unreached = builder.is_complete, NOTHING_UNREACHED
    if is_complete:
        try:
            unreached = find_unreached_parts(exploration, effort)
        except BoundReachedError:
            is_complete = False
    return Parcours(builder.build_start(), stops, is_complete, *unreached)
