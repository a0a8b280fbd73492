"""Outcomes and choices that are removed or replaced; rules and examples that are removed."""

from dataclasses import replace

import pytest

from rules.edits.acts.part_removals import (
    remove_choice,
    remove_example,
    remove_outcome,
    remove_rule,
    replace_choice,
    replace_outcome,
)
from rules.edits.edit import Act, RefusedActError
from rules.edits.promises import (
    ChangesNothing,
    ChangesOnlyPathsTo,
    ChangesOnlyPathsWith,
    ReplacesOutcome,
    ShowsChanges,
)
from rules.engine.content import ExampleContent, RuleContent
from tests.edits.acts import first_edit, make_guide
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    choice_is_not,
    conclude_when,
    has_answer,
    make_question,
    same_choice,
)

P = make_question("p", "a", "b", "c")
EXAMPLES = (
    ExampleContent("Un", {"p": "a"}, ("end", "other")),
    ExampleContent("Deux", {"p": "b"}, ("other",)),
)
GUIDE = replace(
    make_guide(
        (P,),
        ask_when("p"),
        conclude_when("end", choice_is("p", "a")),
        conclude_when("other", choice_is("p", "a", "b")),
        replace(conclude_when("other", choice_is("p", "a")), key="twin"),
        advise_when("tip", choice_is_not("p", "c")),
    ),
    examples=EXAMPLES,
)


def changed_rule(rule: RuleContent, act: Act) -> RuleContent | None:
    """Returns a rule after an act on a guide that has it beside its question; None if it is gone."""
    return first_edit(make_guide((P,), ask_when("p"), rule), act).content.rule.get(rule.key)


def test_the_rules_that_give_an_outcome_fall_with_it_and_examples_expect_the_others() -> None:
    edit = first_edit(GUIDE, remove_outcome("end"))
    assert edit.promise == ChangesOnlyPathsTo("end")
    assert [*edit.content.rule] == ["ask-p", "conclude-other", "twin", "advise-tip"]
    assert "end" not in edit.content.outcome
    assert [example.outcomes for example in edit.content.examples] == [("other",), ("other",)]
    assert edit.sentence == "La conclusion «\u00a0end\u00a0» est supprimée."


def test_the_rules_that_gave_an_outcome_give_its_replacement_and_no_rule_says_it_twice() -> None:
    edit = first_edit(GUIDE, replace_outcome("end", "other"))
    assert edit.promise == ReplacesOutcome("end", "other")
    assert edit.content.rule["conclude-end"].target == "other"
    assert [*edit.content.rule] == ["ask-p", "conclude-end", "conclude-other", "advise-tip"]
    assert edit.content.examples[0].outcomes == ("other",)


def test_advice_takes_no_conclusion_s_place() -> None:
    with pytest.raises(RefusedActError, match="Un conseil ne peut pas"):
        first_edit(GUIDE, replace_outcome("end", "tip"))


def test_a_choice_goes_from_rules_and_from_answers_of_examples() -> None:
    edit = first_edit(GUIDE, remove_choice("p", "a"))
    assert edit.promise == ChangesOnlyPathsWith("p", ("a",))
    assert [*edit.content.question["p"].choice] == ["b", "c"]
    assert edit.content.rules == (
        ask_when("p"),
        conclude_when("other", choice_is("p", "b")),
        advise_when("tip", choice_is_not("p", "c")),
    )
    assert [example.answers for example in edit.content.examples] == [{}, {"p": "b"}]


def test_a_rule_that_excluded_only_this_choice_holds_once_its_question_is_answered() -> None:
    rule = advise_when("tip", choice_is_not("p", "c"))
    assert changed_rule(rule, remove_choice("p", "c")) == advise_when("tip", has_answer("p"))


def test_a_rule_that_excluded_all_other_choices_falls_with_this_one() -> None:
    assert (
        changed_rule(conclude_when("end", choice_is_not("p", "a", "b")), remove_choice("p", "c"))
        is None
    )


def test_a_rule_whose_conditions_never_hold_together_without_this_choice_falls_with_it() -> None:
    contradictory = (
        conclude_when("end", choice_is("p", "a", "b"), choice_is("p", "b", "c")),
        conclude_when("end", choice_is("p", "a"), same_choice("p", "q")),
    )
    guide = make_guide((P, make_question("q", "b", "c")), ask_when("p"), contradictory[0])
    assert [*first_edit(guide, remove_choice("p", "b")).content.rule] == ["ask-p"]
    assert "conclude-end" in first_edit(guide, remove_choice("p", "c")).content.rule
    never = replace(guide, rules=(guide.rules[0], contradictory[1]))
    assert "conclude-end" in first_edit(never, remove_choice("p", "b")).content.rule


def test_a_choice_that_no_rule_names_takes_the_place_of_another_in_rules_and_examples() -> None:
    rules = (ask_when("p"), conclude_when("end", choice_is("p", "a")))
    guide = replace(
        make_guide((P,), *rules), examples=(ExampleContent("Un", {"p": "a"}, ("end",)),)
    )
    edit = first_edit(guide, replace_choice("p", "a", "c"))
    assert edit.promise == ChangesOnlyPathsWith("p", ("a", "c"))
    assert edit.content.rules == (ask_when("p"), conclude_when("end", choice_is("p", "c")))
    assert edit.content.examples[0].answers == {"p": "c"}


def test_a_choice_with_rules_of_its_own_keeps_them_when_it_takes_the_place_of_another() -> None:
    edit = first_edit(GUIDE, replace_choice("p", "a", "b"))
    assert edit.promise == ChangesOnlyPathsWith("p", ("a",))
    assert edit.content.rules == first_edit(GUIDE, remove_choice("p", "a")).content.rules
    assert edit.content.examples[0].answers == {"p": "b"}


def test_a_rule_and_an_example_are_removed() -> None:
    without_rule = first_edit(GUIDE, remove_rule("twin"))
    assert (without_rule.promise, len(without_rule.content.rules)) == (ShowsChanges(), 4)
    assert without_rule.sentence.startswith("La règle 4 (→ other) est supprimée\u00a0: «\u00a0Si “")
    without_example = first_edit(GUIDE, remove_example(EXAMPLES[0]))
    assert without_example.promise == ChangesNothing()
    assert without_example.content.examples == EXAMPLES[1:]


@pytest.mark.parametrize(
    "act",
    [
        remove_outcome("gone"),
        replace_outcome("end", "gone"),
        replace_outcome("end", "end"),
        remove_choice("p", "gone"),
        remove_choice("gone", "a"),
        replace_choice("p", "a", "gone"),
        remove_rule("gone"),
        remove_example(replace(EXAMPLES[0], name="gone")),
    ],
)
def test_what_is_gone_already_is_refused(act: Act) -> None:
    with pytest.raises(RefusedActError, match="n’existe plus"):
        first_edit(GUIDE, act)
