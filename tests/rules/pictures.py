"""A guide and its states, made by hand, for the tests of pictures."""

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
HOSTILE = (
    'dit "oui"', "a\\b\\N\\", "<b>gras</b>", "<<i>>", "&lt;&eacute;&", "ligne\nautre", "\x00\x0b\ufffe",
    "x" * 300, "mot " * 75, "👩‍🏫 🎓", "\u202eenvers", "{a|b}", "-> ; }", "%3", " ",
)  # fmt: skip


def make_guide(first: str = "Un\u00a0?", end: str = "Fin", label: str = "Non") -> GuideContent:
    """Two questions, two conclusions and an advice."""
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


def make_graph(*states: MergedState, complete: bool = True) -> StateGraph:
    return StateGraph(states, complete)


STATES = (
    MergedState("q1", successors=(1, 2, 1)),
    MergedState("q2", successors=(3, 4)),
    MergedState(outcomes=("fin", "suite")),
    MergedState(outcomes=("suite",)),
    MergedState(),
)
"""Oui and Bof lead to q2, Non to two conclusions; q2 to one of them, or nowhere."""


def part_address(kind: str, key: str) -> str:
    return f"/{kind}/{key}"


def draw_picture(shown: GuideContent, states: StateGraph, *findings: Finding) -> Picture:
    return build_picture(shown, states, part_address, findings)


def find_box(made: Picture, name: str) -> Box:
    return next(found for found in made.boxes if found.name == name)


def find_arrow(made: Picture, source: str, target: str) -> Arrow:
    return next(found for found in made.arrows if (found.source, found.target) == (source, target))
