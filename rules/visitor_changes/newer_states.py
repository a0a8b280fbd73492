"""The states of the newer content beside one state of the older content.

Both contents are given the same answers. They may ask the same questions in another order, or ask
different ones, so that the newer content can be in several states beside one of the older content:

- An answer that the newer content has not asked yet waits beside its state.
- A question that the older content cannot ask any more on this path is answered in every way. States
  that are the same afterwards merge at once.
- If the newer content asks a question that the older one asks later, it waits for the answer. If
  answers that it needs afterwards pass by, it guesses instead: a state for each choice. The states
  whose guess turns out to be wrong are dropped.
"""

from collections.abc import Iterable, Iterator, Set
from typing import NamedTuple

from rules.proof.bounds import Effort
from rules.visitor_changes.advice_memory import NEWER, OLDER, AdviceMemories, AdviceMemory
from rules.visitor_changes.differences import AdviceDifference, Difference, PathEnd
from rules.visitor_changes.guide_steps import GuideStep, GuideSteps

NEWER_STATE_SIZE = 600
"""The memory, in bytes, of a state of the newer content beside one of the older content."""
Choices = tuple[tuple[str, str], ...]
"""The keys of questions, each with a choice, or with an empty text."""


class NewerState(NamedTuple):
    """A state of the newer content beside one of the older content, and how it came about."""

    number: int
    advice: AdviceMemory
    waiting: Choices = ()
    """The answers that the newer content has not asked yet, sorted.

    The text is empty for a choice that the newer content does not have.
    """
    extra: Choices = ()
    """The questions that only the newer content has asked so far, in its order, each with its guess.

    The guess is empty if the older content cannot ask the question any more. Of these, only the
    first is kept, because the others change nothing.
    """
    has_question_less: bool = False
    """True if the older content has asked a question that the newer content cannot ask."""
    is_late: bool = False
    """True if an answer began to wait after the newer content asked its question."""
    stop: PathEnd | None = None
    """An end that the older content certainly has not, so that the advice is not compared."""

    def extra_if_askable(self, askable: Set[str]) -> Choices:
        """Returns the extra questions if the older content can only ask some questions any more."""
        remaining: list[tuple[str, str]] = []
        for question, guess in self.extra:
            if question in askable and guess:
                remaining.append((question, guess))
            elif all(other for _, other in remaining):
                remaining.append((question, ""))
        return tuple(remaining)


