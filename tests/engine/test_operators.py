"""The engine and the oracle give each condition the meaning that is written here by hand."""

from collections.abc import Mapping

import pytest

from rules.engine.content import ConditionContent, Match
from rules.engine.oracle import fired_positions
from tests.engine.guides import (
    choice_is,
    choice_is_not,
    compile_guide,
    conclude_when,
    has_answer,
    has_no_answer,
    make_question,
    other_choice,
    same_choice,
)

X, Y = make_question("x"), make_question("y")

ONE_CONDITION = [
    (choice_is("x", "a"), {"x": "a"}, True),
    (choice_is("x", "a"), {"x": "b"}, False),
    (choice_is("x", "a"), {}, False),
    (choice_is("x", "a"), {"y": "a"}, False),
    (choice_is("x", "a", "b"), {"x": "b"}, True),
    (choice_is("x", "a", "b"), {"x": "c"}, False),
    (choice_is("x", "a", "b"), {}, False),
    (choice_is("x", "a", "a"), {"x": "a"}, True),
    (choice_is("x", "a", "b", "c"), {"x": "c"}, True),
    (choice_is("x", "a", "b", "c"), {}, False),
    (choice_is_not("x", "a"), {"x": "a"}, False),
    (choice_is_not("x", "a"), {"x": "b"}, True),
    (choice_is_not("x", "a"), {}, False),
    (choice_is_not("x", "a"), {"y": "b"}, False),
    (choice_is_not("x", "a", "b"), {"x": "b"}, False),
    (choice_is_not("x", "a", "b"), {"x": "c"}, True),
    (choice_is_not("x", "a", "b"), {}, False),
    (choice_is_not("x", "a", "b", "c"), {"x": "a"}, False),
    (same_choice("x", "y"), {"x": "a", "y": "a"}, True),
    (same_choice("x", "y"), {"x": "a", "y": "b"}, False),
    (same_choice("x", "y"), {"x": "a"}, False),
    (same_choice("x", "y"), {"y": "a"}, False),
    (same_choice("x", "y"), {}, False),
    (other_choice("x", "y"), {"x": "a", "y": "b"}, True),
    (other_choice("x", "y"), {"x": "a", "y": "a"}, False),
    (other_choice("x", "y"), {"x": "a"}, False),
    (other_choice("x", "y"), {"y": "a"}, False),
    (other_choice("x", "y"), {}, False),
    (has_answer("x"), {"x": "c"}, True),
    (has_answer("x"), {}, False),
    (has_answer("x"), {"y": "a"}, False),
    (has_no_answer("x"), {"x": "a"}, False),
    (has_no_answer("x"), {}, True),
    (has_no_answer("x"), {"y": "a"}, True),
]

TRUE, FALSE = choice_is("x", "a"), choice_is("x", "b")
SEVERAL_CONDITIONS = [
    (Match.ALL, (), True),
    (Match.ANY, (), True),
    (Match.ALL, (TRUE, has_answer("x")), True),
    (Match.ALL, (TRUE, FALSE), False),
    (Match.ALL, (FALSE, FALSE), False),
    (Match.ANY, (TRUE, has_answer("x")), True),
    (Match.ANY, (FALSE, TRUE), True),
    (Match.ANY, (FALSE, FALSE), False),
    (Match.ANY, (FALSE, has_no_answer("y")), True),
    (Match.ANY, (same_choice("x", "y"), other_choice("x", "y")), False),
]


@pytest.mark.parametrize("match", Match)
@pytest.mark.parametrize(("condition", "answers", "expected"), ONE_CONDITION)
def test_a_condition_holds_exactly_if_expected(
    condition: ConditionContent, match: Match, answers: Mapping[str, str], expected: bool
) -> None:
    guide = compile_guide([X, Y], [conclude_when("end", condition, match=match)])
    assert guide.fire(answers) == ((0,) if expected else ())
    assert fired_positions(guide.guide.rules, answers) == ((0,) if expected else ())


@pytest.mark.parametrize(("match", "when", "expected"), SEVERAL_CONDITIONS)
def test_a_rule_combines_its_conditions_by_all_or_any(
    match: Match, when: tuple[ConditionContent, ...], expected: bool
) -> None:
    guide = compile_guide([X, Y], [conclude_when("end", *when, match=match)])
    assert guide.fire({"x": "a"}) == ((0,) if expected else ())
    assert fired_positions(guide.guide.rules, {"x": "a"}) == ((0,) if expected else ())


def test_choices_with_the_same_key_are_the_same_answer_whatever_their_order() -> None:
    questions = [make_question("x", "a", "b"), make_question("y", "z", "b", "a")]
    guide = compile_guide(questions, [conclude_when("end", same_choice("x", "y"))])
    assert guide.fire({"x": "a", "y": "a"}) == (0,)
    assert guide.fire({"x": "a", "y": "z"}) == ()


@pytest.mark.parametrize("choice", ["in", "out", "-", "k", "c0"])
def test_a_choice_may_have_a_key_that_the_engine_uses_as_a_code(choice: str) -> None:
    questions = [make_question("x", "a", "b", choice)]
    rules = [
        conclude_when("one", choice_is("x", choice)),
        conclude_when("two", choice_is_not("x", "a", choice)),
    ]
    guide = compile_guide(questions, rules)
    assert [guide.fire({"x": answer}) for answer in ("a", "b", choice)] == [(), (1,), (0,)]
    assert guide.fire({}) == ()
