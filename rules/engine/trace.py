"""Why a diagnostic stands where it does, and which single other answer would lead elsewhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers, Effect, RuleContent
from rules.engine.operators import condition_holds
from rules.engine.oracle import rule_holds
from rules.engine.resolve import deciding_answers
from rules.engine.state import Answer, State


@dataclass(frozen=True, slots=True)
class TracedRule:
    rule: RuleContent
    fired: bool
    conditions_held: tuple[bool, ...]
    """Of each of its conditions, in order."""
    deciding_answers: tuple[Answer, ...]
    """The answers that made it hold; none where it did not fire."""


@dataclass(frozen=True, slots=True)
class Trace:
    state: State
    rules: tuple[TracedRule, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What a state asks or concludes; stuck where it does neither."""

    question: str | None
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The answers each of which alone, in place of the one given, would lead to `result`."""

    result: Result
    answers: tuple[Answer, ...]


def trace_rules(compiled: CompiledGuide, answers: Answers) -> Trace:
    """Every rule at the state that these answers reach. Raises `UnknownAnswerError`."""
    state = compiled.resolve(answers)
    path, fired = dict(state.answers), set(state.fired)
    return Trace(
        state, tuple(_traced(rule, rule.key in fired, path) for rule in compiled.guide.rules)
    )


def _traced(rule: RuleContent, fired: bool, path: Answers) -> TracedRule:
    held = tuple(condition_holds(condition, path) for condition in rule.when)
    return TracedRule(rule, fired, held, deciding_answers(rule, path) if fired else ())


def find_what_ifs(compiled: CompiledGuide, answers: Answers) -> tuple[WhatIf, ...]:
    """By the result that would follow, in the order of the path. Raises `UnknownAnswerError`."""
    state = compiled.resolve(answers)
    found: dict[Result, list[Answer]] = {}
    for question, choice in _other_answers(compiled, state):
        other = result_of_state(compiled.resolve({**answers, question: choice}))
        if other != result_of_state(state):
            found.setdefault(other, []).append((question, choice))
    return tuple(WhatIf(other, tuple(changes)) for other, changes in found.items())


def result_of_state(state: State) -> Result:
    return Result(state.question, tuple(given.outcome for given in state.outcomes))


def _other_answers(compiled: CompiledGuide, state: State) -> Iterator[Answer]:
    """Each other choice of each question on the path, but those that plainly change nothing."""
    for question, given in state.answers:
        rules = _deciders(compiled.guide.rules, question)
        for choice in compiled.guide.question[question].choices:
            if choice.key != given and _tells_apart(rules, state.answers, question, choice.key):
                yield question, choice.key


def _deciders(rules: Iterable[RuleContent], question: str) -> list[RuleContent]:
    """The rules that look at a question and do more than advise."""
    return [
        rule
        for rule in rules
        if rule.effect is not Effect.ADVISE
        and any(question in (condition.question, condition.other) for condition in rule.when)
    ]


def _tells_apart(
    rules: list[RuleContent], path: Iterable[Answer], question: str, choice: str
) -> bool:
    """Whether one of `rules` sees the other choice anywhere along the path.

    Where none does, the path and its end stay what they are: on a path of 100 questions this
    spares most of the seconds that resolving each other choice would take.
    """
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for key, given in path:
        before[key], after[key] = given, choice if key == question else given
        if question in before and any(rule_holds(r, before) != rule_holds(r, after) for r in rules):
            return True
    return False
