"""Guides that would exceed the hard limits of durable_rules if their rules were not partitioned.

Beyond these limits durable_rules crashes, hangs or fires wrong rules, so that a failure of these
tests may end the whole test process.
"""

import random
from collections.abc import Callable

import pytest

from rules.engine.compiled import (
    MAX_CONDITIONS,
    CompiledGuide,
    RuleTooComplexError,
    too_complex_rule_keys,
)
from rules.engine.content import ConditionContent, Match, QuestionContent
from tests.engine.agreement import assert_agreement
from tests.engine.guides import (
    choice_is,
    choice_is_not,
    compile_guide,
    has_answer,
    has_no_answer,
    make_question,
    numbered_rules,
    other_choice,
    same_choice,
)
from tests.strategies import answer_set

pytestmark = pytest.mark.no_cover  # other tests take the same branches


def assert_random_agreement(guide: CompiledGuide, sets: int = 60) -> None:
    """Checks that the engine and the oracle find the same rules for random sets of answers."""
    chance = random.Random(1)
    assert_agreement(guide, (answer_set(guide.guide, chance) for _ in range(sets)))


def make_questions(count: int, choices: int = 3) -> list[QuestionContent]:
    keys = [f"choice-{index}" for index in range(choices)]
    return [make_question(f"question-{index}", *keys) for index in range(count)]


def test_300_rules_with_one_condition_all_fire() -> None:
    guide = compile_guide([make_question("x")], numbered_rules([(choice_is("x", "a"),)] * 300))
    assert guide.fire({"x": "a"}) == tuple(range(300))
    assert guide.fire({"x": "b"}) == ()


def test_300_rules_that_share_a_condition_and_differ_by_another() -> None:
    rules = [
        (choice_is("question-0", "choice-0"), choice_is(f"question-{index}", "choice-1"))
        for index in range(300)
    ]
    assert_random_agreement(compile_guide(make_questions(300), numbered_rules(rules)))


def test_600_different_conditions() -> None:
    conditions = [
        (choice_is(f"question-{index}", f"choice-{choice}"),)
        for index in range(200)
        for choice in range(3)
    ]
    assert_random_agreement(compile_guide(make_questions(200), numbered_rules(conditions)))


def test_600_choices_of_one_question() -> None:
    conditions = [(choice_is("question-0", f"choice-{choice}"),) for choice in range(600)]
    assert_random_agreement(
        compile_guide(make_questions(1, 600), numbered_rules(conditions)), sets=600
    )


def test_100_conditions_true_at_once() -> None:
    guide = compile_guide(
        make_questions(100),
        numbered_rules([(choice_is(f"question-{index}", "choice-0"),) for index in range(100)]),
    )
    assert guide.fire({f"question-{index}": "choice-0" for index in range(100)}) == tuple(
        range(100)
    )


def test_300_negative_conditions_true_at_once() -> None:
    conditions = [(choice_is_not(f"question-{index}", "choice-0"),) for index in range(300)]
    guide = compile_guide(make_questions(300), numbered_rules(conditions))
    assert guide.fire({f"question-{index}": "choice-1" for index in range(300)}) == tuple(
        range(300)
    )


def test_300_comparisons_true_at_once() -> None:
    conditions = [(same_choice("question-0", f"question-{index}"),) for index in range(1, 301)]
    guide = compile_guide(make_questions(301), numbered_rules(conditions))
    assert guide.fire({f"question-{index}": "choice-1" for index in range(301)}) == tuple(
        range(300)
    )


def test_300_questions_without_an_answer() -> None:
    guide = compile_guide(
        make_questions(300),
        numbered_rules([(has_no_answer(f"question-{index}"),) for index in range(300)]),
    )
    assert guide.fire({}) == tuple(range(300))


def test_a_rule_of_40_conditions() -> None:
    when = tuple(choice_is(f"question-{index}", "choice-0") for index in range(MAX_CONDITIONS))
    guide = compile_guide(make_questions(MAX_CONDITIONS), numbered_rules([when]))
    answers = {f"question-{index}": "choice-0" for index in range(MAX_CONDITIONS)}
    assert guide.fire(answers) == (0,)
    assert guide.fire(answers | {"question-39": "choice-1"}) == ()


def test_rules_of_40_comparisons_between_80_questions() -> None:
    when = tuple(
        other_choice(f"question-{index}", f"question-{index + 40}")
        for index in range(MAX_CONDITIONS)
    )
    guide = compile_guide(make_questions(80), numbered_rules([when, when[1:], when[:-1]]))
    answers = {f"question-{index}": f"choice-{index // 40}" for index in range(80)}
    assert guide.fire(answers) == (0, 1, 2)
    assert guide.fire(answers | {"question-79": "choice-0"}) == (2,)


def test_200_rules_of_40_lists() -> None:
    chance = random.Random(3)
    keys = [f"choice-{index}" for index in range(6)]
    rules = [
        tuple(
            choice_is(f"question-{index}", *chance.sample(keys, 5))
            for index in range(MAX_CONDITIONS)
        )
        for _ in range(200)
    ]
    assert_random_agreement(compile_guide(make_questions(MAX_CONDITIONS, 6), numbered_rules(rules)))


def test_questions_of_100_choices() -> None:
    chance = random.Random(4)
    keys = [f"choice-{index}" for index in range(100)]
    rules = [
        tuple(
            chance.choice([choice_is, choice_is_not])(
                asked.key, *chance.sample(keys, chance.randint(1, 99))
            )
            for asked in chance.sample(make_questions(10), 3)
        )
        for _ in range(300)
    ]
    assert_random_agreement(compile_guide(make_questions(10, 100), numbered_rules(rules)), sets=300)


@pytest.mark.parametrize("count", [1, 300])
def test_rules_that_match_any_of_40_conditions(count: int) -> None:
    chance = random.Random(5)
    questions = make_questions(40)
    kinds: list[Callable[[str], ConditionContent]] = [
        has_answer,
        has_no_answer,
        lambda key: choice_is(key, "choice-0"),
        lambda key: choice_is_not(key, "choice-1"),
    ]
    rules = [
        tuple(chance.choice(kinds)(question.key) for question in questions) for _ in range(count)
    ]
    assert_random_agreement(compile_guide(questions, numbered_rules(rules, Match.ANY)))


def test_a_rule_of_more_than_40_conditions_is_refused_by_its_key() -> None:
    when = tuple(choice_is(f"question-{index}", "choice-0") for index in range(MAX_CONDITIONS + 1))
    rules = numbered_rules([when[1:], when])
    assert too_complex_rule_keys(rules) == ("rule-1",)
    with pytest.raises(RuleTooComplexError) as caught:
        compile_guide(make_questions(41), rules)
    assert caught.value.keys == ("rule-1",)
