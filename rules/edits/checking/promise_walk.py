"""Walks two contents of a guide in step, to find a path that is not as an edit promises.

Both contents are given the same answers, and must ask the same questions, except where the promise says
otherwise. A pair is a merged state of each content (`rules.visitor_changes.guide_steps`). Equal pairs
have the same future and are explored once. Breadth first means that the first path that is found is also
a shortest one.
"""

from collections import deque
from collections.abc import Iterator
from typing import Generic, NamedTuple, TypeVar

from rules.edits.arrows import Arrow
from rules.edits.promises import (
    AsksOnTheWay,
    ChangesOnlyAdvice,
    LeadsTo,
    LeavesOutQuestion,
)
from rules.engine.state import Answer
from rules.parcours.live_rules import Rules
from rules.proof.bounds import BoundKind, BoundReachedError, Effort
from rules.proof.walk import CameFrom, Path, reconstruct_path
from rules.visitor_changes.advice_memory import NEWER, OLDER, AdviceMemories, AdviceMemory
from rules.visitor_changes.differences import AdviceDifference
from rules.visitor_changes.guide_steps import GuideStep, GuideSteps

PAIR_SIZE = 900
"""The memory, in bytes, of a pair and of the answer that leads to it."""
START: Answer = ("", "")
"""What stands for an answer in the step to the first state."""
GONE = -1
"""The state of the newer content once it has asked or concluded something else than the older one."""
DIFFERENT_ADVICE = AdviceMemory(AdviceDifference(loses_others=True))
"""What is remembered once the advice is certain to differ, in whatever way."""

ANY_CHOICE = "*"
"""Stands for the choice that answers a question if it makes no difference any more."""

SomePromise = TypeVar("SomePromise", covariant=True)
SomeArrowsPromise = TypeVar("SomeArrowsPromise", LeadsTo, AsksOnTheWay)


class Pair(NamedTuple):
    """The numbers of a state of each content after the same answers, and what both have advised."""

    older: int
    newer: int
    advice: AdviceMemory = AdviceMemory()
    chosen: str = ""
    """The choice that answers the question that the promise inserts; empty before it is asked."""
    other_advice: AdviceMemory | None = None
    """What is remembered of all advice except the one that the promise names.

    It is None if the promise names none, and once it is known whether the path has one of the choices of
    the promise.
    """
    gives_advice: bool = False
    """True once the newer content is certain to give the advice that the promise names."""
    needs_advice: bool = False
    """True if the newer content must give that advice at the end."""


class Move(NamedTuple):
    """An answer, and the step that each content takes; None if the newer one lacks the choice."""

    answer: Answer
    older: GuideStep
    newer: GuideStep | None


class BrokenPromiseError(Exception):
    """Raised when a pair, or an answer to its question, is not as promised."""


