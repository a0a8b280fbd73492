"""Why a try, or a visitor's diagnostic, stands where it does, in words and with links."""

from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics.trials.trial import Trial
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers, ConditionContent, Effect, GuideContent, Match, Operator
from rules.engine.state import Answer
from rules.engine.trace import Result, TracedRule, WhatIf, find_what_ifs, trace_rules
from rules.sentences import condition_clause, effect_clause, quote_text

AnswerLabels = tuple[str, str]
"""The title of a question, the label of a choice."""

PARTS = ("deciding", "advising", "asking", "not_fired")


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
    deciding: list[AnswerLabels]
    """The answers that decided, where its conditions do not name them."""


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
    """The rules by what they do here, and what another answer would change."""
    others = [_other_result(trial, other) for other in find_what_ifs(trial.compiled, trial.answers)]
    return {**rules_in_words(trial.compiled, trial.answers, rule_urls), "others": others}


def rules_in_words(
    compiled: CompiledGuide, answers: Answers, rule_urls: Mapping[str, str]
) -> dict[str, list[RuleLine]]:
    """The rules by what they do here."""
    guide, traced = compiled.guide, trace_rules(compiled, answers)
    found: dict[str, list[RuleLine]] = {part: [] for part in PARTS}
    for rank, row in enumerate(traced.rules, 1):
        line = _rule(guide, rank, row, rule_urls.get(row.rule.key, ""))
        found[_part(row, traced.state.question)].append(line)
    return found


def _part(traced: TracedRule, question: str | None) -> str:
    """What decides is what concludes, or asks the question to be answered now."""
    if not traced.fired:
        return "not_fired"
    if traced.rule.effect is Effect.ADVISE:
        return "advising"
    decides = traced.rule.effect is Effect.CONCLUDE or traced.rule.target == question
    return "deciding" if decides else "asking"


def _rule(guide: GuideContent, rank: int, traced: TracedRule, url: str) -> RuleLine:
    rule = traced.rule
    return RuleLine(
        rank,
        url,
        effect_clause(guide, rule),
        rule.match is Match.ANY and len(rule.when) > 1,
        [
            ConditionLine(held, condition_clause(guide, condition))
            for held, condition in zip(traced.conditions_held, rule.when, strict=True)
        ],
        [
            answer_labels(guide, answer)
            for answer in traced.deciding_answers
            if not any(_says(condition, answer) for condition in rule.when)
        ],
    )


def _says(condition: ConditionContent, answer: Answer) -> bool:
    """Whether a condition names the very answer, alone: that needs no saying again."""
    question, choice = answer
    said = (condition.question, condition.operator, condition.choices)
    return said == (question, Operator.IS, (choice,))


def _other_result(trial: Trial, other: WhatIf) -> OtherResult:
    guide = trial.compiled.guide
    answers = [
        OtherAnswer(trial.with_answer(*answer), *answer_labels(guide, answer))
        for answer in other.answers
    ]
    return OtherResult(_result(guide, other.result), answers)


def _result(guide: GuideContent, result: Result) -> str:
    if result.question:
        return f"La question posée serait {quote_text(guide.question[result.question].title)}"
    if not result.outcomes:
        return "Rien ne serait demandé ni conclu"
    titles = ", puis ".join(quote_text(guide.outcome[key].title) for key in result.outcomes)
    return f"La conclusion serait {titles}"


def answer_labels(guide: GuideContent, answer: Answer) -> AnswerLabels:
    question, choice = answer
    return guide.question[question].title, guide.question[question].find_choice(choice).label
