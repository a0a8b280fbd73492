"""A guide as a lookup table, for programs without an engine.

A program follows the table like this:

1. Begin in the first row, with the set of rules in `start`.
2. If the row asks a question, take the transition of the chosen choice: add the rules in `started`
   to the set, remove those in `stopped`, and go to the row `next_row`.

The advice at any time is what the advice rules of the set give, in rule order. At a row that asks
nothing, the conclusions are what the other rules of the set give; if there is none, the visitor is
stuck.
"""

from typing import NamedTuple

from rules.proof.walk import Walk


class LookupTransition(NamedTuple):
    """What a choice leads to.

    `next_row` is the index of the next row. `started` and `stopped` are the positions of the advice
    and conclusion rules that begin and cease to fire.
    """

    next_row: int
    started: tuple[int, ...]
    stopped: tuple[int, ...]


class LookupRow(NamedTuple):
    """A merged state: the key of the question that it asks (None at an end), and its transitions.

    From this row on, visitors answer at least `min_remaining` and at most `max_remaining` questions.
    The transitions are in the order of the question's choices.
    """

    question: str | None
    min_remaining: int
    max_remaining: int
    transitions: tuple[LookupTransition, ...]


class LookupTable(NamedTuple):
    """The rows of a guide, and the positions of the advice and conclusion rules that fire first."""

    start: tuple[int, ...]
    rows: tuple[LookupRow, ...]


def build_lookup_table(walk: Walk) -> LookupTable:
    """Returns the lookup table of a guide, from a complete walk."""
    rows = []
    for number, state in enumerate(walk.graph.states):
        pairs = zip(state.successors, walk.effects[number], strict=True)
        transitions = tuple(LookupTransition(successor, *effects) for successor, effects in pairs)
        rows.append(LookupRow(state.question, *walk.graph.remaining[number], transitions))
    return LookupTable(walk.outcome_rules_at_start, tuple(rows))
