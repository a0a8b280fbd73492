"""The trace of a state, and the results of changing a single answer."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers, GuideContent, Match
from rules.engine.operators import condition_holds
from rules.engine.oracle import fired_positions, rule_holds
from rules.engine.resolve import resolve
from rules.engine.state import State
from rules.engine.trace import Result, TracedRule, WhatIf, find_what_ifs, trace_rules
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


def trace_of(compiled: CompiledGuide, answers: Answers) -> tuple[TracedRule, ...]:
    return trace_rules(compiled.guide, compiled.resolve(answers))


def what_ifs_of(compiled: CompiledGuide, answers: Answers) -> tuple[WhatIf, ...]:
    return find_what_ifs(compiled, answers, compiled.resolve(answers))


def fired_rules(compiled: CompiledGuide, **answers: str) -> list[str]:
    return [row.rule.key for row in trace_of(compiled, answers) if row.fired]


def test_a_trace_says_which_rules_fired() -> None:
    assert fired_rules(TWO_QUESTIONS, first="a") == ["ask-first", "ask-second", "advise-hint"]


def test_a_trace_says_which_conditions_held() -> None:
    held = {row.rule.key: row.conditions_held for row in trace_of(TWO_QUESTIONS, {"first": "a"})}
    assert held["ask-first"] == ()
    assert held["conclude-good"] == (True, False)
    assert held["conclude-bad"] == (False,)


def test_a_trace_names_the_answers_that_made_a_rule_hold() -> None:
    answers = {"first": "a", "second": "b"}
    decided = {row.rule.key: row.deciding_answers for row in trace_of(TWO_QUESTIONS, answers)}
    assert decided["advise-hint"] == (("first", "a"),)
    assert decided["conclude-bad"] == (("second", "b"),)


def test_a_rule_that_did_not_fire_has_no_deciding_answer() -> None:
    traced = {row.rule.key: row for row in trace_of(TWO_QUESTIONS, {"first": "a"})}
    assert traced["conclude-good"].deciding_answers == ()


def test_answers_off_the_path_make_no_condition_hold() -> None:
    traced = {row.rule.key: row for row in trace_of(TWO_QUESTIONS, {"second": "b"})}
    assert traced["conclude-bad"].conditions_held == (False,)


def test_what_ifs_group_other_answers_by_their_result() -> None:
    assert what_ifs_of(TWO_QUESTIONS, {"first": "a", "second": "a"}) == (
        WhatIf(Result(None, ()), (("first", "b"), ("first", "c"))),
        WhatIf(Result(None, ("bad",)), (("second", "b"), ("second", "c"))),
    )


def test_what_ifs_leave_out_answers_that_give_the_same_result() -> None:
    changes = what_ifs_of(TWO_QUESTIONS, {"first": "b", "second": "b"})
    assert all(("second", "c") not in change.answers for change in changes)


def test_there_are_no_what_ifs_before_the_first_answer() -> None:
    assert what_ifs_of(TWO_QUESTIONS, {}) == ()


def random_answers(guide: GuideContent, chance: Random) -> dict[str, str]:
    return {question.key: chance.choice(question.choices).key for question in guide.questions}


def state_by_oracle(guide: GuideContent, answers: Answers) -> State:
    return resolve(guide, answers, lambda path: fired_positions(guide.rules, path))


def expected_result(state: State) -> Result:
    return Result(state.question, tuple(given.outcome for given in state.outcomes))


@settings(max_examples=150)
@given(small_guides(), st.randoms(use_true_random=False))
def test_a_trace_agrees_with_the_oracle(guide: GuideContent, chance: Random) -> None:
    answers = random_answers(guide, chance)
    state = CompiledGuide(guide).resolve(answers)
    found, path = trace_rules(guide, state), dict(state.answers)
    assert state == state_by_oracle(guide, answers)
    for row, rule in zip(found, guide.rules, strict=True):
        assert row.fired == rule_holds(rule, path)
        assert row.conditions_held == tuple(
            condition_holds(condition, path) for condition in rule.when
        )


@settings(max_examples=150)
@given(small_guides(), st.randoms(use_true_random=False))
def test_what_ifs_are_exactly_the_answers_that_change_the_result(
    guide: GuideContent, chance: Random
) -> None:
    answers = random_answers(guide, chance)
    now = state_by_oracle(guide, answers)
    others = {
        (question, choice.key): expected_result(
            state_by_oracle(guide, {**answers, question: choice.key})
        )
        for question, _ in now.answers
        for choice in guide.question[question].choices
    }
    changes = {answer: other for answer, other in others.items() if other != expected_result(now)}
    found = what_ifs_of(CompiledGuide(guide), answers)
    assert {answer: change.result for change in found for answer in change.answers} == changes
