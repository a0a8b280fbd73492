"""Explains the state of a try or of a visitor's diagnostic.

A trace shows what each rule does, in sentences with links, and what other answers would change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.answered_guide import AnsweredGuide
from diagnostics.trials.trial import Trial
from rules.engine.content import Effect, GuideContent, Match, Operator
from rules.engine.state import Answer
from rules.engine.trace import Result, TracedRule, find_what_ifs, trace_rules
from rules.list_pages import LazyRows
from rules.sentences import (
    condition_clause,
    effect_clause,
    question_name,
    quote_text,
    quoted_question,
)

AnswerLabels = tuple[str, str]
"""The name of a question and the label of a choice."""

PARTS_OF_TRACE = ("deciding", "advising", "asking", "not_fired")
"""The parts into which a trace sorts rules: those that ask the current question or conclude, those
that give advice, those that hold and ask another question, and those that do not hold.
"""


@dataclass(frozen=True, slots=True)
class ConditionLine:
    held: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """The line of a rule in a trace; `rank` is its position in the guide, from 1."""

    rank: int
    url: str
    """The address of the rule's page; empty if the draft no longer has the rule."""
    effect: str
    is_left_out: bool
    """True for a rule of a draft that cannot be evaluated yet."""
    any_is_enough: bool
    conditions: list[ConditionLine]
    deciding: list[AnswerLabels]
    """The answers that make the rule hold, except those that a condition names as its only choice."""


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    url: str
    question: str
    choice: str


@dataclass(frozen=True, slots=True)
class OtherResult:
    """A state to which another answer would lead, and all the answers that lead to it."""

    name: str
    """A word in the addresses of the list of answers, which no other list of the page has."""
    sentence: str
    answers: Sequence[OtherAnswer]


def describe_trace(trial: Trial, rule_urls: Mapping[str, str]) -> dict[str, object]:
    """Describes what each rule does in the try, and what another answer to a question would change.

    `rule_urls` are the addresses of the rules' pages, by key.
    """
    answered, guide = trial.answered, trial.answered.guide

    def make_answer(answer: Answer) -> OtherAnswer:
        return OtherAnswer(trial.address_with_answer(*answer), *answer_labels(guide, answer))

    what_ifs = find_what_ifs(answered.compiled, answered.answers, answered.state)
    others = [
        OtherResult(
            f"other{number}",
            _result_sentence(guide, other.result),
            LazyRows(other.answers, make_answer),
        )
        for number, other in enumerate(what_ifs, 1)
    ]
    return {**describe_traced_rules(answered, rule_urls), "others": others}


def describe_traced_rules(
    answered: AnsweredGuide, rule_urls: Mapping[str, str]
) -> dict[str, Sequence[RuleLine]]:
    """Describes what each rule does with these answers; returns the rules by part of the trace."""
    guide, state = answered.guide, answered.state
    parts: dict[str, list[tuple[int, TracedRule]]] = {part: [] for part in PARTS_OF_TRACE}
    for ranked in enumerate(trace_rules(guide, state), 1):
        parts[_part_of_trace(ranked[1], state.question)].append(ranked)

    def make_line(ranked: tuple[int, TracedRule]) -> RuleLine:
        rank, traced = ranked
        return _rule_line(guide, rank, traced, rule_urls.get(traced.rule.key, ""))

    return {part: LazyRows(rules, make_line) for part, rules in parts.items()}


def _part_of_trace(traced: TracedRule, question: str | None) -> str:
    """Returns the part of the trace that a rule belongs to; `question` is the one being asked."""
    if not traced.fired:
        return "not_fired"
    if traced.rule.effect is Effect.ADVISE:
        return "advising"
    decides = traced.rule.effect is Effect.CONCLUDE or traced.rule.target == question
    return "deciding" if decides else "asking"


def _rule_line(guide: GuideContent, rank: int, traced: TracedRule, url: str) -> RuleLine:
    rule = traced.rule
    return RuleLine(
        rank,
        url,
        effect_clause(guide, rule),
        rule.is_left_out,
        rule.match is Match.ANY and len(rule.when) > 1,
        [
            ConditionLine(held, condition_clause(guide, condition))
            for held, condition in zip(traced.conditions_held, rule.when, strict=True)
        ],
        [
            answer_labels(guide, answer)
            for answer in traced.deciding_answers
            # The sentence of a condition already shows an answer that is its only choice.
            if not any(
                (condition.question, condition.operator, condition.choices)
                == (answer[0], Operator.IS, (answer[1],))
                for condition in rule.when
            )
        ],
    )


def _result_sentence(guide: GuideContent, result: Result) -> str:
    if result.question:
        return f"La question posée serait {quoted_question(guide, result.question)}"
    if not result.outcomes:
        return "Rien ne serait demandé ni conclu"
    titles = ", puis ".join(quote_text(guide.outcome[key].title) for key in result.outcomes)
    return f"La conclusion serait {titles}"


def answer_labels(guide: GuideContent, answer: Answer) -> AnswerLabels:
    question, choice = answer
    return question_name(guide, question), guide.question[question].find_choice(choice).label
