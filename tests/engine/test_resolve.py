"""The states of guides that are small enough to be worked out by hand."""

import pytest

from rules.engine.content import Answers, Match
from rules.engine.resolve import UnknownAnswerError, known_answers
from rules.engine.state import GivenOutcome, Reason, State, Status
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    compile_guide,
    conclude_when,
    has_answer,
    has_no_answer,
    make_question,
)

POSTER = compile_guide(
    [
        make_question("first", "yes", "no"),
        make_question("second", "yes", "no"),
        make_question("third"),
    ],
    [
        ask_when("first"),
        advise_when("explanation", choice_is("first", "yes")),
        ask_when("second", choice_is("first", "yes")),
        ask_when("third", choice_is("first", "no")),
        conclude_when("done", choice_is("second", "yes")),
        conclude_when("help", choice_is("second", "no")),
        conclude_when("help-more", choice_is("third", "a")),
    ],
)


def outcome_keys(outcomes: tuple[GivenOutcome, ...]) -> list[str]:
    return [given.outcome for given in outcomes]


def test_without_answers_the_first_question_is_asked() -> None:
    state = POSTER.resolve({})
    assert state == State(Status.IN_PROGRESS, (), (), "first", (), (), ("ask-first",))


def test_an_answer_leads_to_the_next_question() -> None:
    state = POSTER.resolve({"first": "no"})
    assert (state.status, state.question) == (Status.IN_PROGRESS, "third")
    assert state.answers == (("first", "no"),)


def test_a_concluding_rule_completes_the_diagnostic() -> None:
    state = POSTER.resolve({"first": "yes", "second": "no"})
    assert (state.status, state.question) == (Status.COMPLETED, None)
    assert outcome_keys(state.outcomes) == ["help"]


def test_answers_are_in_the_order_of_the_path() -> None:
    state = POSTER.resolve({"second": "yes", "first": "yes"})
    assert state.answers == (("first", "yes"), ("second", "yes"))


def test_a_state_that_asks_and_concludes_nothing_is_stuck() -> None:
    state = POSTER.resolve({"first": "no", "third": "b"})
    assert (state.status, state.question, state.outcomes) == (Status.STUCK, None, ())


def test_a_guide_without_rules_is_stuck() -> None:
    assert compile_guide([make_question("x")], []).resolve({}).status is Status.STUCK


def test_a_state_lists_all_rules_that_hold_in_rule_order() -> None:
    state = POSTER.resolve({"first": "yes"})
    assert state.fired == ("ask-first", "advise-explanation", "ask-second")


def test_the_first_rule_whose_question_is_not_on_the_path_asks_it() -> None:
    rules = [ask_when("x"), ask_when("y"), ask_when("z")]
    guide = compile_guide([make_question("z"), make_question("y"), make_question("x")], rules)
    assert [
        guide.resolve(answers).question for answers in ({}, {"x": "a"}, {"x": "a", "y": "a"})
    ] == [
        "x",
        "y",
        "z",
    ]


def test_nothing_is_asked_after_a_conclusion() -> None:
    guide = compile_guide([make_question("x")], [ask_when("x"), conclude_when("end")])
    assert guide.resolve({}).status is Status.COMPLETED
    assert guide.resolve({"x": "a"}).ignored == ("x",)


def test_an_outcome_of_several_rules_is_given_once_with_all_reasons() -> None:
    rules = [conclude_when("two"), conclude_when("one"), conclude_when("two", has_no_answer("x"))]
    state = compile_guide([make_question("x")], rules).resolve({})
    assert outcome_keys(state.outcomes) == ["two", "one"]
    assert [len(given.because) for given in state.outcomes] == [2, 1]


def test_advice_whose_rule_holds_no_more_is_not_given() -> None:
    rules = [
        ask_when("x"),
        ask_when("y"),
        advise_when("before", has_no_answer("x")),
        advise_when("after", has_answer("x")),
    ]
    guide = compile_guide([make_question("x"), make_question("y")], rules)
    assert outcome_keys(guide.resolve({}).advice) == ["before"]
    assert outcome_keys(guide.resolve({"x": "a"}).advice) == ["after"]


def test_advice_is_given_beside_a_conclusion() -> None:
    state = POSTER.resolve({"first": "yes", "second": "yes"})
    assert (outcome_keys(state.advice), outcome_keys(state.outcomes)) == (["explanation"], ["done"])


def test_answers_off_the_path_are_ignored_in_the_order_of_the_guide() -> None:
    state = POSTER.resolve({"third": "a", "second": "yes"})
    assert (state.question, state.answers) == ("first", ())
    assert state.ignored == ("second", "third")


def test_an_answer_that_a_change_takes_off_the_path_counts_again_after_changing_back() -> None:
    begun = {"first": "yes", "second": "yes"}
    changed = POSTER.resolve(begun | {"first": "no"})
    assert (changed.question, changed.ignored) == ("third", ("second",))
    assert POSTER.resolve(begun).status is Status.COMPLETED


def test_a_rule_does_not_see_answers_off_the_path() -> None:
    rules = [
        ask_when("x"),
        conclude_when("never", has_answer("y")),
        conclude_when("end", has_answer("x")),
    ]
    state = compile_guide([make_question("x"), make_question("y")], rules).resolve(
        {"x": "a", "y": "a"}
    )
    assert outcome_keys(state.outcomes) == ["end"]


def test_a_reason_names_the_rule_and_the_answers_that_made_it_hold() -> None:
    state = POSTER.resolve({"first": "yes", "second": "no"})
    assert state.advice[0].because == (Reason("advise-explanation", (("first", "yes"),)),)
    assert state.outcomes[0].because == (Reason("conclude-help", (("second", "no"),)),)


def test_the_reason_of_a_rule_that_matches_any_has_only_the_answers_of_true_conditions() -> None:
    rules = [
        ask_when("x"),
        ask_when("y"),
        conclude_when("end", choice_is("x", "a"), choice_is("y", "a"), match=Match.ANY),
    ]
    guide = compile_guide([make_question("x"), make_question("y")], rules)
    state = guide.resolve({"x": "b", "y": "a"})
    assert state.outcomes[0].because == (Reason("conclude-end", (("y", "a"),)),)


@pytest.mark.parametrize(
    ("answers", "question_key", "choice"),
    [
        ({"fourth": "yes"}, "fourth", None),
        ({"first": "maybe"}, "first", "maybe"),
        ({"third": "yes"}, "third", "yes"),
        ({"first": ""}, "first", ""),
    ],
)
def test_an_unknown_answer_is_an_error_before_any_evaluation(
    answers: Answers, question_key: str, choice: str | None
) -> None:
    with pytest.raises(UnknownAnswerError) as caught:
        POSTER.resolve(answers)
    assert (caught.value.question, caught.value.choice) == (question_key, choice)


def test_firing_refuses_an_unknown_choice() -> None:
    with pytest.raises(UnknownAnswerError):
        POSTER.fire({"first": "maybe"})


def test_the_same_answers_give_the_same_state_in_any_order() -> None:
    state = POSTER.resolve({"first": "yes", "second": "no", "third": "a"})
    assert state == POSTER.resolve({"third": "a", "second": "no", "first": "yes"})


def test_known_answers_leave_out_unknown_questions_and_choices() -> None:
    answers = {"third": "b", "first": "yes", "second": "maybe", "fourth": "a"}
    assert list(known_answers(POSTER.guide, answers).items()) == [("first", "yes"), ("third", "b")]


def test_statuses_have_the_values_that_the_api_promises() -> None:
    assert [status.value for status in Status] == ["in_progress", "completed", "stuck"]
