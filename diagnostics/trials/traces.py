"""Why a try stands where it does, in words and with links."""

from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics.trials.trial import Trial
from rules.engine.guide import Guide, Match
from rules.engine.state import Answer
from rules.engine.trace import Result, TracedRule, WhatIf, trace, what_if
from rules.sentences import condition_words, effect_words, quoted

AnswerWords = tuple[str, str]
"""The title of a question, the label of a choice."""


@dataclass(frozen=True, slots=True)
class ConditionLine:
    held: bool
    words: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    rank: int
    url: str
    """Its page; empty where the draft has no such rule."""
    effect: str
    any_is_enough: bool
    conditions: list[ConditionLine]
    deciding: list[AnswerWords]


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    url: str
    question: str
    choice: str


@dataclass(frozen=True, slots=True)
class OtherResult:
    words: str
    answers: list[OtherAnswer]


def trace_in_words(trial: Trial, rule_urls: Mapping[str, str]) -> dict[str, object]:
    guide = trial.compiled.guide
    fired: list[RuleLine] = []
    not_fired: list[RuleLine] = []
    for rank, traced in enumerate(trace(trial.compiled, trial.answers).rules, 1):
        line = _rule(guide, rank, traced, rule_urls.get(traced.rule.key, ""))
        (fired if traced.fired else not_fired).append(line)
    others = [_other_result(trial, other) for other in what_if(trial.compiled, trial.answers)]
    return {"fired": fired, "not_fired": not_fired, "others": others}


def _rule(guide: Guide, rank: int, traced: TracedRule, url: str) -> RuleLine:
    rule = traced.rule
    return RuleLine(
        rank,
        url,
        effect_words(guide, rule),
        rule.match is Match.ANY and len(rule.when) > 1,
        [
            ConditionLine(held, condition_words(guide, condition))
            for held, condition in zip(traced.held, rule.when, strict=True)
        ],
        [answer_words(guide, answer) for answer in traced.deciding],
    )


def _other_result(trial: Trial, other: WhatIf) -> OtherResult:
    guide = trial.compiled.guide
    answers = [
        OtherAnswer(trial.with_answer(*answer), *answer_words(guide, answer))
        for answer in other.answers
    ]
    return OtherResult(_result(guide, other.result), answers)


def _result(guide: Guide, result: Result) -> str:
    if result.question:
        return f"La question posée serait {quoted(guide.question[result.question].title)}"
    if not result.outcomes:
        return "Rien ne serait demandé ni conclu"
    titles = ", puis ".join(quoted(guide.outcome[key].title) for key in result.outcomes)
    return f"La conclusion serait {titles}"


def answer_words(guide: Guide, answer: Answer) -> AnswerWords:
    question, choice = answer
    return guide.question[question].title, guide.question[question].choice(choice).label
