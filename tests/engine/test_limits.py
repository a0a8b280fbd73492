"""Guides shaped to meet each hard limit of durable_rules: none is met, and nothing is wrong.

Beyond these limits it was measured to crash, hang or answer wrongly, so a failure here may
well end the whole test process.
"""

import random
from collections.abc import Callable

import pytest

from rules.engine.compiled import MAX_CONDITIONS, CompiledGuide, RuleTooComplexError, too_complex
from rules.engine.content import ConditionContent, Match, QuestionContent
from rules.engine.oracle import fired_positions
from tests.engine.guides import (
    answered,
    compiled,
    differs,
    is_,
    is_not,
    numbered,
    question,
    same,
    unanswered,
)
from tests.strategies import answer_set


def assert_right(guide: CompiledGuide, sets: int = 60) -> None:
    chance = random.Random(1)
    for _ in range(sets):
        answers = answer_set(guide.guide, chance)
        assert guide.fire(answers) == fired_positions(guide.guide.rules, answers)


def questions(count: int, choices: int = 3) -> list[QuestionContent]:
    keys = [f"choice-{at}" for at in range(choices)]
    return [question(f"question-{at}", *keys) for at in range(count)]


def test_300_rules_with_one_condition_all_fire() -> None:
    guide = compiled([question("x")], numbered([(is_("x", "a"),)] * 300))
    assert guide.fire({"x": "a"}) == tuple(range(300))
    assert guide.fire({"x": "b"}) == ()


def test_300_rules_that_share_a_condition_and_differ_by_another() -> None:
    rules = [
        (is_("question-0", "choice-0"), is_(f"question-{at}", "choice-1")) for at in range(300)
    ]
    assert_right(compiled(questions(300), numbered(rules)))


def test_600_different_conditions() -> None:
    conditions = [(is_(f"question-{at}", f"choice-{of}"),) for at in range(200) for of in range(3)]
    assert_right(compiled(questions(200), numbered(conditions)))


def test_600_choices_of_one_question() -> None:
    conditions = [(is_("question-0", f"choice-{of}"),) for of in range(600)]
    assert_right(compiled(questions(1, 600), numbered(conditions)), sets=600)


def test_100_conditions_true_at_once() -> None:
    guide = compiled(
        questions(100), numbered([(is_(f"question-{at}", "choice-0"),) for at in range(100)])
    )
    assert guide.fire({f"question-{at}": "choice-0" for at in range(100)}) == tuple(range(100))


def test_300_negative_conditions_true_at_once() -> None:
    conditions = [(is_not(f"question-{at}", "choice-0"),) for at in range(300)]
    guide = compiled(questions(300), numbered(conditions))
    assert guide.fire({f"question-{at}": "choice-1" for at in range(300)}) == tuple(range(300))


def test_300_comparisons_true_at_once() -> None:
    conditions = [(same("question-0", f"question-{at}"),) for at in range(1, 301)]
    guide = compiled(questions(301), numbered(conditions))
    assert guide.fire({f"question-{at}": "choice-1" for at in range(301)}) == tuple(range(300))


def test_300_questions_without_an_answer() -> None:
    guide = compiled(
        questions(300), numbered([(unanswered(f"question-{at}"),) for at in range(300)])
    )
    assert guide.fire({}) == tuple(range(300))


def test_a_rule_of_40_conditions() -> None:
    when = tuple(is_(f"question-{at}", "choice-0") for at in range(MAX_CONDITIONS))
    guide = compiled(questions(MAX_CONDITIONS), numbered([when]))
    answers = {f"question-{at}": "choice-0" for at in range(MAX_CONDITIONS)}
    assert guide.fire(answers) == (0,)
    assert guide.fire(answers | {"question-39": "choice-1"}) == ()


def test_rules_of_40_comparisons_between_80_questions() -> None:
    when = tuple(differs(f"question-{at}", f"question-{at + 40}") for at in range(MAX_CONDITIONS))
    guide = compiled(questions(80), numbered([when, when[1:], when[:-1]]))
    answers = {f"question-{at}": f"choice-{at // 40}" for at in range(80)}
    assert guide.fire(answers) == (0, 1, 2)
    assert guide.fire(answers | {"question-79": "choice-0"}) == (2,)


def test_200_rules_of_40_lists() -> None:
    chance = random.Random(3)
    keys = [f"choice-{at}" for at in range(6)]
    rules = [
        tuple(is_(f"question-{at}", *chance.sample(keys, 5)) for at in range(MAX_CONDITIONS))
        for _ in range(200)
    ]
    assert_right(compiled(questions(MAX_CONDITIONS, 6), numbered(rules)))


def test_questions_of_100_choices() -> None:
    chance = random.Random(4)
    keys = [f"choice-{at}" for at in range(100)]
    rules = [
        tuple(
            chance.choice([is_, is_not])(each.key, *chance.sample(keys, chance.randint(1, 99)))
            for each in chance.sample(questions(10), 3)
        )
        for _ in range(300)
    ]
    assert_right(compiled(questions(10, 100), numbered(rules)), sets=300)


@pytest.mark.parametrize("count", [1, 300])
def test_rules_that_match_any_of_40_conditions(count: int) -> None:
    chance = random.Random(5)
    asked = questions(40)
    kinds: list[Callable[[str], ConditionContent]] = [
        answered,
        unanswered,
        lambda key: is_(key, "choice-0"),
        lambda key: is_not(key, "choice-1"),
    ]
    rules = [tuple(chance.choice(kinds)(each.key) for each in asked) for _ in range(count)]
    assert_right(compiled(asked, numbered(rules, Match.ANY)))


def test_a_rule_beyond_40_conditions_is_refused_by_name() -> None:
    when = tuple(is_(f"question-{at}", "choice-0") for at in range(MAX_CONDITIONS + 1))
    rules = numbered([when[1:], when])
    assert too_complex(rules) == ("rule-1",)
    with pytest.raises(RuleTooComplexError) as caught:
        compiled(questions(41), rules)
    assert caught.value.keys == ("rule-1",)