class NewerStates:
    """Finds the states of the newer content beside those of the older content."""

    def __init__(self, older: GuideSteps, newer: GuideSteps, effort: Effort) -> None:
        self._older = older
        self._newer = newer
        self._effort = effort
        self._memories = AdviceMemories(older, newer)

    def first_states(self) -> frozenset[NewerState]:
        """Returns the states of the newer content beside the first state of the older content."""
        older, newer = self._older.start, self._newer.start
        memory = self._memories.remember_advice(AdviceMemory(), OLDER, older.given)
        memory = self._memories.remember_advice(memory, NEWER, newer.given)
        return self._catch_up([NewerState(newer.state, memory)], older.state)

    def states_after(
        self, states: Iterable[NewerState], question: str, choice: str, step: GuideStep
    ) -> frozenset[NewerState]:
        """Returns the states of the newer content after one more answer.

        `choice` is equivalent to the choice that was answered, and empty if the newer content does
        not have it. `step` is the step of the older content.
        """
        after: list[NewerState] = []
        for state in states:
            if not state.stop:
                memory = self._memories.remember_advice(state.advice, OLDER, step.given)
                state = state._replace(advice=memory)
            after += self._give_answer(state, question, choice)
        return self._catch_up(after, step.state)

    def find_difference(self, states: frozenset[NewerState], older: int) -> Difference:
        """Returns the difference that the states of the newer content make beside an end."""
        before = PathEnd(self._older.states[older].outcomes)
        ends = {
            (end, state.advice.difference if end == before else AdviceDifference())
            for state in states
            for end in [self._end_of_state(state)]
        }
        extra = min(state.extra[:1] for state in states)
        question_more = extra[0][0] if extra else ""
        if len(ends) > 1:
            return Difference(before, PathEnd(new_question=question_more))
        (end,) = ends
        difference = Difference(before, *end)
        if difference.has_same_end:
            has_question_less = any(state.has_question_less for state in states)
            return difference._replace(
                question_more=question_more, has_question_less=has_question_less
            )
        return difference

    def _end_of_state(self, state: NewerState) -> PathEnd:
        return state.stop or PathEnd(self._newer.states[state.number].outcomes)

    def _give_answer(self, state: NewerState, question: str, choice: str) -> Iterator[NewerState]:
        """Yields the state after an answer of the older content; nothing if its guess was wrong."""
        extra = state.extra
        guesses = [index for index, guess in enumerate(extra) if guess[0] == question]
        if guesses:
            (index,) = guesses
            if not choice:
                yield _stop_at(question, extra[:index])
            elif choice == extra[index][1]:
                yield state._replace(extra=(*extra[:index], *extra[index + 1 :]))
        elif state.stop:
            yield state
        elif question in self._newer.states[state.number].askable:
            waiting = tuple(sorted([*state.waiting, (question, choice)]))
            yield state._replace(waiting=waiting, is_late=True)
        else:
            yield state._replace(has_question_less=True)

    def _catch_up(self, states: list[NewerState], older: int) -> frozenset[NewerState]:
        """Returns what becomes of states when the newer content asks all that it can be answered."""
        done: set[NewerState] = set()
        seen: set[NewerState] = set()
        while states:
            state = self._bring_up_to_date(states.pop(), older)
            if state in seen:
                continue
            self._effort.check_time()
            seen.add(state)
            next_states = self._next_states(state, older)
            if next_states is None:
                done.add(state)
            else:
                states += next_states
        self._effort.take_memory(NEWER_STATE_SIZE * len(done))
        return frozenset(done)

    def _next_states(self, state: NewerState, older: int) -> list[NewerState] | None:
        """Returns the states that follow at once; None if the state waits for the older content."""
        asked = "" if state.stop else self._newer.states[state.number].question
        if not asked:
            return None
        waiting = dict(state.waiting)
        if asked in waiting:
            choice = waiting.pop(asked)
            if not choice:
                return [_stop_at(asked, state.extra)]
            rest = state._replace(waiting=tuple(sorted(waiting.items())))
            return [self._take_step(rest, choice)]
        older_state = self._older.states[older]
        if asked not in older_state.askable:
            is_first = all(guess for _, guess in state.extra)
            extra = (*state.extra, (asked, "")) if is_first else state.extra
            return self._take_steps(
                state, [(choice, extra) for choice in self._newer.different_choices(asked)]
            )
        if state.is_late and asked != older_state.question:
            guesses = [
                (choice, (*state.extra, (asked, choice)))
                for choice in self._newer.different_choices(asked)
            ]
            return self._take_steps(state, guesses)
        return None

    def _take_steps(
        self, state: NewerState, branches: Iterable[tuple[str, Choices]]
    ) -> list[NewerState]:
        return [self._take_step(state._replace(extra=extra), choice) for choice, extra in branches]

    def _take_step(self, state: NewerState, choice: str) -> NewerState:
        step = self._newer.take_step(state.number, choice)
        memory = self._memories.remember_advice(state.advice, NEWER, step.given)
        return state._replace(number=step.state, advice=memory, is_late=False)

    def _bring_up_to_date(self, state: NewerState, older: int) -> NewerState:
        """Returns a state without what no longer matters, so that equal states merge."""
        extra = state.extra_if_askable(self._older.states[older].askable)
        if state.stop:
            return state._replace(extra=extra)
        newer_state = self._newer.states[state.number]
        if not self._older.states[older].possible.issuperset(newer_state.outcomes):
            stop = PathEnd(newer_state.outcomes)
            return NewerState(-1, AdviceMemory(), extra=extra, stop=stop)
        waiting = tuple(answer for answer in state.waiting if answer[0] in newer_state.askable)
        return state._replace(
            advice=self._memories.settle_memory(state.advice, older, state.number),
            waiting=waiting,
            extra=extra,
            has_question_less=state.has_question_less or waiting != state.waiting,
            is_late=state.is_late and bool(waiting),
        )


def _stop_at(question: str, extra: Choices) -> NewerState:
    """Returns the state of a path that stops at a question whose choice no longer exists."""
    return NewerState(-1, AdviceMemory(), extra=extra, stop=PathEnd(asked_again=question))
