"""Choices that are added to questions, and their order."""

import pytest

from rules.edits.add_choices import NewChoice, add_choices, order_choices
from rules.edits.edit import RefusedActError
from rules.edits.promises import ChangesNothing, ChangesOnlyPathsWith
from rules.engine.content import ChoiceContent, GuideContent
from tests.edits.acts import first_edit, make_guide
from tests.engine.guides import (
    ask_when,
    choice_is,
    choice_is_not,
    conclude_when,
    has_answer,
    make_question,
)

Q = make_question("q", "a", "b")
P = make_question("p", "a", "b")
GUIDE = make_guide(
    (Q, P),
    ask_when("q"),
    ask_when("p", choice_is("q", "a")),
    conclude_when("end", choice_is_not("q", "a")),
    conclude_when("other", has_answer("p"), choice_is("p", "a", "b")),
)


def choice_keys(guide: GuideContent) -> list[str]:
    return [*guide.question["q"].choice]


def test_choices_are_added_after_those_that_a_question_has_and_no_rule_changes() -> None:
    edit = first_edit(GUIDE, add_choices("q", [NewChoice("Écran"), NewChoice("B !")]))
    assert edit.content.question["q"].choices[2:] == (
        ChoiceContent("ecran", "Écran"),
        ChoiceContent("b-2", "B !"),
    )
    assert edit.content.rules == GUIDE.rules
    assert edit.promise == ChangesOnlyPathsWith("q", ("ecran", "b-2"))
    assert edit.sentence == (
        "«\u00a0Écran\u00a0» et «\u00a0B !\u00a0» sont ajoutées aux réponses de «\u00a0q\u00a0»."
    )


def test_a_choice_like_another_one_is_added_wherever_rules_name_that_one() -> None:
    edit = first_edit(GUIDE, add_choices("q", [NewChoice("c", like="a")]))
    assert edit.content.rule["ask-p"].when == (choice_is("q", "a", "c"),)
    assert edit.content.rule["conclude-end"].when == (choice_is_not("q", "a", "c"),)
    assert edit.content.rule["conclude-other"] == GUIDE.rule["conclude-other"]


def test_a_label_that_reads_like_that_of_another_choice_is_refused() -> None:
    with pytest.raises(RefusedActError, match="se lit comme"):
        first_edit(GUIDE, add_choices("q", [NewChoice("A")]))


def test_a_question_may_not_have_more_choices_than_documents_allow() -> None:
    new = [NewChoice(f"n{number}") for number in range(199)]
    with pytest.raises(RefusedActError, match="Cette question aurait 201 réponses"):
        first_edit(GUIDE, add_choices("q", new))


def test_choices_are_put_in_an_order() -> None:
    edit = first_edit(GUIDE, order_choices("q", ["b", "a"]))
    assert choice_keys(edit.content) == ["b", "a"]
    assert edit.promise == ChangesNothing()


def test_an_order_of_other_choices_than_the_question_has_is_refused() -> None:
    for choices in (["a"], ["a", "b", "c"], ["a", "a"]):
        with pytest.raises(RefusedActError, match="a changé entre-temps"):
            first_edit(GUIDE, order_choices("q", choices))
