"""durable_rules evaluates guides of which many rules share a condition, and never fails."""

import random

import pytest

from rules.engine.compiled import MAX_CONDITIONS
from tests.engine.agreement import assert_agreement
from tests.engine.guides import choice_is, compile_guide, numbered_rules, other_choice
from tests.engine.shared_conditions import (
    CHOICES,
    COUNTS,
    SHARED_CONDITIONS,
    make_questions,
    nine_lists,
    sharing_rules,
    similar_answers,
    two_choices,
)

pytestmark = pytest.mark.no_cover  # other tests take the same branches


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("shared", SHARED_CONDITIONS)
def test_rules_that_share_a_condition(shared: str, count: int) -> None:
    chance = random.Random(1)
    for own in (two_choices, nine_lists):
        guide = compile_guide(
            make_questions(11), sharing_rules(SHARED_CONDITIONS[shared], own, count)
        )
        for choice in ("choice-0", "choice-1", "choice-2"):
            similar = [similar_answers(guide.guide, chance) for _ in range(10)]
            assert_agreement(guide, [{**answers, "question-0": choice} for answers in similar])
        assert_agreement(guide, [{"question-2": choice} for choice in CHOICES])


def test_300_rules_of_40_conditions_that_share_38_comparisons() -> None:
    shared = [other_choice("question-0", f"question-{index + 1}") for index in range(38)]
    rules = numbered_rules(
        (
            *shared,
            choice_is("question-39", CHOICES[number % len(CHOICES)]),
            choice_is("question-40", CHOICES[number // len(CHOICES)]),
        )
        for number in range(300)
    )
    assert max(len(rule.when) for rule in rules) == MAX_CONDITIONS
    guide = compile_guide(make_questions(41), rules)
    answers = {f"question-{index}": "choice-1" for index in range(41)} | {"question-0": "choice-2"}
    assert guide.fire(answers) == (21,)
    assert_agreement(guide, [answers | {"question-39": choice} for choice in CHOICES])
