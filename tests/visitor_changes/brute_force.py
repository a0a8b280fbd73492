"""The reference meaning of what changes for visitors: all paths are given to the newer content.

Each path is followed with the oracle, one by one, without merging states. This is slow, but simple.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rules.engine.content import GuideContent
from rules.engine.oracle import fired_positions
from rules.engine.resolve import resolve
from rules.engine.state import State
from rules.visitor_changes.advice_memory import edited_advice
from rules.visitor_changes.differences import AdviceDifference, Difference, PathEnd
from tests.proof.brute_force import BruteForce


class GroupFigures(NamedTuple):
    """The number of paths with one difference, and the number of answers of a shortest one."""

    path_count: int
    length: int


class Leaf(NamedTuple):
    """An end of the newer content, for the answers of a path and for all answers to other questions."""

    end: PathEnd
    advice: tuple[str, ...]
    asked: frozenset[str]


def expected_groups(older: GuideContent, newer: GuideContent) -> dict[Difference, GroupFigures]:
    """Returns the differences of all paths of the older content."""
    brute = BruteForce(older)
    lengths: dict[Difference, list[int]] = {}
    for path in brute.paths:
        difference = PathComparison(older, newer, dict(path), brute.states[path]).difference
        lengths.setdefault(difference, []).append(len(path))
    return {one: GroupFigures(len(found), min(found)) for one, found in lengths.items()}


@dataclass(frozen=True)
class PathComparison:
    """A path of the older content, at whose end this content is in `state`, and the newer content."""

    older: GuideContent
    newer: GuideContent
    path: dict[str, str]
    state: State

    @property
    def difference(self) -> Difference:
        leaves = set(_find_leaves(self.newer, self.path, {}))
        before = PathEnd(tuple(given.outcome for given in self.state.outcomes))
        more = _first_question_more(self.newer, self.path)
        ends = {(leaf.end, self.advice_difference(before, leaf)) for leaf in leaves}
        if len(ends) > 1:
            return Difference(before, PathEnd(new_question=more))
        (end,) = ends
        if end != (before, AdviceDifference()):
            return Difference(before, *end)
        less = any(self.path.keys() - leaf.asked for leaf in leaves)
        return Difference(before, *end, question_more=more, has_question_less=less)

    def advice_difference(self, before: PathEnd, leaf: Leaf) -> AdviceDifference:
        if leaf.end != before:
            return AdviceDifference()
        advice = [given.outcome for given in self.state.advice]
        named = edited_advice(self.older, self.newer)
        removed, added = set(advice) - set(leaf.advice), set(leaf.advice) - set(advice)
        return AdviceDifference(
            removed=tuple(sorted(named & removed)),
            added=tuple(sorted(named & added)),
            loses_others=bool(removed - named),
            gains_others=bool(added - named),
            is_reordered=not removed and not added and advice != list(leaf.advice),
        )


def _find_leaves(newer: GuideContent, path: dict[str, str], more: dict[str, str]) -> Iterator[Leaf]:
    """Yields the ends of the newer content; `more` are answers to questions that are not on the path."""
    state = _follow_answers(newer, {**path, **more})
    if state.question is None:
        end = PathEnd(tuple(given.outcome for given in state.outcomes))
        advice = tuple(given.outcome for given in state.advice)
        yield Leaf(end, advice, frozenset(dict(state.answers)))
    elif state.question in path:
        yield Leaf(PathEnd(asked_again=state.question), (), frozenset())
    else:
        for choice in newer.question[state.question].choices:
            yield from _find_leaves(newer, path, {**more, state.question: choice.key})


def _first_question_more(newer: GuideContent, path: dict[str, str]) -> str:
    question = _follow_answers(newer, path).question
    return "" if question is None or question in path else question


def _follow_answers(guide: GuideContent, answers: dict[str, str]) -> State:
    known = {
        key: choice
        for key, choice in answers.items()
        if key in guide.question and choice in guide.question[key].choice
    }
    return resolve(guide, known, lambda given: fired_positions(guide.rules, given))


def expected_new_path_count(older: GuideContent, newer: GuideContent) -> int:
    """Returns the number of paths of the newer content with a choice that a question did not have."""
    return sum(
        any(
            question in older.question and choice not in older.question[question].choice
            for question, choice in path
        )
        for path in BruteForce(newer).paths
    )
