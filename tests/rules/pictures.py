"""A guide and the graph of its states, for the tests of pictures and of state graphs.

The graph is written by hand, because the guide has no rules.
"""

from rules.engine.content import (
    ChoiceContent,
    GuideContent,
    OutcomeContent,
    QuestionContent,
    Scope,
    Tone,
)
from rules.picture.boxes import Arrow, Box, Picture, build_picture
from rules.proof.findings import Finding
from rules.proof.state_graph import MergedState, StateGraph

YES_NO = (ChoiceContent("oui", "Oui"), ChoiceContent("non", "Non"))
HOSTILE_TEXTS = (
    'dit "oui"', "a\\b\\N\\", "<b>gras</b>", "<<i>>", "&lt;&eacute;&", "ligne\nautre", "\x00\x0b\ufffe",
    "x" * 300, "mot " * 75, "👩‍🏫 🎓", "\u202eenvers", "{a|b}", "-> ; }", "%3", " ",
)  # fmt: skip


def make_guide(first: str = "Un\u00a0?", end: str = "Fin", label: str = "Non") -> GuideContent:
    """Returns a guide of two questions, two conclusions and an advice."""
    return GuideContent(
        "petit",
        "Petit guide",
        (
            QuestionContent(
                "q1",
                first,
                (YES_NO[0], ChoiceContent("non", label), ChoiceContent("bof", "Bof")),
                scope=Scope.SCHOOL,
            ),
            QuestionContent("q2", "Deux\u00a0?", YES_NO),
        ),
        (
            OutcomeContent("fin", end, final=True, tone=Tone.SUCCESS),
            OutcomeContent("suite", "Suite", final=True, tone=Tone.ACTION),
            OutcomeContent("conseil", "Conseil", final=False),
        ),
        (),
    )


def make_graph(*graph: MergedState, complete: bool = True) -> StateGraph:
    return StateGraph(graph, complete)


STATES = (
    MergedState("q1", successors=(1, 2, 1)),
    MergedState("q2", successors=(3, 4)),
    MergedState(outcomes=("fin", "suite")),
    MergedState(outcomes=("suite",)),
    MergedState(),
)
"""The states of the guide that `make_guide` returns.

In the first state q1 is asked: « Oui » and « Bof » lead to q2, and « Non » to two conclusions. At q2,
« Oui » leads to one conclusion, and after « Non » visitors are stuck.
"""


def part_address(kind: str, key: str) -> str:
    return f"/{kind}/{key}"


def draw_picture(guide: GuideContent, graph: StateGraph, *findings: Finding) -> Picture:
    return build_picture(guide, graph, part_address, findings)


def find_box(picture: Picture, name: str) -> Box:
    return next(box for box in picture.boxes if box.name == name)


def find_arrow(picture: Picture, source: str, target: str) -> Arrow:
    return next(
        arrow for arrow in picture.arrows if (arrow.source, arrow.target) == (source, target)
    )
