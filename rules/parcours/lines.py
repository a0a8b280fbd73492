"""Builds the lines of a guide: for each choice, its cases and the advice that it gives."""

from collections.abc import Mapping

from rules.engine.content import Effect, GuideContent
from rules.engine.state import Answer
from rules.parcours.answer_sets import AnswerSet, AnswerSets
from rules.parcours.exploration import Exploration
from rules.parcours.live_rules import Rules, Step
from rules.parcours.requirements import (
    ConditionClause,
    clauses_of_beginning_rule,
    clauses_of_deciding_rules,
    requirements_of_clauses,
)
from rules.parcours.shortening import shorten_clauses
from rules.parcours.situations import find_situations
from rules.parcours.stops import Case, Destination, GivenAdvice, Line, Requirement
from rules.proof.state_graph import StateGraph

Clauses = list[ConditionClause]
"""Clauses that must all hold."""


class LineBuilder:
    """Builds the lines of one guide.

    The cases of a line are in an order in which the first one whose rules hold is the right one:
    conclusions, those of more rules before others; then the rules that ask, in their order; then the
    dead end.
    """

    def __init__(self, guide: GuideContent, graph: StateGraph, exploration: Exploration) -> None:
        self._guide = guide
        self._exploration = exploration
        self._sets = AnswerSets(guide)
        self._is_complete = graph.complete
        self._cases: dict[Answer, dict[Rules, Clauses]] = {
            answer: {
                rules: list(clauses_of_deciding_rules(guide, rules, answer))
                for rules in sorted(found, key=self._case_rank)
            }
            for answer, found in exploration.to_step.items()
        }
        self._advice: dict[Answer, dict[int, Clauses]] = {
            answer: {
                rule: list(clauses_of_beginning_rule(guide, guide.rules[rule], answer))
                for rule in sorted(found)
            }
            for answer, found in exploration.to_advice.items()
        }
        self._situations: Mapping[Answer, Mapping[Step, set[AnswerSet]]] = {}
        if graph.complete:
            needed = {answer: self._needed_answers(answer) for answer in self._cases}
            self._situations = find_situations(guide, graph, exploration, self._sets, needed)

    def build_start(self) -> Line:
        """Returns the line of the start of the guide."""
        rules, advice = self._exploration.start
        return Line(
            "",
            "",
            (Case((), self._destination_of_rules(rules), rules, ()),),
            tuple(GivenAdvice(self._guide.rules[rule].target, rule, (), ()) for rule in advice),
        )

    def build_line(self, answer: Answer) -> Line:
        """Returns the line of an answer."""
        cases = [
            Case(
                self._case_requirements(answer, index, rules),
                self._destination_of_rules(rules),
                rules,
                self._exploration.to_step[answer][rules],
            )
            for index, rules in enumerate(self._cases.get(answer, ()))
        ]
        if not self._is_complete and (not cases or cases[-1].requirements):
            cases.append(Case((), Destination(is_known=False), (), ()))
        advice = (
            GivenAdvice(
                self._guide.rules[rule].target,
                rule,
                self._advice_requirements(answer, rule),
                self._exploration.to_advice[answer][rule],
            )
            for rule in self._advice.get(answer, ())
        )
        return Line(*answer, tuple(cases), tuple(advice))

    def _case_requirements(
        self, answer: Answer, index: int, rules: Rules
    ) -> tuple[Requirement, ...]:
        later = set(list(self._cases[answer])[index + 1 :])
        return self._short_requirements(
            answer,
            self._cases[answer][rules],
            [step for step in self._situations.get(answer, ()) if step.deciding == rules],
            [step for step in self._situations.get(answer, ()) if step.deciding in later],
        )

    def _advice_requirements(self, answer: Answer, rule: int) -> tuple[Requirement, ...]:
        return self._short_requirements(
            answer,
            self._advice[answer][rule],
            [step for step in self._situations.get(answer, ()) if rule in step.advice],
            [step for step in self._situations.get(answer, ()) if rule not in step.advice],
        )

    def _short_requirements(
        self, answer: Answer, clauses: Clauses, included: list[Step], excluded: list[Step]
    ) -> tuple[Requirement, ...]:
        every = {self._sets.every}
        situations = self._situations.get(answer, {})
        short = shorten_clauses(
            self._sets,
            clauses,
            set().union(*(situations[step] for step in included)) if self._is_complete else every,
            set().union(*(situations[step] for step in excluded)) if self._is_complete else every,
        )
        return requirements_of_clauses(short)

    def _needed_answers(self, answer: Answer) -> AnswerSet:
        """Returns all answers to the questions that the clauses of a line look at."""
        cases, needed = self._cases[answer], 0
        groups = [*self._advice.get(answer, {}).values()]
        if len(cases) > 1:
            groups += cases.values()
        for clauses in groups:
            for clause in clauses:
                for condition in clause:
                    for question in filter(None, (condition.question, condition.other)):
                        needed |= self._sets.of_question[question]
        return needed

    def _destination_of_rules(self, rules: Rules) -> Destination:
        targets = tuple(dict.fromkeys(self._guide.rules[rule].target for rule in rules))
        if rules and self._guide.rules[rules[0]].effect is Effect.ASK:
            return Destination(targets[0])
        return Destination(outcomes=targets)

    def _case_rank(self, rules: Rules) -> tuple[int, int, Rules]:
        if not rules:
            return 2, 0, ()
        if self._guide.rules[rules[0]].effect is Effect.ASK:
            return 1, 0, rules
        return 0, -len(rules), rules
