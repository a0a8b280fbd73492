"""What each condition means, by hand: the engine and the oracle against one table."""

from collections.abc import Mapping

import pytest

from rules.engine.content import ConditionContent, Match
from rules.engine.oracle import fired_positions
from tests.engine.guides import (
    answered,
    compiled,
    conclude,
    differs,
    is_,
    is_not,
    question,
    same,
    unanswered,
)

X, Y = question("x"), question("y")

ONE_CONDITION = [
    (is_("x", "a"), {"x": "a"}, True),
    (is_("x", "a"), {"x": "b"}, False),
    (is_("x", "a"), {}, False),
    (is_("x", "a"), {"y": "a"}, False),
    (is_("x", "a", "b"), {"x": "b"}, True),
    (is_("x", "a", "b"), {"x": "c"}, False),
    (is_("x", "a", "b"), {}, False),
    (is_("x", "a", "a"), {"x": "a"}, True),
    (is_("x", "a", "b", "c"), {"x": "c"}, True),
    (is_("x", "a", "b", "c"), {}, False),
    (is_not("x", "a"), {"x": "a"}, False),
    (is_not("x", "a"), {"x": "b"}, True),
    (is_not("x", "a"), {}, False),
    (is_not("x", "a"), {"y": "b"}, False),
    (is_not("x", "a", "b"), {"x": "b"}, False),
    (is_not("x", "a", "b"), {"x": "c"}, True),
    (is_not("x", "a", "b"), {}, False),
    (is_not("x", "a", "b", "c"), {"x": "a"}, False),
    (same("x", "y"), {"x": "a", "y": "a"}, True),
    (same("x", "y"), {"x": "a", "y": "b"}, False),
    (same("x", "y"), {"x": "a"}, False),
    (same("x", "y"), {"y": "a"}, False),
    (same("x", "y"), {}, False),
    (differs("x", "y"), {"x": "a", "y": "b"}, True),
    (differs("x", "y"), {"x": "a", "y": "a"}, False),
    (differs("x", "y"), {"x": "a"}, False),
    (differs("x", "y"), {"y": "a"}, False),
    (differs("x", "y"), {}, False),
    (answered("x"), {"x": "c"}, True),
    (answered("x"), {}, False),
    (answered("x"), {"y": "a"}, False),
    (unanswered("x"), {"x": "a"}, False),
    (unanswered("x"), {}, True),
    (unanswered("x"), {"y": "a"}, True),
]

TRUE, FALSE = is_("x", "a"), is_("x", "b")
SEVERAL_CONDITIONS = [
    (Match.ALL, (), True),
    (Match.ANY, (), True),
    (Match.ALL, (TRUE, answered("x")), True),
    (Match.ALL, (TRUE, FALSE), False),
    (Match.ALL, (FALSE, FALSE), False),
    (Match.ANY, (TRUE, answered("x")), True),
    (Match.ANY, (FALSE, TRUE), True),
    (Match.ANY, (FALSE, FALSE), False),
    (Match.ANY, (FALSE, unanswered("y")), True),
    (Match.ANY, (same("x", "y"), differs("x", "y")), False),
]


@pytest.mark.parametrize("match", Match)
@pytest.mark.parametrize(("condition", "answers", "expected"), ONE_CONDITION)
def test_a_condition_means_what_the_table_says(
    condition: ConditionContent, match: Match, answers: Mapping[str, str], expected: bool
) -> None:
    guide = compiled([X, Y], [conclude("end", condition, match=match)])
    assert guide.fire(answers) == ((0,) if expected else ())
    assert fired_positions(guide.guide.rules, answers) == ((0,) if expected else ())


@pytest.mark.parametrize(("match", "when", "expected"), SEVERAL_CONDITIONS)
def test_a_rule_joins_its_conditions_as_its_match_says(
    match: Match, when: tuple[ConditionContent, ...], expected: bool
) -> None:
    guide = compiled([X, Y], [conclude("end", *when, match=match)])
    assert guide.fire({"x": "a"}) == ((0,) if expected else ())
    assert fired_positions(guide.guide.rules, {"x": "a"}) == ((0,) if expected else ())


def test_equal_keys_of_two_questions_are_the_same_answer_wherever_they_stand() -> None:
    questions = [question("x", "a", "b"), question("y", "z", "b", "a")]
    guide = compiled(questions, [conclude("end", same("x", "y"))])
    assert guide.fire({"x": "a", "y": "a"}) == (0,)
    assert guide.fire({"x": "a", "y": "z"}) == ()


@pytest.mark.parametrize("choice", ["in", "out", "-", "k", "c0"])
def test_a_choice_named_like_a_word_of_the_engine_is_a_choice_like_others(choice: str) -> None:
    questions = [question("x", "a", "b", choice)]
    rules = [conclude("one", is_("x", choice)), conclude("two", is_not("x", "a", choice))]
    guide = compiled(questions, rules)
    assert [guide.fire({"x": each}) for each in ("a", "b", choice)] == [(), (1,), (0,)]
    assert guide.fire({}) == ()
