"""A guide as a lookup table, for programs that have no engine.

A program that follows the table keeps the set of advice and conclusion rules that fire: at first
those in `start`, then those that each choice starts and stops. What these rules give, each outcome
once and in rule order, is the advice and, in a row that asks nothing, the conclusions. If such a
row has no conclusion, the visitor is stuck.
"""

from typing import NamedTuple

from rules.proof.walk import Walk


class LookupTransition(NamedTuple):
    """One choice: the index of the next row, and the positions of the rules that it changes."""

    next_row: int
    started: tuple[int, ...]
    stopped: tuple[int, ...]


class LookupRow(NamedTuple):
    """One merged state: the question that it asks, or None at an end.

    From there on, visitors answer at least `min_remaining` and at most `max_remaining` questions.
    The transitions are in the order of the question's choices.
    """

    question: str | None
    min_remaining: int
    max_remaining: int
    transitions: tuple[LookupTransition, ...]


class LookupTable(NamedTuple):
    """The rows of a guide. Visitors begin in the first row, with the rules in `start` firing."""

    start: tuple[int, ...]
    rows: tuple[LookupRow, ...]


def build_lookup_table(walk: Walk) -> LookupTable:
    """Builds the table of a guide from a complete walk through it."""
    rows = []
    for number, state in enumerate(walk.graph.states):
        pairs = zip(state.successors, walk.effects[number], strict=True)
        transitions = tuple(LookupTransition(successor, *effects) for successor, effects in pairs)
        rows.append(LookupRow(state.question, *walk.graph.remaining[number], transitions))
    return LookupTable(walk.outcome_rules_at_start, tuple(rows))
