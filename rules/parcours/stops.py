"""The values of a parcours. Rules are given by their positions, all other parts by their keys."""

from dataclasses import dataclass
from typing import NamedTuple

from rules.engine.content import ConditionContent, Match
from rules.proof.walk import Path


class Requirement(NamedTuple):
    """What the answers before a line must be, so that some rules hold once it is answered."""

    match: Match
    conditions: tuple[ConditionContent, ...]


@dataclass(frozen=True, slots=True)
class Destination:
    """The question or the conclusions that visitors come to.

    Both are empty at a dead end, where visitors are stuck.
    """

    question: str = ""
    outcomes: tuple[str, ...] = ()
    is_known: bool = True
    """False if the proof stopped before it explored what follows."""


@dataclass(frozen=True, slots=True)
class Case:
    """One of the places that a line leads to, and the earlier answers for which it leads there."""

    requirements: tuple[Requirement, ...]
    """All of them must hold, and those of no earlier case of the line. The last case has none."""
    destination: Destination
    rules: tuple[int, ...]
    """The rule that asks the next question, or all rules that conclude; empty at a dead end."""
    answers: Path
    """The shortest answers through this case, with the one of its line."""


@dataclass(frozen=True, slots=True)
class GivenAdvice:
    """An advice rule that begins to fire on a line if all requirements hold."""

    outcome: str
    rule: int
    requirements: tuple[Requirement, ...]
    answers: Path
    """The shortest answers after which the rule begins to fire, with the one of its line."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a choice of a question leads to. Both keys are empty for the start of the guide."""

    question: str
    choice: str
    cases: tuple[Case, ...]
    advice: tuple[GivenAdvice, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A question that visitors come to, with a line for each of its choices."""

    question: str
    lines: tuple[Line, ...]
    answers: Path
    """The shortest answers that lead to the question."""


@dataclass(frozen=True, slots=True)
class Parcours:
    """A guide as what leads where."""

    start: Line
    stops: tuple[Stop, ...]
    """The stops, in the order in which visitors can come to them."""
    is_complete: bool
    """False if the proof stopped before it had explored all paths: lines may have more cases then."""
    unreached_questions: tuple[str, ...]
    """The questions that no path reaches. It is empty unless the parcours is complete."""
    unreached_outcomes: tuple[str, ...]
    """The outcomes that no path reaches. It is empty unless the parcours is complete."""
    unreached_rules: tuple[int, ...]
    """The rules that fire on no path, except those that are left out because they are unfinished.

    It is empty unless the parcours is complete.
    """
