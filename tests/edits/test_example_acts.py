"""Acts on examples: what they answer, and what they expect."""

from dataclasses import replace

import pytest

from rules.edits.acts.example_acts import (
    answer_in_examples,
    create_example,
    expect_current_outcomes,
    leave_out_unasked_answers,
)
from rules.edits.edit import Act, RefusedActError
from rules.edits.promises import ChangesNothing
from rules.engine.content import ExampleContent, GuideContent
from tests.edits.acts import first_edit, make_guide
from tests.engine.guides import ask_when, choice_is, conclude_when, has_answer, make_question

P, Q, R = (make_question(key, "a", "b") for key in "pqr")
EARLY = ExampleContent("en cours", {"p": "b", "r": "a"}, ("late",))
"""It answers a question that is not asked, but perhaps only as long as another one has no answer."""
SHORT = ExampleContent("court", {"p": "a"}, ("early",))
SILENT = ExampleContent("muet", {"p": "b"}, ("late",))
SILENT_TOO = ExampleContent("muet aussi", {"p": "b"}, ("late",))
TALKATIVE = ExampleContent("bavard", {"p": "a", "q": "a"}, ("early",))
SURPRISED = ExampleContent("surpris", {"p": "a"}, ("late",))
GUIDE = replace(
    make_guide(
        (P, Q, R),
        ask_when("p"),
        conclude_when("early", choice_is("p", "a")),
        ask_when("q", choice_is("p", "b")),
        conclude_when("late", has_answer("q")),
    ),
    examples=(EARLY, SHORT, SILENT, SILENT_TOO, TALKATIVE, SURPRISED),
)
NAMES = [example.name for example in GUIDE.examples]


def changed_examples(act: Act, guide: GuideContent = GUIDE) -> list[ExampleContent]:
    """Returns the examples that an act adds or changes, after a look at everything else."""
    edit = first_edit(guide, act)
    assert edit.promise == ChangesNothing()
    assert replace(edit.content, examples=guide.examples) == guide
    return [example for example in edit.content.examples if example not in guide.examples]


def test_a_question_is_answered_in_the_examples_that_are_asked_it_and_have_no_answer() -> None:
    assert changed_examples(answer_in_examples("q", "b", NAMES)) == [
        replace(EARLY, answers={"p": "b", "r": "a", "q": "b"}),
        replace(SILENT, answers={"p": "b", "q": "b"}),
        replace(SILENT_TOO, answers={"p": "b", "q": "b"}),
    ]


def test_only_the_named_examples_are_answered() -> None:
    [answered] = changed_examples(answer_in_examples("q", "b", [SILENT.name]))
    assert answered.name == SILENT.name


@pytest.mark.parametrize(
    ("expected", "end"),
    [("late", "Ils donnent ce qui est attendu."), ("early", "1 cas type est encore en rouge.")],
)
def test_the_sentence_says_what_the_examples_answer_and_whether_they_hold(
    expected: str, end: str
) -> None:
    doubtful = replace(SILENT, outcomes=(expected,))
    guide = replace(GUIDE, examples=(doubtful, SILENT_TOO))
    edit = first_edit(guide, answer_in_examples("q", "b", NAMES))
    said = "2 cas types répondent maintenant «\u00a0b\u00a0» à la question «\u00a0q\u00a0»."
    assert edit.sentence == f"{said} {end}"


def test_examples_expect_the_conclusions_that_they_get() -> None:
    changed = changed_examples(expect_current_outcomes(NAMES))
    assert changed == [replace(SURPRISED, outcomes=("early",))]


def test_answers_that_are_not_asked_are_removed() -> None:
    changed = changed_examples(leave_out_unasked_answers(NAMES))
    assert changed == [replace(TALKATIVE, answers={"p": "a"})]


def test_an_example_of_a_path_expects_what_it_concludes() -> None:
    [created] = changed_examples(create_example({"p": "b", "q": "a"}))
    assert created == ExampleContent("late (q\u00a0: a)", {"p": "b", "q": "a"}, ("late",))


@pytest.mark.parametrize(
    "act",
    [
        answer_in_examples("p", "a", NAMES),
        answer_in_examples("q", "gone", NAMES),
        answer_in_examples("gone", "a", NAMES),
        answer_in_examples("q", "a", ["gone"]),
        expect_current_outcomes([SHORT.name, SILENT.name]),
        leave_out_unasked_answers([SHORT.name, EARLY.name]),
        create_example({"p": "a"}),
        create_example({"p": "b"}),
    ],
)
def test_an_act_that_would_change_no_example_is_refused(act: Act) -> None:
    with pytest.raises(RefusedActError):
        first_edit(GUIDE, act)
