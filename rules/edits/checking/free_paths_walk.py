"""The walks for promises that leave some paths free, or that are also about new choices."""

from collections.abc import Iterator

from rules.edits.checking.promise_walk import (
    DIFFERENT_ADVICE,
    GONE,
    BrokenPromiseError,
    Move,
    Pair,
    PromiseWalk,
)
from rules.edits.promises import BehavesAs, ChangesOnlyPathsTo, ChangesOnlyPathsWith
from rules.engine.state import Answer
from rules.proof.bounds import Effort
from rules.visitor_changes.guide_steps import GuideSteps


class FreePathsWalk(PromiseWalk[ChangesOnlyPathsWith | ChangesOnlyPathsTo | BehavesAs]):
    """The walk for promises that leave some paths free, which may be known only at their end."""

    def _pairs_after(self, before: Pair, move: Move) -> Iterator[Pair]:
        if self._is_free(move):
            return
        try:
            yield from super()._pairs_after(before, move)
        except BrokenPromiseError:
            if not self._older.states[move.older.state].question:
                raise
            yield Pair(move.older.state, GONE, DIFFERENT_ADVICE)

    def _is_free(self, move: Move) -> bool:
        """True if nothing is promised about any path with a move."""
        state = self._older.states[move.older.state]
        if isinstance(self._promise, ChangesOnlyPathsWith):
            return self._is_named(move.answer) or (
                not self._promise.choices and state.asked == self._promise.question
            )
        if isinstance(self._promise, BehavesAs):
            return False
        given = {self._older.guide.rules[position].target for position in move.older.given}
        return self._promise.outcome in {*state.outcomes, *given}

    def _is_named(self, answer: Answer) -> bool:
        return isinstance(self._promise, ChangesOnlyPathsWith) and (
            answer[0] == self._promise.question and answer[1] in self._promise.choices
        )


class BehavesAsWalk(FreePathsWalk):
    """The walk for `BehavesAs`: the newer content is given the new choices too."""

    def __init__(
        self, older: GuideSteps, newer: GuideSteps, promise: BehavesAs, effort: Effort
    ) -> None:
        self._question, self._changed = promise.question, promise.changed
        self._like_choices = promise.like_choices
        super().__init__(older, newer, promise, effort)

    def _is_named(self, answer: Answer) -> bool:
        named = (*self._changed, *(like for _, like in self._like_choices))
        return answer[0] == self._question and answer[1] in named

    def _moves_from(self, pair: Pair) -> Iterator[Move]:
        """Yields the moves, and for each new choice that of the choice that it is like."""
        for move in super()._moves_from(pair):
            question, choice = move.answer
            if question != self._question or choice not in self._changed:
                yield move
            for new, like in self._like_choices:
                if (question, choice) == (self._question, like):
                    newer = self._newer.equivalent_choice(question, new)
                    yield move._replace(newer=self._newer_step(pair, newer))