class PromiseWalk(Generic[SomePromise]):
    """The walk that checks that all paths are as before.

    The walks of other promises say where paths may differ. The constructor runs the walk.
    """

    def __init__(
        self, older: GuideSteps, newer: GuideSteps, promise: SomePromise, effort: Effort
    ) -> None:
        self.broken_by: Path | None = None
        """The beginning of a shortest path that is not as promised."""
        self.stopped_by: BoundKind | None = None
        self._older = older
        self._newer = newer
        self._promise = promise
        self._effort = effort
        self._memories = AdviceMemories(older, newer)
        self._came_from: CameFrom[Pair] = {}
        self._frontier: deque[Pair] = deque()
        try:
            self._explore_pairs()
        except BoundReachedError as reached:
            self.stopped_by = reached.kind

    def _explore_pairs(self) -> None:
        path: Path = ()
        try:
            start = Move(START, self._older.start, self._newer.start)
            for first in self._pairs_after(self._nothing_known(), start):
                self._add_pair(first, None)
            while self._frontier:
                before = self._frontier.popleft()
                for move in self._moves_from(before):
                    path = (*reconstruct_path(self._came_from, before), move.answer)
                    for pair in self._pairs_after(before, move):
                        self._add_pair(pair, (before, move.answer))
        except BrokenPromiseError:
            self.broken_by = path

    def _add_pair(self, pair: Pair, came_from: tuple[Pair, Answer] | None) -> None:
        if pair not in self._came_from:
            self._effort.check_time()
            self._effort.take_memory(PAIR_SIZE)
            if len(self._came_from) >= self._effort.bound.states:
                raise BoundReachedError(BoundKind.STATES)
            self._came_from[pair] = came_from
            self._frontier.append(pair)

    def _moves_from(self, pair: Pair) -> Iterator[Move]:
        """Yields a move for each choice of the question of the older content.

        Choices that neither content nor the promise tells apart are the same move.
        """
        question, known = self._older.states[pair.older].question, set()
        for choice in self._older.guide.question[question].choice:
            answer = (question, choice)
            same = self._older.equivalent_choice(*answer), self._newer.equivalent_choice(*answer)
            kind = (*same, choice if self._is_named(answer) else "")
            if kind not in known:
                known.add(kind)
                step = self._newer_step(pair, same[1])
                yield Move(answer, self._older.take_step(pair.older, same[0]), step)

    def _newer_step(self, pair: Pair, choice: str) -> GuideStep | None:
        """Returns the step of the newer content; None if it is gone or lacks the choice."""
        asks = pair.newer != GONE and self._newer.states[pair.newer].question
        return self._newer.take_step(pair.newer, choice) if asks and choice else None

    def _nothing_known(self) -> Pair:
        """Returns what stands for the pair before the first one."""
        return Pair(GONE, GONE)

    def _is_named(self, answer: Answer) -> bool:
        """True if the promise says something about an answer."""
        return False

    def _pairs_after(self, before: Pair, move: Move) -> Iterator[Pair]:
        """Yields the pairs after a move whose paths must still be checked.

        Raises `BrokenPromiseError`.
        """
        yield from self._check_pair(self._pair_after(before, move))

    def _pair_after(self, before: Pair, move: Move) -> Pair:
        """Returns the pair after a move, before it is checked. Raises `BrokenPromiseError`."""
        if move.newer is None:
            raise BrokenPromiseError
        pair = before._replace(older=move.older.state, newer=move.newer.state)
        return self._remember_advice(pair, move.older.given, move.newer.given)

    def _remember_advice(self, pair: Pair, older: Rules, newer: Rules) -> Pair:
        """Returns a pair with the advice that rules of each content give for certain."""
        return pair._replace(advice=self._extend_memory(pair.advice, pair, older, newer))

    def _extend_memory(
        self, memory: AdviceMemory, pair: Pair, older: Rules, newer: Rules
    ) -> AdviceMemory:
        if memory.is_ordered:
            memory = self._memories.remember_advice(memory, OLDER, older)
            memory = self._memories.remember_advice(memory, NEWER, newer)
            memory = self._memories.settle_memory(memory, pair.older, pair.newer)
        return memory if memory.is_ordered else DIFFERENT_ADVICE

    def _check_pair(self, pair: Pair) -> Iterator[Pair]:
        """Yields a pair that is not an end. Raises `BrokenPromiseError` unless it is as before."""
        older, newer = self._older.states[pair.older], self._newer.states[pair.newer]
        if (older.asked, older.outcomes) != (newer.asked, newer.outcomes):
            raise BrokenPromiseError
        if older.question:
            yield pair
            return
        if newer.question:
            stop = self._newer.stop_at(pair.newer)
            pair = self._remember_advice(pair._replace(newer=stop.state), (), stop.given)
        if not self._has_right_advice(pair):
            raise BrokenPromiseError

    def _has_right_advice(self, end: Pair) -> bool:
        return end.advice.is_ordered


class ArrowsWalk(PromiseWalk[SomeArrowsPromise]):
    """The walks for promises about arrows."""

    def _is_named(self, answer: Answer) -> bool:
        return any(answer == (arrow.question, arrow.choice) for arrow in self._promise.arrows)

    def _takes_arrow(self, move: Move) -> bool:
        rules = tuple(self._older.guide.rules[position].key for position in move.older.deciding)
        return Arrow(*move.answer, rules) in self._promise.arrows


class LeadsToWalk(ArrowsWalk[LeadsTo]):
    """The walk for `LeadsTo`."""

    def _pairs_after(self, before: Pair, move: Move) -> Iterator[Pair]:
        if not self._takes_arrow(move):
            yield from super()._pairs_after(before, move)
            return
        destination = self._promise.destination
        state = self._newer.states[self._pair_after(before, move).newer]
        if (state.asked, state.outcomes) != (destination.question, destination.outcomes):
            raise BrokenPromiseError


