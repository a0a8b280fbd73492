"""The transitions of a graph of states, and the rules that decide each of them.

They are worked out from a shortest path to each state. All paths to a merged state agree on them,
so that the graph of a version that was stored long ago suffices.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from rules.engine.content import Effect, GuideContent
from rules.engine.oracle import fired_positions
from rules.engine.resolve import fire_rules
from rules.parcours.stops import Destination
from rules.proof.state_graph import StateGraph
from rules.proof.walk import Path, concluded_outcomes


@dataclass(frozen=True, slots=True)
class Transition:
    """A step of visitors, from a state that asks a question, or the beginning of the guide."""

    answers: Path
    """A shortest path through this transition, with its own answer; empty at the beginning."""
    destination: Destination
    rules: tuple[int, ...]
    """The rule that asks the next question, or all rules that conclude; empty at a dead end."""
    advice: tuple[int, ...]
    """The advice rules that begin to fire."""
    fired: tuple[int, ...]
    """All rules that hold after this transition."""


def find_transitions(guide: GuideContent, graph: StateGraph) -> Iterator[Transition]:
    """Yields the beginning, then the transitions of all states, those on short paths first."""
    start = _transition_of_path(guide, (), frozenset())
    yield start
    queue: list[tuple[int, Transition]] = [(0, start)]
    known = {0}
    for number, before in queue:
        key = before.destination.question
        if not key:
            continue
        choices = guide.question[key].choices
        successors = graph.states[number].successors or (None,) * len(choices)
        for choice, successor in zip(choices, successors, strict=True):
            path = (*before.answers, (key, choice.key))
            transition = _transition_of_path(guide, path, frozenset(before.fired))
            yield transition
            if successor is not None and successor not in known:
                known.add(successor)
                queue.append((successor, transition))


def _transition_of_path(
    guide: GuideContent, path: Path, fired_before: frozenset[int]
) -> Transition:
    answers = dict(path)
    firing = fire_rules(guide, answers, partial(fired_positions, guide.rules))
    begun = [p for p in firing.fired if p not in fired_before]
    advice = tuple(p for p in begun if guide.rules[p].effect is Effect.ADVISE)
    asking = guide.rules_asking.get(firing.question or "", [])
    rules = tuple(p for p in asking if p in firing.fired)[:1]
    if firing.question is None:
        rules = tuple(p for p in firing.fired if guide.rules[p].effect is Effect.CONCLUDE)
    outcomes = concluded_outcomes(guide.rules, firing) if firing.question is None else ()
    destination = Destination(firing.question or "", outcomes)
    return Transition(path, destination, rules, advice, firing.fired)
