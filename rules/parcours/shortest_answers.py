"""The shortest answers that lead to each part of a guide, as its parcours has them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

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


def find_shortest_answers(parcours: Parcours) -> ShortestAnswers:
    found = ShortestAnswers({stop.question: stop.answers for stop in parcours.stops})
    led_to = [
        *(
            (case.answers, case.destination.outcomes, case.rules)
            for line in all_lines(parcours)
            for case in line.cases
        ),
        *(
            (given.answers, (given.outcome,), (given.rule,))
            for line in all_lines(parcours)
            for given in line.advice
        ),
    ]
    for answers, outcomes, rules in sorted(led_to, key=lambda one: len(one[0])):
        if answers:
            found.choices.setdefault(answers[-1], answers)
        for outcome in outcomes:
            found.outcomes.setdefault(outcome, answers)
        for rule in rules:
            found.rules.setdefault(rule, answers)
    return found


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


def all_lines(parcours: Parcours) -> Iterator[Line]:
    yield parcours.start
    for stop in parcours.stops:
        yield from stop.lines
