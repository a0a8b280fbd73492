"""Builds the lines of a guide: for each choice, its cases and the advice that it gives.

It begins with all conditions of the rules of a line, and then drops those that are needless.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from rules.engine.content import Effect, GuideContent
from rules.engine.state import Answer
from rules.parcours.answer_sets import AnswerSets
from rules.parcours.exploration import Exploration
from rules.parcours.live_rules import Rules, Step
from rules.parcours.requirements import (
    ConditionClause,
    clauses_of_beginning_rule,
    clauses_of_deciding_rules,
    requirements_of_clauses,
)
from rules.parcours.shortening import shorten_clauses
from rules.parcours.situations import Situations, find_situations
from rules.parcours.stops import Case, Destination, GivenAdvice, Line, Requirement
from rules.proof.bounds import BoundReachedError, Effort

Part = TypeVar("Part", Case, GivenAdvice)
Clauses = list[ConditionClause]
"""Clauses that must all hold."""


class LineBuilder:
    """Builds the lines of one guide."""

    def __init__(self, exploration: Exploration, effort: Effort) -> None:
        self._guide = guide = exploration.guide
        self._exploration = exploration
        self._effort = effort
        self._sets = AnswerSets(guide)
        self._lines: dict[Answer, Line] = {}
        self._cases: dict[Answer, dict[Rules, Clauses]] = {
            answer: {
                rules: list(clauses_of_deciding_rules(guide, rules, answer))
                for rules in order_cases(guide, found)
            }
            for answer, found in exploration.to_step.items()
            if answer == exploration.representative_answer(answer)
        }
        """The cases of each line, without the lines of answers that no rule tells apart from another."""
        self._advice: dict[Answer, dict[int, Clauses]] = {
            answer: {
                rule: list(clauses_of_beginning_rule(guide, guide.rules[rule], answer))
                for rule in sorted(exploration.to_advice.get(answer, ()))
            }
            for answer in self._cases
        }
        self._situations: Situations | None = None
        """The answers before each step; None if a bound was reached before all of them were found."""
        with suppress(BoundReachedError):
            if exploration.is_complete:
                self._situations = self._find_situations()
        self.is_complete = self._situations is not None
        """False if lines may have more cases than those that were built."""

    def _find_situations(self) -> Situations:
        needed = {}
        for answer, cases in self._cases.items():
            clauses = [*self._advice[answer].values()]
            clauses += cases.values() if len(cases) > 1 else ()
            needed[answer] = self._sets.join_questions(chain(*chain(*clauses)))
        return find_situations(self._exploration, self._sets, needed, self._effort)

    def build_start(self) -> Line:
        """Returns the line of the start of the guide."""
        rules, advice = self._exploration.start
        case = Case((), destination_of_rules(self._guide, rules), rules, ())
        given = (GivenAdvice(self._guide.rules[rule].target, rule, (), ()) for rule in advice)
        return Line("", "", (case,), tuple(given))

    def build_line(self, answer: Answer) -> Line:
        """Returns the line of an answer: that of the answer that stands for it, with other paths."""
        same = self._exploration.representative_answer(answer)
        if same not in self._lines:
            self._lines[same] = self._make_line(same)
        line = self._lines[same]
        if answer == same:
            return line
        cases = (with_last_answer(case, answer) for case in line.cases)
        advice = (with_last_answer(given, answer) for given in line.advice)
        return Line(*answer, tuple(cases), tuple(advice))

    def _make_line(self, answer: Answer) -> Line:
        """Returns a line, or beyond the bound one whose only case is not known."""
        try:
            cases = list(self._build_cases(answer))
            advice = tuple(self._build_advice(answer))
        except BoundReachedError:
            self.is_complete = False
            shortest = next(iter(self._exploration.to_step[answer].values()), ())
            return Line(*answer, (Case((), Destination(is_known=False), (), shortest),), ())
        if self._situations is None and (not cases or cases[-1].requirements):
            cases.append(Case((), Destination(is_known=False), (), ()))
        return Line(*answer, tuple(cases), advice)

    def _build_cases(self, answer: Answer) -> Iterator[Case]:
        cases, steps = self._cases.get(answer, {}), self._steps_after(answer)
        later = set(cases)
        for rules, clauses in cases.items():
            later.remove(rules)
            requirements = self._find_requirements(
                answer,
                clauses,
                [step for step in steps if step.deciding == rules],
                [step for step in steps if step.deciding in later],
            )
            path = self._exploration.to_step[answer][rules]
            yield Case(requirements, destination_of_rules(self._guide, rules), rules, path)

    def _build_advice(self, answer: Answer) -> Iterator[GivenAdvice]:
        steps = self._steps_after(answer)
        for rule, clauses in self._advice.get(answer, {}).items():
            requirements = self._find_requirements(
                answer,
                clauses,
                [step for step in steps if rule in step.advice],
                [step for step in steps if rule not in step.advice],
            )
            path = self._exploration.to_advice[answer][rule]
            yield GivenAdvice(self._guide.rules[rule].target, rule, requirements, path)

    def _steps_after(self, answer: Answer) -> Iterable[Step]:
        return self._situations[answer] if self._situations else ()

    def _find_requirements(
        self, answer: Answer, clauses: Clauses, included: Iterable[Step], excluded: Iterable[Step]
    ) -> tuple[Requirement, ...]:
        """Returns requirements that hold before all included steps, and before no excluded one."""
        possible = [{self._sets.every}] * 2
        if self._situations is not None:
            before = self._situations[answer]
            possible = [
                set(chain(*map(before.__getitem__, steps))) for steps in (included, excluded)
            ]
        shortened = shorten_clauses(self._sets, clauses, possible[0], possible[1], self._effort)
        return requirements_of_clauses(shortened)


def with_last_answer(part: Part, answer: Answer) -> Part:
    """Returns a case or an advice after another answer to the same question, if answers are known."""
    return replace(part, answers=(*part.answers[:-1], answer)) if part.answers else part


def order_cases(guide: GuideContent, cases: Iterable[Rules]) -> list[Rules]:
    """Returns cases, by their rules, in an order in which the first one whose rules hold is right.

    Conclusions come first, those of more rules before others. Then come the rules that ask, in their
    order, and last the dead end.
    """

    def find_rank(rules: Rules) -> tuple[int, int, Rules]:
        if not rules:
            return 2, 0, ()
        is_ask = guide.rules[rules[0]].effect is Effect.ASK
        return is_ask, -len(rules), rules

    return sorted(cases, key=find_rank)


def destination_of_rules(guide: GuideContent, rules: Rules) -> Destination:
    """Returns the place to which the rules that decide a step lead."""
    targets = tuple(dict.fromkeys(guide.rules[rule].target for rule in rules))
    if rules and guide.rules[rules[0]].effect is Effect.ASK:
        return Destination(targets[0])
    return Destination(outcomes=targets)
