"""The arrows of a parcours: where one case of a line leads."""

from collections.abc import Iterator
from typing import NamedTuple

from rules.engine.content import GuideContent
from rules.parcours.stops import Case, Line, Parcours


class Arrow(NamedTuple):
    """One case of a line, given by keys, so that it stays the same when other parts change."""

    question: str
    choice: str
    """Both are empty for the start of the guide."""
    rules: tuple[str, ...]
    """The keys of the rules that decide the case, in their order; empty at a dead end."""


def guide_arrows(guide: GuideContent, parcours: Parcours) -> Iterator[tuple[Arrow, Line, Case]]:
    """Yields all arrows of a guide, from its start on, each with its line and its case."""
    lines = [parcours.start, *(line for stop in parcours.stops for line in stop.lines)]
    for line in lines:
        for case in line.cases:
            yield arrow_of_case(guide, line, case), line, case


def arrow_of_case(guide: GuideContent, line: Line, case: Case) -> Arrow:
    keys = tuple(guide.rules[position].key for position in case.rules)
    return Arrow(line.question, line.choice, keys)
