"""Why a diagnostic is in its state, and which single other answer would change it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers, Effect, GuideContent, RuleContent
from rules.engine.operators import condition_holds
from rules.engine.oracle import rule_holds
from rules.engine.resolve import deciding_answers
from rules.engine.state import Answer, State


@dataclass(frozen=True, slots=True)
class TracedRule:
    """A rule, and whether and why it fired in a state."""

    rule: RuleContent
    fired: bool
    conditions_held: tuple[bool, ...]
    """For each condition of the rule, in order, True if it holds."""
    deciding_answers: tuple[Answer, ...]
    """The answers that made the rule hold; empty if it did not fire."""


@dataclass(frozen=True, slots=True)
class Result:
    """The key of the question that a state asks, or the keys of its conclusions.

    Both are empty in a stuck state.
    """

    question: str | None
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A different result, and the answers that would give it.

    Each of `answers` gives this result if it alone replaces the visitor's answer to its question.
    """

    result: Result
    answers: tuple[Answer, ...]


def trace_rules(guide: GuideContent, state: State) -> tuple[TracedRule, ...]:
    """Returns all rules of the guide, with whether and why they fired in this state."""
    path, fired = dict(state.answers), set(state.fired)
    return tuple(
        TracedRule(
            rule,
            rule.key in fired,
            tuple(condition_holds(condition, path) for condition in rule.when),
            deciding_answers(rule, path) if rule.key in fired else (),
        )
        for rule in guide.rules
    )


def find_what_ifs(compiled: CompiledGuide, answers: Answers, state: State) -> tuple[WhatIf, ...]:
    """Returns the different results that changing one answer would give, in the order of the path.

    `state` is the state of the answers.
    """
    found: dict[Result, list[Answer]] = {}
    for question, choice in _other_answers(compiled, state):
        other = result_of_state(compiled.resolve({**answers, question: choice}))
        if other != result_of_state(state):
            found.setdefault(other, []).append((question, choice))
    return tuple(WhatIf(other, tuple(changes)) for other, changes in found.items())


def result_of_state(state: State) -> Result:
    return Result(state.question, tuple(given.outcome for given in state.outcomes))


def _other_answers(compiled: CompiledGuide, state: State) -> Iterator[Answer]:
    """Yields the other choices of the questions on the path that may change the result.

    Rules that give advice have no influence on the result.
    """
    for question, given in state.answers:
        rules = [
            rule
            for rule in compiled.guide.rules
            if rule.effect is not Effect.ADVISE and question in rule.questions
        ]
        for choice in compiled.guide.question[question].choices:
            if choice.key != given and _any_rule_notices(
                rules, state.answers, question, choice.key
            ):
                yield question, choice.key


def _any_rule_notices(
    rules: list[RuleContent], path: Iterable[Answer], question: str, choice: str
) -> bool:
    """True if another choice changes whether one of `rules` holds, at any point of the path.

    If it does not, the path and its end stay the same, and the choice need not be resolved. On a
    path of 100 questions, this saves several seconds.
    """
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for key, given in path:
        before[key], after[key] = given, choice if key == question else given
        if question in before and any(
            rule_holds(rule, before) != rule_holds(rule, after) for rule in rules
        ):
            return True
    return False
