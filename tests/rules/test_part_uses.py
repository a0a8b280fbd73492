"""The rules and examples that use each question, choice and outcome, and the words that count them."""

from rules.engine.content import ExampleContent, GuideContent, OutcomeContent
from rules.lookup.part_uses import Uses, find_uses, uses_label
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    conclude_when,
    make_question,
    same_choice,
)

GUIDE = GuideContent(
    "guide",
    "Guide",
    (make_question("q1"), make_question("q2"), make_question("q3")),
    (OutcomeContent("end", "Fin", final=True), OutcomeContent("tip", "Conseil", final=False)),
    (
        ask_when("q1"),
        ask_when("q2", choice_is("q1", "a", "b")),
        conclude_when("end", same_choice("q1", "q2"), choice_is("q1", "a")),
        advise_when("tip", choice_is("q1", "b")),
    ),
    (ExampleContent("Cas", {"q1": "a", "q2": "a"}, ("end",)),),
)


def test_a_question_is_used_by_what_asks_compares_or_answers_it() -> None:
    questions = find_uses(GUIDE).questions
    assert questions["q1"] == Uses(rules=(0, 1, 2, 3), examples=(0,))
    assert questions["q2"] == Uses(rules=(1, 2), examples=(0,))
    assert not questions["q3"]


def test_a_choice_is_used_by_conditions_that_name_it_and_examples_that_give_it() -> None:
    choices = find_uses(GUIDE).choices
    assert choices["q1", "a"] == Uses(rules=(1, 2), examples=(0,))
    assert choices["q1", "b"] == Uses(rules=(1, 3))
    assert choices["q2", "a"] == Uses(examples=(0,))
    assert not choices["q1", "c"]


def test_an_outcome_is_used_by_rules_that_give_it_and_examples_that_expect_it() -> None:
    outcomes = find_uses(GUIDE).outcomes
    assert outcomes["end"] == Uses(rules=(2,), examples=(0,))
    assert outcomes["tip"] == Uses(rules=(3,))


def test_uses_are_counted_in_french() -> None:
    assert uses_label(Uses((1, 2, 3), (0, 1, 2, 3))) == "Utilisée par 3 règles, 4 cas types"
    assert uses_label(Uses((1,))) == "Utilisée par 1 règle"
    assert uses_label(Uses(examples=(1,)), masculine=True) == "Utilisé par 1 cas type"
    assert uses_label(Uses()) == "Pas encore utilisée"
