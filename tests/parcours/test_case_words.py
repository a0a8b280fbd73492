"""The French words for the requirements of a case."""

from dataclasses import replace

import pytest

from rules.engine.content import ConditionContent, GuideContent, Match, QuestionContent
from rules.parcours.case_words import case_words, requirement_words
from rules.parcours.stops import Case, Destination, Line, Requirement
from tests.engine.guides import (
    choice_is,
    choice_is_not,
    conclude_when,
    has_answer,
    has_no_answer,
    make_question,
    other_choice,
    same_choice,
)


def named_question(key: str, short: str) -> QuestionContent:
    return replace(make_question(key), title=f"Quelle est la {key} ?", short=short)


GUIDE = GuideContent(
    "guide",
    "Guide",
    (named_question("q0", "Méthode"), named_question("q1", "Compte"), named_question("q2", "")),
    (),
    (conclude_when("fin", same_choice("q2", "q0")),),
)


def words_of(*conditions: ConditionContent, match: Match = Match.ALL) -> str:
    """Returns the words for conditions on a line of choice `c`."""
    return requirement_words(GUIDE, "c", [Requirement(match, conditions)])


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (choice_is("q0", "a"), "si Méthode est a"),
        (choice_is("q0", "c"), "si Méthode est aussi c"),
        (choice_is("q0", "a", "b"), "si Méthode est a ou b"),
        (choice_is_not("q0", "a"), "si Méthode n’est pas a"),
        (choice_is_not("q0", "a", "b"), "si Méthode n’est ni a ni b"),
        (same_choice("q0", "q1"), "si Méthode a la même réponse que Compte"),
        (other_choice("q0", "q1"), "si Méthode n’a pas la même réponse que Compte"),
        (has_answer("q0"), "si Méthode a une réponse"),
        (has_no_answer("q0"), "si Méthode n’a pas de réponse"),
        (choice_is("q2", "a"), "si «\u00a0Quelle est la q2 ?\u00a0» est a"),
    ],
)
def test_a_condition_is_said_with_the_name_of_its_question(
    condition: ConditionContent, words: str
) -> None:
    assert words_of(condition) == words


def test_conditions_are_joined_and_those_with_an_alternative_are_in_brackets() -> None:
    assert words_of(choice_is("q0", "a"), choice_is("q1", "b")) == (
        "si Méthode est a et Compte est b"
    )
    assert words_of(choice_is("q0", "a"), choice_is("q1", "b"), match=Match.ANY) == (
        "si Méthode est a ou Compte est b"
    )
    assert words_of(choice_is("q0", "a", "b"), choice_is_not("q1", "b")) == (
        "si (Méthode est a ou b) et Compte n’est pas b"
    )
    several = [
        Requirement(Match.ALL, (choice_is("q2", "b"),)),
        Requirement(Match.ANY, (choice_is("q0", "a"), has_no_answer("q1"))),
    ]
    assert requirement_words(GUIDE, "c", several) == (
        "si «\u00a0Quelle est la q2 ?\u00a0» est b et (Méthode est a ou Compte n’a pas de réponse)"
    )


def test_the_last_case_of_several_is_sinon_and_a_single_one_has_no_words() -> None:
    first = Case((Requirement(Match.ALL, (choice_is("q0", "c"),)),), Destination("q1"), (0,), ())
    last = Case((), Destination("q1"), (0,), ())
    line = Line("q2", "c", (first, last), ())
    assert case_words(GUIDE, line, first) == "si Méthode est aussi c"
    assert case_words(GUIDE, line, last) == "sinon"
    assert case_words(GUIDE, replace(line, cases=(last,)), last) == ""


def test_lines_whose_rule_compares_questions_have_words_in_common() -> None:
    def shared_words(condition: ConditionContent) -> str:
        case = Case((Requirement(Match.ALL, (condition,)),), Destination("q1"), (0,), ())
        line = Line("q2", "c", (case, case), ())
        return case_words(GUIDE, line, case, is_shared=True)

    assert shared_words(choice_is("q0", "c")) == "si même réponse qu’à Méthode"
    assert shared_words(choice_is_not("q0", "c")) == "si autre réponse qu’à Méthode"
    assert shared_words(choice_is("q1", "c")) == "si Compte est c"