class AsksOnTheWayWalk(ArrowsWalk[AsksOnTheWay]):
    """The walk for `AsksOnTheWay`.

    If the older content asks the question later, its answer is that which was given on the way.
    """

    def _pairs_after(self, before: Pair, move: Move) -> Iterator[Pair]:
        pair, question = self._pair_after(before, move), self._promise.question
        older, newer = self._older.states[pair.older], self._newer.states[pair.newer]
        if move.answer[0] == question:
            pair = pair._replace(chosen=move.answer[1])
        if pair.chosen or older.asked == question or not self._takes_arrow(move):
            yield from self._check_chosen(pair)
        elif newer.asked != question:
            raise BrokenPromiseError
        else:
            for choice in self._newer.guide.question[question].choice:
                step = self._newer.take_step(
                    pair.newer, self._newer.equivalent_choice(question, choice)
                )
                answered = pair._replace(newer=step.state, chosen=choice)
                yield from self._check_chosen(self._remember_advice(answered, (), step.given))

    def _check_chosen(self, pair: Pair) -> Iterator[Pair]:
        """Does what `_check_pair` does. The older content may still ask what was answered early."""
        older, question = self._older.states[pair.older], self._promise.question
        if older.question == question and pair.chosen:
            yield pair
        elif question in older.askable or not pair.chosen:
            yield from self._check_pair(pair)
        else:
            yield from self._check_pair(pair._replace(chosen=ANY_CHOICE))

    def _moves_from(self, pair: Pair) -> Iterator[Move]:
        question = self._older.states[pair.older].question
        if question != self._promise.question or not pair.chosen:
            yield from super()._moves_from(pair)
        elif choice := self._older.equivalent_choice(question, pair.chosen):
            step = self._older.take_step(pair.older, choice)
            yield Move((question, pair.chosen), step, GuideStep(pair.newer))


class LeavesOutWalk(PromiseWalk[LeavesOutQuestion]):
    """The walk for `LeavesOutQuestion`: only the older content takes steps from this question."""

    def _is_named(self, answer: Answer) -> bool:
        return answer == (self._promise.question, self._promise.choice)

    def _moves_from(self, pair: Pair) -> Iterator[Move]:
        for move in super()._moves_from(pair):
            is_promised = not self._promise.choice or self._is_named(move.answer)
            if is_promised or move.answer[0] != self._promise.question:
                yield move

    def _newer_step(self, pair: Pair, choice: str) -> GuideStep | None:
        if self._older.states[pair.older].question == self._promise.question:
            return GuideStep(pair.newer)
        return super()._newer_step(pair, choice)

    def _check_pair(self, pair: Pair) -> Iterator[Pair]:
        older = self._older.states[pair.older]
        if older.asked != self._promise.question:
            yield from super()._check_pair(pair)
        elif older.question:
            yield pair


class AdviceWalk(PromiseWalk[ChangesOnlyAdvice]):
    """The walk for `ChangesOnlyAdvice`."""

    def _nothing_known(self) -> Pair:
        ignored = AdviceMemory(closed=frozenset([self._promise.outcome]))
        return Pair(GONE, GONE, other_advice=ignored)

    def _is_named(self, answer: Answer) -> bool:
        return answer[0] == self._promise.question and answer[1] in self._promise.choices

    def _pair_after(self, before: Pair, move: Move) -> Pair:
        pair = super()._pair_after(before, move)
        if pair.other_advice is not None and self._is_named(move.answer):
            pair = pair._replace(
                advice=pair.other_advice, other_advice=None, needs_advice=self._promise.is_given
            )
        elif self._promise.question not in self._older.states[pair.older].askable:
            pair = pair._replace(other_advice=None)
        if pair.other_advice is None and not pair.needs_advice:
            pair = pair._replace(gives_advice=False)
        return pair

    def _remember_advice(self, pair: Pair, older: Rules, newer: Rules) -> Pair:
        given = {self._newer.guide.rules[position].target for position in newer}
        gives_advice = pair.gives_advice or self._promise.outcome in given
        pair = super()._remember_advice(pair, older, newer)._replace(gives_advice=gives_advice)
        if pair.other_advice is None:
            return pair
        memory = self._extend_memory(pair.other_advice, pair, older, newer)
        return pair._replace(other_advice=memory)

    def _has_right_advice(self, end: Pair) -> bool:
        return super()._has_right_advice(end) and (end.gives_advice or not end.needs_advice)
