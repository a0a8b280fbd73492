"""The answers that visitors can have given before each step, as far as requirements look at them.

They are passed on from each state to the next ones. A state keeps only the answers that requirements
of lines behind it look at, and a bounded number of combinations of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from sys import getsizeof

from rules.engine.state import Answer
from rules.parcours.answer_sets import AnswerSet, AnswerSets
from rules.parcours.exploration import Exploration
from rules.parcours.live_rules import Step
from rules.proof.bounds import Effort

MAX_COMBINATIONS, MAX_COMBINATIONS_OF_STEP = 200_000, 500
"""The combinations of answers that are told apart in all states, and before one step of a line."""

Situations = dict[Answer, dict[Step, set[AnswerSet]]]
"""For each line, the steps that it leads to, each with the answers that visitors gave before it."""


def find_situations(
    exploration: Exploration,
    sets: AnswerSets,
    needed_by_line: Mapping[Answer, AnswerSet],
    effort: Effort,
) -> Situations:
    """Returns the answers before each step of the lines in `needed_by_line`.

    `needed_by_line` has all answers to the questions that requirements of the line look at. Raises
    `BoundReachedError`.
    """
    graph = exploration.graph
    needed = find_needed_answers(exploration, sets, needed_by_line)
    effort.take_memory(size_of_sets(needed.values()))
    found: Situations = {answer: {} for answer in needed_by_line}
    possible: dict[int, set[AnswerSet]] = defaultdict(set)
    possible[0].add(sets.nothing_answered & needed[0])
    for number in effort.watch_time(graph.topological_order):
        state, before = graph.states[number], possible.pop(number)
        effort.free_memory(size_of_sets(before))
        if state.question is None:
            continue
        limit_combinations(before, MAX_COMBINATIONS // len(graph.states))
        answers = exploration.answers[state.question]
        for answer, step in zip(answers, exploration.steps[number], strict=True):
            if line_needs := needed_by_line.get(answer, 0):
                known = found[answer].setdefault(step, set())
                add_sets(known, {one & line_needs for one in before}, effort)
                limit_combinations(known, MAX_COMBINATIONS_OF_STEP)
        for answer, successor in zip(answers, state.successors, strict=False):
            new = sets.bit_of_answer(*answer) & needed[successor]
            others = needed[successor] & ~sets.of_question[state.question]
            add_sets(possible[successor], {one & others | new for one in before}, effort)
    return found


def find_needed_answers(
    exploration: Exploration, sets: AnswerSets, needed_by_line: Mapping[Answer, AnswerSet]
) -> dict[int, AnswerSet]:
    """Returns, for each state, the answers that requirements of lines from there on look at."""
    needed: dict[int, AnswerSet] = {}
    for number in reversed(exploration.graph.topological_order):
        state, bits = exploration.graph.states[number], 0
        if state.question is not None:
            for successor in state.successors:
                bits |= needed[successor] & ~sets.of_question[state.question]
            for answer in exploration.answers[state.question]:
                bits |= needed_by_line.get(answer, 0)
        needed[number] = bits
    return needed


def add_sets(known: set[AnswerSet], found: set[AnswerSet], effort: Effort) -> None:
    """Adds sets of answers to those that are known. Raises `BoundReachedError`."""
    effort.take_memory(size_of_sets(found - known))
    known |= found


def size_of_sets(sets: Iterable[AnswerSet]) -> int:
    return sum(map(getsizeof, sets))


def limit_combinations(answers: set[AnswerSet], most: int) -> None:
    """Joins sets of answers to one if there are too many of them."""
    if len(answers) > most:
        joined = reduce(or_, answers)
        answers.clear()
        answers.add(joined)
