"""A table followed as the offline file follows it: no rule is looked at but for what it gives."""

from typing import NamedTuple

from rules.engine.content import Answers, GuideContent
from rules.engine.state import GivenOutcome, State, Status
from rules.proof.lookup_table import LookupTable

Giving = tuple[tuple[str, tuple[str, ...]], ...]
"""Outcomes in order, each with the rules that give it, in order."""


class LookupResult(NamedTuple):
    """Where answers lead."""

    question: str | None
    advice: Giving
    outcomes: Giving


def look_up_answers(guide: GuideContent, table: LookupTable, answers: Answers) -> LookupResult:
    at, firing = 0, set(table.start)
    while (row := table.rows[at]).question in answers:
        question = guide.question[str(row.question)]
        choices = [choice.key for choice in question.choices]
        at, comes, goes = row.transitions[choices.index(answers[question.key])]
        firing = firing - {*goes} | {*comes}
    given: tuple[dict[str, tuple[str, ...]], ...] = ({}, {})
    for rule in (guide.rules[position] for position in sorted(firing)):
        of_kind = given[guide.outcome[rule.target].final]
        of_kind[rule.target] = (*of_kind.get(rule.target, ()), rule.key)
    advice, outcomes = (tuple(each.items()) for each in given)
    return LookupResult(row.question, advice, outcomes)


def result_of_engine(state: State) -> LookupResult:
    """The same of the engine."""
    assert state.question is not None or state.outcomes or state.status is Status.STUCK
    return LookupResult(state.question, _giving(state.advice), _giving(state.outcomes))


def _giving(given: tuple[GivenOutcome, ...]) -> Giving:
    return tuple((each.outcome, tuple(reason.rule for reason in each.because)) for each in given)
