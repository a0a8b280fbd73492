"""The answers that visitors can have given before each stop, so that « sinon » can be said in full.

A stop has one set of answers, which joins those of all ways that lead to it. It may contain more than
visitors can give, and never less.
"""

from collections import defaultdict, deque
from collections.abc import Sequence

from rules.engine.content import Answers, ConditionContent, GuideContent, Match, Operator
from rules.engine.operators import condition_holds
from rules.parcours.answer_sets import AnswerSet, AnswerSets
from rules.parcours.stops import Case, Line, Parcours, Stop

MAX_NAMED_CHOICES = 3
"""The number of choices above which « sinon » is easier to read than their labels."""


class EarlierAnswers:
    """The answers that visitors can have given before they come to each stop of a parcours."""

    def __init__(self, guide: GuideContent, parcours: Parcours) -> None:
        self._guide = guide
        self._sets = AnswerSets(guide)
        self._before: defaultdict[str, AnswerSet] = defaultdict(int)
        """The answers by the question of the stop; empty unless the parcours is complete."""
        if parcours.is_complete:
            self._follow_lines(parcours)

    def _follow_lines(self, parcours: Parcours) -> None:
        stops = {stop.question: stop for stop in parcours.stops}
        first = parcours.start.cases[0].destination.question
        self._before[first] = self._sets.nothing_answered
        waiting = deque([first])
        while waiting:
            stop = stops.get(waiting.popleft())
            for following, answers in self._answers_after(stop).items() if stop else ():
                joined = self._before[following] | answers
                if joined != self._before[following]:
                    self._before[following] = joined
                    waiting.append(following)

    def _answers_after(self, stop: Stop) -> dict[str, AnswerSet]:
        """Returns the answers before each question that follows a stop, from those before the stop."""
        others = self._before[stop.question] & ~self._sets.of_question[stop.question]
        after: defaultdict[str, AnswerSet] = defaultdict(lambda: others)
        for line in stop.lines:
            for case in line.cases:
                answer = self._sets.bit_of_answer(line.question, line.choice)
                after[case.destination.question] |= answer
        return after

    def condition_of_last_case(self, line: Line, others: Sequence[Case]) -> ConditionContent | None:
        """Returns the condition that holds if no other case of a line does.

        It is None if it is not about one question, which surely has an answer, and few of its choices.
        """
        conditions = [one for case in others for _, each in case.requirements for one in each]
        questions = {question for condition in conditions for question in condition.questions}
        if len(questions) != 1:
            return None
        (question,) = questions
        possible = self._before[line.question] & self._sets.of_question[question]
        if possible & self._sets.nothing_answered and not _case_holds(others, {}):
            return None
        included, excluded = [], []
        for choice in self._guide.question[question].choice:
            if not _case_holds(others, {question: choice}):
                if possible & self._sets.bit_of_answer(question, choice):
                    included.append(choice)
            else:
                excluded.append(choice)
        operator, choices = Operator.IS, included
        if excluded == [line.choice] or 0 < len(excluded) < len(included):
            operator, choices = Operator.IS_NOT, excluded
        if not included or len(choices) > MAX_NAMED_CHOICES:
            return None
        return ConditionContent(question, operator, tuple(choices))


def _case_holds(cases: Sequence[Case], answers: Answers) -> bool:
    """True if the requirements of one of the cases hold for these answers."""
    return any(
        all(
            (all if match is Match.ALL else any)(
                condition_holds(condition, answers) for condition in conditions
            )
            for match, conditions in case.requirements
        )
        for case in cases
    )
