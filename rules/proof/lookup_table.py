"""A guide as a table to look up: it gives what the engine gives, and evaluates nothing.

Whoever follows it keeps the set of rules that give something: those of `start`, then what comes
and goes with each choice. In rule order, what these rules give, each once, is the advice and, in a
row that asks nothing, the conclusions (none: stuck).
"""

from typing import NamedTuple

from rules.proof.walk import Walk


class Arrow(NamedTuple):
    """A choice, in the question's order: the next row, and the positions of rules."""

    next: int
    comes: tuple[int, ...]
    goes: tuple[int, ...]


class Row(NamedTuple):
    """A merged state: its question, or None at an end. `least` and `most` questions remain."""

    question: str | None
    least: int
    most: int
    arrows: tuple[Arrow, ...]


class Table(NamedTuple):
    """Visitors begin in the first row."""

    start: tuple[int, ...]
    rows: tuple[Row, ...]


def table(walk: Walk) -> Table:
    """Of a complete walk."""
    return Table(walk.at_start, tuple(_row(walk, at) for at in range(len(walk.graph.states))))


def _row(walk: Walk, at: int) -> Row:
    state = walk.graph.states[at]
    arrows = zip(state.next, walk.effects[at], strict=True)
    return Row(
        state.question,
        *walk.graph.remaining[at],
        tuple(Arrow(after, *effects) for after, effects in arrows),
    )
