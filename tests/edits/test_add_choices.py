"""Choices that are added to questions, and their order."""

import json
from dataclasses import replace
from typing import Any

import pytest

from rules.document.parsing import parse_document
from rules.edits.acts import act_series
from rules.edits.acts.add_choices import NewChoice, add_choices, order_choices, set_choices
from rules.edits.acts.new_parts import NewConclusion, NewQuestion
from rules.edits.checking.check_promise import CheckedEdit, Verdict, choose_edit
from rules.edits.edit import RefusedActError
from rules.edits.promises import BehavesAs, ChangesNothing, ChangesOnlyPathsWith
from rules.engine.compiled import CompiledGuide
from rules.engine.content import ChoiceContent, GuideContent, Match
from rules.parcours.stops import Destination
from rules.proof.bounds import THOROUGH_BOUND, BoundKind
from tests.edits.acts import first_edit, make_guide, map_draft, proved_edit, rule_lines
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    choice_is_not,
    conclude_when,
    has_answer,
    make_question,
    other_choice,
    same_choice,
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
    guide = replace(GUIDE, rules=(*GUIDE.rules, advise_when("tip", choice_is("q", "b"))))
    edit = first_edit(guide, add_choices("q", [NewChoice("c", like="a")]))
    assert edit.content.rules[4] == guide.rules[4]
    assert edit.content.rule["ask-p"].when == (choice_is("q", "a", "c"),)
    assert edit.content.rule["conclude-end"].when == (choice_is_not("q", "a", "c"),)
    assert edit.content.rule["conclude-other"] == GUIDE.rule["conclude-other"]


def test_rules_that_compare_the_question_with_another_one_are_named() -> None:
    guide = make_guide((Q, P), *GUIDE.rules, conclude_when("same", same_choice("p", "q")))
    edit = first_edit(guide, add_choices("q", [NewChoice("c")]))
    assert edit.sentence.endswith("Voyez aussi la règle 5, qui compare cette question à une autre.")


def test_a_choice_like_another_one_is_as_equal_to_answers_of_other_questions() -> None:
    guide = make_guide(
        (Q, P),
        ask_when("q"),
        ask_when("p", has_answer("q")),
        conclude_when("same", same_choice("p", "q")),
        conclude_when("other", other_choice("p", "q"), choice_is("q", "a", "b")),
    )
    edit = proved_edit(guide, add_choices("q", [NewChoice("c", like="a")]))
    assert rule_lines(edit.content)[2:] == [
        "p same_as q → same",
        "q is c & p is a → same",
        "p differs_from q & q is a/b → other",
        "q is c & p is_not a → other",
    ]
    assert edit.promise == BehavesAs("q", (("c", "a"),))
    assert edit.sentence.endswith(
        "est ajoutée aux réponses de «\u00a0q\u00a0», comme «\u00a0a\u00a0»."
    )
    other = proved_edit(edit.content, add_choices("p", [NewChoice("c", like="a")]))
    assert other.promise == BehavesAs("p", (("c-2", "a"),))


def test_a_choice_like_another_one_is_so_in_rules_of_which_any_condition_holds() -> None:
    guide = make_guide(
        (Q, make_question("p", "a", "b", "c")),
        ask_when("q"),
        ask_when("p", has_answer("q")),
        replace(
            conclude_when("other", other_choice("q", "p"), choice_is("p", "c")), match=Match.ANY
        ),
        conclude_when("same", same_choice("q", "p")),
    )
    edit = proved_edit(guide, add_choices("q", [NewChoice("d", like="a")]))
    assert rule_lines(edit.content)[2:] == [
        "p is c → other",
        "q differs_from p & q is_not d → other",
        "q is d & p is_not a → other",
        "q same_as p → same",
        "q is d & p is a → same",
    ]


def test_a_choice_like_any_one_of_the_shipped_guide_leads_to_the_same_ends(
    shipped_document: str,
) -> None:
    guide = parse_document(json.loads(shipped_document))
    for question in guide.questions:
        for choice in question.choice:
            edit = proved_edit(guide, add_choices(question.key, [NewChoice("Neuve", like=choice)]))
            assert edit.promise == BehavesAs(question.key, (("neuve", choice),))


def test_a_label_that_reads_like_that_of_another_choice_is_refused() -> None:
    with pytest.raises(RefusedActError, match="se lit comme"):
        first_edit(GUIDE, add_choices("q", [NewChoice("A")]))


def test_a_question_may_not_have_more_choices_than_documents_allow() -> None:
    new = [NewChoice(f"n{number}") for number in range(199)]
    with pytest.raises(RefusedActError, match="Cette question aurait 201 réponses"):
        first_edit(GUIDE, add_choices("q", new))


def test_choices_are_led_to_what_exists_and_to_what_is_new_in_one_act() -> None:
    new = NewChoice("c", destination=NewConclusion("Fin neuve"))
    question = NewQuestion("Neuve ?", ("Oui", "Non"))
    edit = first_edit(GUIDE, set_choices("q", ["a", new, "b"], {"a": question}))
    stop = map_draft(edit.content).parcours.stops[0]
    assert {line.choice: line.cases[0].destination for line in stop.lines} == {
        "a": Destination("neuve"),
        "c": Destination(outcomes=("fin-neuve",)),
        "b": Destination(outcomes=("end",)),
    }
    assert edit.promise == ChangesOnlyPathsWith("q", ("c", "a"))
    assert "Nouveau dans le guide\u00a0: «\u00a0Neuve ?\u00a0»" in edit.sentence


def test_a_choice_of_a_question_that_nobody_comes_to_cannot_be_led_anywhere() -> None:
    guide = make_guide((Q, P), ask_when("p"), conclude_when("end", has_answer("p")))
    new = NewChoice("c", destination=Destination(outcomes=("end",)))
    with pytest.raises(RefusedActError, match="Aucun visiteur ne vient à"):
        first_edit(guide, add_choices("q", [new]))


def test_choices_that_are_led_together_are_proved_only_if_each_step_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft, compiled = map_draft(GUIDE), CompiledGuide(GUIDE)
    edits = set_choices("q", ["a", "b"], {"a": NewConclusion("Fin neuve")})(draft)
    monkeypatch.setattr(act_series, "choose_edit", choose_unproved_edit)
    chosen = choose_edit(draft, compiled, edits, CompiledGuide, THOROUGH_BOUND)
    assert chosen.verdict == Verdict(stopped_by=BoundKind.SECONDS)
    assert "mène à" in chosen.edit.sentence


def choose_unproved_edit(*args: Any) -> CheckedEdit:  # noqa: ANN401 (those of choose_edit)
    return replace(choose_edit(*args), verdict=Verdict(stopped_by=BoundKind.SECONDS))


def test_choices_are_put_in_an_order() -> None:
    edit = first_edit(GUIDE, order_choices("q", ["b", "a"]))
    assert choice_keys(edit.content) == ["b", "a"]
    assert edit.promise == ChangesNothing()


def test_an_order_of_other_choices_than_the_question_has_is_refused() -> None:
    for choices in (["a"], ["a", "b", "c"], ["a", "a"]):
        with pytest.raises(RefusedActError, match="a changé entre-temps"):
            first_edit(GUIDE, order_choices("q", choices))
