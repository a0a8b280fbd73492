"""Builds the parcours of a guide from the graph of its states."""

from rules.engine.content import GuideContent
from rules.parcours.exploration import Exploration
from rules.parcours.lines import LineBuilder
from rules.parcours.stop_order import order_of_stops
from rules.parcours.stops import Parcours, Stop
from rules.parcours.unreached import find_unreached_parts
from rules.proof.state_graph import StateGraph


def build_parcours(guide: GuideContent, graph: StateGraph) -> Parcours:
    """Returns the parcours of a guide. `graph` is that of its proof, which may be incomplete."""
    exploration = Exploration(guide, graph)
    builder = LineBuilder(exploration)
    stops = tuple(
        Stop(
            question,
            tuple(map(builder.build_line, exploration.answers[question])),
            exploration.to_question[question],
        )
        for question in order_of_stops(exploration)
    )
    unreached = find_unreached_parts(exploration)
    return Parcours(builder.build_start(), stops, graph.complete, *unreached)
