"""Results of answers, from a lookup table and from the engine.

The table is followed in the same way as by the offline file.
"""

from typing import NamedTuple

from rules.engine.content import Answers, GuideContent
from rules.engine.state import GivenOutcome, State, Status
from rules.proof.lookup_table import LookupTable

GivenByRules = tuple[tuple[str, tuple[str, ...]], ...]
"""Outcomes in order, each with the keys of the rules that give it."""


class LookupResult(NamedTuple):
    """The question, the advice and the conclusions that some answers lead to."""

    question: str | None
    advice: GivenByRules
    outcomes: GivenByRules


def look_up_answers(guide: GuideContent, table: LookupTable, answers: Answers) -> LookupResult:
    """Returns the result of a lookup table for some answers, without evaluating conditions."""
    index, firing = 0, set(table.start)
    while (row := table.rows[index]).question in answers:
        question = guide.question[str(row.question)]
        choices = [choice.key for choice in question.choices]
        index, started, stopped = row.transitions[choices.index(answers[question.key])]
        firing = firing - {*stopped} | {*started}
    advice: dict[str, tuple[str, ...]] = {}
    conclusions: dict[str, tuple[str, ...]] = {}
    for rule in (guide.rules[position] for position in sorted(firing)):
        given = conclusions if guide.outcome[rule.target].final else advice
        given[rule.target] = (*given.get(rule.target, ()), rule.key)
    return LookupResult(row.question, tuple(advice.items()), tuple(conclusions.items()))


def result_of_engine(state: State) -> LookupResult:
    assert state.question is not None or state.outcomes or state.status is Status.STUCK
    return LookupResult(
        state.question, _given_by_rules(state.advice), _given_by_rules(state.outcomes)
    )


def _given_by_rules(given: tuple[GivenOutcome, ...]) -> GivenByRules:
    return tuple((item.outcome, tuple(reason.rule for reason in item.because)) for item in given)
