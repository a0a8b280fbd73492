"""Builds the parcours of a guide from the graph of its states."""

from collections.abc import Iterable, Sequence

from rules.engine.content import ConditionContent, Effect, GuideContent, Match, Operator
from rules.engine.state import Answer
from rules.parcours.requirements import join_requirements, remaining_requirement
from rules.parcours.stops import (
    Case,
    Destination,
    GivenAdvice,
    Line,
    Parcours,
    Requirement,
    Stop,
)
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
                _build_line(guide, graph, (key, choice.key), of_lines.get((key, choice.key), []))
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


def _build_line(
    guide: GuideContent, graph: StateGraph, answer: Answer, transitions: Sequence[Transition]
) -> Line:
    first: dict[tuple[int, ...], Transition] = {}
    for transition in transitions:
        first.setdefault(transition.rules, transition)
    cases = [
        Case(
            _requirements_of_rules(guide, answer, rules),
            transition.destination,
            rules,
            transition.answers,
        )
        for rules, transition in sorted(first.items(), key=lambda item: _case_rank(item[1]))
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


def _case_rank(transition: Transition) -> tuple[int, int, tuple[int, ...]]:
    """Returns the rank of a case in its line.

    Conclusions come first, those of more rules before others. Then come the rules that ask, in their
    order, and last the dead end.
    """
    if transition.destination.question:
        return 1, 0, transition.rules
    return (0, -len(transition.rules), transition.rules) if transition.rules else (2, 0, ())


def _requirements_of_rules(
    guide: GuideContent, answer: Answer, rules: Iterable[int]
) -> tuple[Requirement, ...]:
    requirements = []
    for position in rules:
        rule = guide.rules[position]
        requirements.append(remaining_requirement(guide, rule, answer))
        if rule.effect is Effect.ASK:
            unanswered = ConditionContent(rule.target, Operator.UNANSWERED)
            requirements.append(Requirement(Match.ALL, (unanswered,)))
    return join_requirements(requirements)
