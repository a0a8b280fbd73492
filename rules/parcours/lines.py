"""Builds a line: the cases of a choice, and the advice that it gives."""

from collections.abc import Sequence

from rules.engine.content import GuideContent
from rules.engine.state import Answer
from rules.parcours.requirements import (
    join_requirements,
    remaining_requirement,
    requirements_of_rules,
)
from rules.parcours.stops import Case, Destination, GivenAdvice, Line
from rules.parcours.transitions import Transition
from rules.proof.state_graph import StateGraph


def build_line(
    guide: GuideContent, graph: StateGraph, answer: Answer, transitions: Sequence[Transition]
) -> Line:
    first: dict[tuple[int, ...], Transition] = {}
    for transition in transitions:
        first.setdefault(transition.rules, transition)
    cases = [
        Case(
            requirements_of_rules(guide, answer, rules),
            transition.destination,
            rules,
            transition.answers,
        )
        for rules, transition in sorted(first.items(), key=lambda item: case_rank(item[1]))
    ]
    if not graph.complete and (not cases or cases[-1].requirements):
        cases.append(Case((), Destination(is_known=False), (), ()))
    if cases and cases[-1].requirements:
        last = cases[-1]
        cases[-1] = Case((), last.destination, last.rules, last.answers)
    advice: dict[int, Transition] = {}
    for transition in transitions:
        for position in transition.advice:
            advice.setdefault(position, transition)
    return Line(
        *answer,
        tuple(cases),
        tuple(
            GivenAdvice(
                guide.rules[position].target,
                position,
                join_requirements([remaining_requirement(guide, guide.rules[position], answer)]),
                transition.answers,
            )
            for position, transition in sorted(advice.items())
        ),
    )


def case_rank(transition: Transition) -> tuple[int, int, tuple[int, ...]]:
    """Returns the rank of a case in its line.

    Conclusions come first, those of more rules before others. Then come the rules that ask, in their
    order, and last the dead end.
    """
    if transition.destination.question:
        return 1, 0, transition.rules
    return (0, -len(transition.rules), transition.rules) if transition.rules else (2, 0, ())
