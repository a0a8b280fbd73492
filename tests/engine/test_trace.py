"""The trace of a state, and what a single other answer would change."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers, GuideContent, Match
from rules.engine.operators import condition_holds
from rules.engine.oracle import fired_positions, rule_holds
from rules.engine.resolve import resolve
from rules.engine.state import State
from rules.engine.trace import Result, WhatIf, find_what_ifs, trace_rules
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    choice_is_not,
    compile_guide,
    conclude_when,
    make_question,
)
from tests.proof.small_guides import small_guides

TWO_QUESTIONS = compile_guide(
    [make_question("first"), make_question("second")],
    [
        ask_when("first"),
        ask_when("second", choice_is("first", "a", "b")),
        advise_when("hint", choice_is("first", "a"), choice_is("second", "c"), match=Match.ANY),
        conclude_when("good", choice_is("first", "a"), choice_is("second", "a")),
        conclude_when("bad", choice_is_not("second", "a")),
    ],
)


def fired(compiled: CompiledGuide, **answers: str) -> list[str]:
    return [line.rule.key for line in trace_rules(compiled, answers).rules if line.fired]


def test_it_tells_the_rules_that_fired_from_those_that_did_not() -> None:
    assert fired(TWO_QUESTIONS, first="a") == ["ask-first", "ask-second", "advise-hint"]


def test_it_tells_which_conditions_held() -> None:
    held = {
        line.rule.key: line.conditions_held
        for line in trace_rules(TWO_QUESTIONS, {"first": "a"}).rules
    }
    assert held["ask-first"] == ()
    assert held["conclude-good"] == (True, False)
    assert held["conclude-bad"] == (False,)


def test_it_names_the_answers_that_decided() -> None:
    answers = {"first": "a", "second": "b"}
    decided = {
        line.rule.key: line.deciding_answers for line in trace_rules(TWO_QUESTIONS, answers).rules
    }
    assert decided["advise-hint"] == (("first", "a"),)
    assert decided["conclude-bad"] == (("second", "b"),)


def test_no_answer_decided_a_rule_that_did_not_fire() -> None:
    lines = {line.rule.key: line for line in trace_rules(TWO_QUESTIONS, {"first": "a"}).rules}
    assert lines["conclude-good"].deciding_answers == ()


def test_answers_off_the_path_hold_in_no_condition() -> None:
    lines = {line.rule.key: line for line in trace_rules(TWO_QUESTIONS, {"second": "b"}).rules}
    assert lines["conclude-bad"].conditions_held == (False,)


def test_other_answers_are_gathered_by_what_would_follow() -> None:
    assert find_what_ifs(TWO_QUESTIONS, {"first": "a", "second": "a"}) == (
        WhatIf(Result(None, ()), (("first", "b"), ("first", "c"))),
        WhatIf(Result(None, ("bad",)), (("second", "b"), ("second", "c"))),
    )


def test_an_answer_that_changes_nothing_is_left_out() -> None:
    changes = find_what_ifs(TWO_QUESTIONS, {"first": "b", "second": "b"})
    assert all(("second", "c") not in change.answers for change in changes)


def test_a_question_that_is_not_answered_yet_changes_nothing() -> None:
    assert find_what_ifs(TWO_QUESTIONS, {}) == ()


def all_answered(guide: GuideContent, chance: Random) -> dict[str, str]:
    return {question.key: chance.choice(question.choices).key for question in guide.questions}


def brute(guide: GuideContent, answers: Answers) -> State:
    return resolve(guide, answers, lambda path: fired_positions(guide.rules, path))


def standing(state: State) -> Result:
    return Result(state.question, tuple(given.outcome for given in state.outcomes))


@settings(max_examples=150)
@given(small_guides(), st.randoms(use_true_random=False))
def test_a_trace_says_what_the_oracle_says(guide: GuideContent, chance: Random) -> None:
    answers = all_answered(guide, chance)
    found = trace_rules(CompiledGuide(guide), answers)
    path = dict(brute(guide, answers).answers)
    assert found.state == brute(guide, answers)
    for line, rule in zip(found.rules, guide.rules, strict=True):
        assert line.fired == rule_holds(rule, path)
        assert line.conditions_held == tuple(
            condition_holds(condition, path) for condition in rule.when
        )


@settings(max_examples=150)
@given(small_guides(), st.randoms(use_true_random=False))
def test_exactly_the_answers_that_change_the_result_are_found(
    guide: GuideContent, chance: Random
) -> None:
    answers = all_answered(guide, chance)
    now = brute(guide, answers)
    others = {
        (question, choice.key): standing(brute(guide, {**answers, question: choice.key}))
        for question, _ in now.answers
        for choice in guide.question[question].choices
    }
    changes = {answer: other for answer, other in others.items() if other != standing(now)}
    found = find_what_ifs(CompiledGuide(guide), answers)
    assert {answer: change.result for change in found for answer in change.answers} == changes
