"""The shortest answers that lead to each part of a guide, as its parcours has them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from rules.engine.state import Answer
from rules.parcours.stops import Line, Parcours
from rules.proof.walk import Path


@dataclass(frozen=True, slots=True)
class ShortestAnswers:
    """Shortest answers by what they lead to. What no known path leads to is in no mapping."""

    questions: dict[str, Path] = field(default_factory=dict)
    choices: dict[Answer, Path] = field(default_factory=dict)
    """The answers that end with a choice."""
    outcomes: dict[str, Path] = field(default_factory=dict)
    rules: dict[int, Path] = field(default_factory=dict)
    """The answers after which a rule decides what follows, or begins to advise."""


class Effect(NamedTuple):
    """What a line leads to, or gives as advice."""

    line: Line
    answers: Path
    """The shortest answers with this effect."""
    outcomes: tuple[str, ...]
    rules: tuple[int, ...]


def find_shortest_answers(parcours: Parcours) -> ShortestAnswers:
    found = ShortestAnswers({stop.question: stop.answers for stop in parcours.stops})
    for effect in find_effects(parcours):
        if answers := effect.answers:
            found.choices.setdefault(answers[-1], answers)
        for outcome in effect.outcomes:
            found.outcomes.setdefault(outcome, effect.answers)
        for rule in effect.rules:
            found.rules.setdefault(rule, effect.answers)
    return found


def find_arrivals(parcours: Parcours) -> Mapping[str, list[tuple[Line, Path]]]:
    """Returns the lines that lead to each outcome or give it, each with the shortest answers that do.

    The line with the shortest answers is first.
    """
    found: dict[str, dict[Answer, tuple[Line, Path]]] = defaultdict(dict)
    for line, answers, outcomes, _ in find_effects(parcours):
        for outcome in outcomes:
            found[outcome].setdefault((line.question, line.choice), (line, answers))
    return {outcome: [*arrivals.values()] for outcome, arrivals in found.items()}


def lines_of_rule(parcours: Parcours, rule: int) -> list[tuple[Line, Path]]:
    """Returns the lines on which a rule decides what follows, or begins to advise.

    Each is with the shortest answers for which it does.
    """
    found = []
    for line in all_lines(parcours):
        paths = [case.answers for case in line.cases if rule in case.rules]
        paths += [given.answers for given in line.advice if given.rule == rule]
        if paths:
            found.append((line, min(paths, key=len)))
    return found


def find_effects(parcours: Parcours) -> list[Effect]:
    """Returns the effects of all lines, those with the shortest answers first."""
    effects = []
    for line in all_lines(parcours):
        effects += [
            Effect(line, case.answers, case.destination.outcomes, case.rules) for case in line.cases
        ]
        effects += [
            Effect(line, given.answers, (given.outcome,), (given.rule,)) for given in line.advice
        ]
    return sorted(effects, key=lambda effect: len(effect.answers))


def all_lines(parcours: Parcours) -> Iterator[Line]:
    yield parcours.start
    for stop in parcours.stops:
        yield from stop.lines
