"""Searches for answers to questions that are compared with each other.

Questions that need the same answer count as one. The rest is the colouring of a graph: each question
gets one of its answers, and questions that must differ get different ones. Parts of the graph that
are not connected are solved apart, and the question with the fewest answers is tried first.
"""

from collections.abc import Iterator, Mapping, Sequence

from rules.proof.bounds import Effort
from rules.proof.literals import ComparisonLiteral

MAX_SEARCH_STEPS = 5_000
"""The number of answers that one search tries, which takes about half a second.

Rules that people write take a few steps, and most rules that are built to be hard take fewer, too.
"""

Choices = frozenset[str]
"""The choices that a question can still be answered with."""


class SearchTooLongError(Exception):
    """A search has tried `MAX_SEARCH_STEPS` answers, and does not know whether there are any."""


def compared_answers_exist(
    choices: Mapping[str, Choices], comparisons: Sequence[ComparisonLiteral], effort: Effort
) -> bool:
    """True if all comparisons can be true together, if each question is answered with its `choices`.

    Raises `SearchTooLongError` if that is not known after a long search.
    """
    equal_to = {question: question for question in choices}

    def equal_question(question: str) -> str:
        while equal_to[question] != question:
            question = equal_to[question]
        return question

    left = dict(choices)
    for question, other, is_equality in comparisons:
        first, second = equal_question(question), equal_question(other)
        if is_equality and first != second:
            equal_to[second] = first
            left[first] &= left.pop(second)
    numbers = {question: number for number, question in enumerate(left)}
    differing: list[set[int]] = [set() for _ in left]
    for question, other, is_equality in comparisons:
        if not is_equality:
            first, second = equal_question(question), equal_question(other)
            differing[numbers[first]].add(numbers[second])
            differing[numbers[second]].add(numbers[first])
    if any(number in others for number, others in enumerate(differing)):
        return False
    return _ColouringSearch(differing, effort).finds_choices(dict(enumerate(left.values())))


class _ColouringSearch:
    """A search for different answers to some questions. Questions are numbers here."""

    def __init__(self, differing: Sequence[set[int]], effort: Effort) -> None:
        """`differing` are, for each question, the questions that need a different answer."""
        self._differing = differing
        self._effort = effort
        self._steps_left = MAX_SEARCH_STEPS

    def finds_choices(self, choices: dict[int, Choices]) -> bool:
        """True if each of these questions can be answered."""
        left = self._without_easy_questions(choices)
        return left is not None and all(
            map(self._finds_choices_of_part, self._connected_parts(left))
        )

    def _without_easy_questions(self, choices: dict[int, Choices]) -> dict[int, Choices] | None:
        """Returns the questions without those that are easy to answer, or None if one has no choice.

        A question is easy if it has more choices than questions that must differ from it: it can be
        answered last. It is also easy if it has a single choice, which is taken from the others.
        """
        left = dict(choices)
        waiting = list(left)
        while waiting:
            question = waiting.pop()
            if question not in left:
                continue
            own = left[question]
            if not own:
                return None
            others = self._rival_questions(left, question)
            if len(own) == 1 or len(own) > len(others):
                del left[question]
                waiting += others
                for other in others if len(own) == 1 else ():
                    left[other] -= own
        return left

    def _rival_questions(self, choices: Mapping[int, Choices], question: int) -> list[int]:
        """Returns the questions that must differ from a question, and could have the same answer."""
        own = choices[question]
        return [
            other
            for other in self._differing[question]
            if other in choices and not own.isdisjoint(choices[other])
        ]

    def _connected_parts(self, choices: dict[int, Choices]) -> Iterator[dict[int, Choices]]:
        """Yields groups of questions such that no question must differ from one of another group."""
        remaining = dict(choices)
        while remaining:
            part: dict[int, Choices] = {}
            waiting = [next(iter(remaining))]
            while waiting:
                question = waiting.pop()
                if question in remaining:
                    part[question] = remaining.pop(question)
                    waiting += self._rival_questions(choices, question)
            yield part

    def _finds_choices_of_part(self, part: dict[int, Choices]) -> bool:
        """Tries the choices of the question that has the fewest.

        Of choices that the same questions have, only one is tried: they can be exchanged.
        """
        question = min(
            part, key=lambda one: (len(part[one]), -len(self._rival_questions(part, one)))
        )
        exchangeable = {
            frozenset(other for other in part if choice in part[other]): choice
            for choice in sorted(part[question], reverse=True)
        }
        for choice in sorted(exchangeable.values()):
            self._effort.check_time()
            self._steps_left -= 1
            if self._steps_left < 0:
                raise SearchTooLongError
            if self.finds_choices({**part, question: frozenset([choice])}):
                return True
        return False
