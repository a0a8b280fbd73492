"""A guide as a table to look up: it gives what the engine gives, and evaluates nothing.

Whoever follows it keeps the set of rules that give something: those of `start`, then what comes
and goes with each choice. In rule order, what these rules give, each once, is the advice and, in a
row that asks nothing, the conclusions (none: stuck).
"""

from typing import NamedTuple

from rules.proof.walk import Walk


class LookupArrow(NamedTuple):
    """A choice, in the question's order: the next row, and the positions of rules."""

    next: int
    started: tuple[int, ...]
    stopped: tuple[int, ...]


class LookupRow(NamedTuple):
    """A merged state: its question, or None at an end. `least` and `most` questions remain."""

    question: str | None
    min_remaining: int
    max_remaining: int
    arrows: tuple[LookupArrow, ...]


class LookupTable(NamedTuple):
    """Visitors begin in the first row."""

    start: tuple[int, ...]
    rows: tuple[LookupRow, ...]


def build_lookup_table(walk: Walk) -> LookupTable:
    """Of a complete walk."""
    return LookupTable(walk.at_start, tuple(_row(walk, at) for at in range(len(walk.graph.states))))


def _row(walk: Walk, at: int) -> LookupRow:
    state = walk.graph.states[at]
    arrows = zip(state.successors, walk.effects[at], strict=True)
    return LookupRow(
        state.question,
        *walk.graph.remaining[at],
        tuple(LookupArrow(after, *effects) for after, effects in arrows),
    )
