"""Advice that is given to choices, or taken away from them."""

import pytest

from rules.edits.acts.advice import NewAdvice, give_advice, withdraw_advice
from rules.edits.edit import RefusedActError
from rules.edits.promises import ChangesOnlyAdvice
from rules.engine.content import GuideContent, Match, RuleContent, Tone
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

Q = make_question("q", "a", "b", "c")
P = make_question("p", "a", "b")
ASKED = (ask_when("p"), ask_when("q", has_answer("p")), conclude_when("end", has_answer("q")))


def advised_guide(*rules: RuleContent) -> GuideContent:
    return make_guide((P, Q), *ASKED, *rules)


def given_rule(guide: GuideContent, *choices: str) -> RuleContent:
    """Returns the rule that gives « tip » after the advice was given to some choices of `q`."""
    return first_edit(guide, give_advice("tip", "q", choices)).content.rule["advise-tip"]


def withdrawn_rule(rule: RuleContent, *choices: str) -> RuleContent | None:
    """Returns a rule after the advice was taken away from some choices of `q`; None if it is gone."""
    edit = first_edit(advised_guide(rule), withdraw_advice(rule.key, "q", choices))
    return edit.content.rule.get(rule.key)


def test_a_rule_that_gives_the_advice_to_a_choice_gives_it_to_another_one_too() -> None:
    guide = advised_guide(advise_when("tip", choice_is("q", "b")))
    assert given_rule(guide, "a") == advise_when("tip", choice_is("q", "a", "b"))


def test_a_choice_that_a_rule_excludes_is_no_longer_excluded() -> None:
    guide = advised_guide(advise_when("tip", choice_is_not("q", "a", "b")))
    assert given_rule(guide, "a") == advise_when("tip", choice_is_not("q", "b"))
    assert given_rule(guide, "a", "b") == advise_when("tip", has_answer("q"))


def test_a_rule_that_needs_one_of_its_conditions_is_widened() -> None:
    rule = advise_when("tip", choice_is("p", "a"), choice_is("q", "b"), match=Match.ANY)
    widened = advise_when("tip", choice_is("p", "a"), choice_is("q", "b", "c"), match=Match.ANY)
    assert given_rule(advised_guide(rule), "c") == widened


def test_a_rule_with_another_condition_is_left_and_a_new_rule_gives_the_advice() -> None:
    guide = advised_guide(advise_when("tip", choice_is("p", "a"), choice_is("q", "b")))
    edit = first_edit(guide, give_advice("tip", "q", ["b"]))
    assert edit.content.rules == (
        *guide.rules[:2],
        RuleContent("tip", (choice_is("q", "b"),), guide.rules[3].effect, "tip"),
        *guide.rules[2:],
    )


def test_a_new_rule_stands_below_those_that_advise_on_the_same_question() -> None:
    guide = make_guide(
        (P, Q),
        *ASKED,
        advise_when("x", choice_is("q", "a")),
        advise_when("y", choice_is("p", "a")),
        advise_when("tip", choice_is("p", "b")),
    )
    edit = first_edit(guide, give_advice("tip", "q", ["c"]))
    assert [*edit.content.rule].index("tip") == [*guide.rule].index("advise-x") + 1


def test_a_rule_without_choices_is_completed() -> None:
    guide = advised_guide(advise_when("tip", choice_is("q")))
    assert given_rule(guide, "a") == advise_when("tip", choice_is("q", "a"))


def test_new_advice_is_created_with_its_rule() -> None:
    act = give_advice(NewAdvice("À lire", Tone.ACTION), "q", ["a", "c"])
    edit = first_edit(advised_guide(), act)
    outcome = edit.content.outcomes[-1]
    assert (outcome.key, outcome.title, outcome.final) == ("a-lire", "À lire", False)
    assert edit.content.rule["a-lire"].when == (choice_is("q", "a", "c"),)
    assert edit.promise == ChangesOnlyAdvice("a-lire", "q", ("a", "c"), is_given=True)
    assert (
        edit.sentence
        == "Le conseil «\u00a0À lire\u00a0» est donné à «\u00a0a\u00a0» et «\u00a0c\u00a0» («\u00a0q\u00a0»)."
    )


def test_a_new_rule_for_all_choices_says_that_there_is_an_answer() -> None:
    edit = first_edit(advised_guide(), give_advice(NewAdvice("À lire"), "q", ["a", "b", "c"]))
    assert edit.content.rule["a-lire"].when == (has_answer("q"),)


def test_advice_that_a_choice_gets_already_is_refused() -> None:
    guide = advised_guide(advise_when("tip", has_answer("q")))
    with pytest.raises(RefusedActError, match="est déjà donné à"):
        first_edit(guide, give_advice("tip", "q", ["a"]))


def test_a_conclusion_or_a_choice_that_is_gone_is_refused() -> None:
    for advice, choice in (("end", "a"), ("gone", "a"), ("tip", "gone")):
        with pytest.raises(RefusedActError):
            first_edit(
                advised_guide(advise_when("tip", choice_is("q", "a"))),
                give_advice(advice, "q", [choice]),
            )


def test_advice_is_taken_out_of_a_list_of_choices() -> None:
    narrower = advise_when("tip", choice_is("q", "a", "c"))
    assert withdrawn_rule(advise_when("tip", choice_is("q", "a", "b", "c")), "b") == narrower


def test_a_rule_of_which_nothing_is_left_is_removed() -> None:
    assert withdrawn_rule(advise_when("tip", choice_is("q", "a")), "a") is None
    assert withdrawn_rule(advise_when("tip", choice_is("p", "a"), choice_is("q", "a")), "a") is None


def test_a_rule_about_any_answer_excludes_the_choice_or_names_the_only_one_left() -> None:
    rule = advise_when("tip", has_answer("q"))
    assert withdrawn_rule(rule, "a") == advise_when("tip", choice_is_not("q", "a"))
    assert withdrawn_rule(rule, "a", "b") == advise_when("tip", choice_is("q", "c"))


def test_a_comparison_excludes_the_choice() -> None:
    rule = advise_when("tip", same_choice("q", "p"))
    narrower = advise_when("tip", same_choice("q", "p"), choice_is_not("q", "a"))
    assert withdrawn_rule(rule, "a") == narrower


def test_a_rule_that_needs_one_of_its_conditions_loses_those_about_the_choice() -> None:
    rule = advise_when("tip", choice_is("q", "a"), choice_is("p", "a"), match=Match.ANY)
    narrower = advise_when("tip", choice_is("p", "a"), match=Match.ANY)
    assert withdrawn_rule(rule, "a") == narrower


@pytest.mark.parametrize(
    "rule",
    [
        advise_when("tip", choice_is("q", "b")),
        advise_when("tip", has_answer("p")),
        advise_when("tip", match=Match.ANY),
        advise_when("tip", same_choice("q", "p"), choice_is("q", "a"), match=Match.ANY),
    ],
)
def test_a_rule_that_cannot_be_narrowed_is_named_in_the_refusal(rule: RuleContent) -> None:
    with pytest.raises(RefusedActError) as refusal:
        withdrawn_rule(rule, "a")
    assert refusal.value.rule == rule.key
