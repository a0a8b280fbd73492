"""The graph of a guide's states as JSON, as it is stored with a version."""

from typing import Any

import pytest

from rules.proof.state_graph import AlteredGraphError, MergedState, StateGraph
from tests.rules.pictures import make_guide

ENDS = [None, ["fin"], []]


def test_a_stored_graph_is_read_back_the_same() -> None:
    states = (
        MergedState("q1", successors=(1, 2, 1)),
        MergedState("q2", successors=(2, 3)),
        MergedState(outcomes=("fin", "suite")),
        MergedState(),
    )
    graph = StateGraph(states, complete=True)
    assert StateGraph.from_json(graph.to_json(), make_guide()) == graph


@pytest.mark.parametrize(
    "altered",
    [
        [],
        ["abc"],
        [[None, ["fin"]]],
        [[None, ["inconnue"], []]],
        [[None, [[]], []]],
        [[None, None, []]],
        [[None, ["fin"], [0]]],
        [["inconnue", [], [1, 1]], ENDS],
        [[["q2"], [], [1, 1]], ENDS],
        [["q2", [], [1]], ENDS],
        [["q2", [], []]],
        [["q2", [], [1, 2]], ENDS],
        [["q2", [], [1, -1]], ENDS],
        [["q2", [], [1, 1.0]], ENDS],
        [["q2", [], [1, True]], ENDS],
        [["q2", [], ["1", "1"]], ENDS],
        [["q2", [], [0, 1]], ENDS],
        [["q2", [], [1, 2]], ["q2", [], [0, 2]], ENDS],
    ],
    ids=str,
)
def test_states_that_cannot_be_those_of_the_guide_are_refused(altered: list[Any]) -> None:
    with pytest.raises(AlteredGraphError):
        StateGraph.from_json(altered, make_guide())
