"""A question that is removed, with what depends on it."""

from dataclasses import replace

import pytest

from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.edits.acts.fallen_parts import FallenParts, find_fallen_parts
from rules.edits.acts.question_removal import (
    content_without_question,
    remove_question,
    remove_question_and_go_on,
    remove_question_and_lead,
    remove_question_as_if,
)
from rules.edits.arrows import Arrow
from rules.edits.checking.check_promise import choose_edit
from rules.edits.edit import Act, Edit, RefusedActError
from rules.edits.promises import ChangesOnlyPathsWith, LeadsTo, LeavesOutQuestion
from rules.engine.compiled import CompiledGuide
from rules.engine.content import (
    ConditionContent,
    ExampleContent,
    GuideContent,
    Match,
    Operator,
    RuleContent,
)
from rules.parcours.stops import Destination
from rules.proof.bounds import THOROUGH_BOUND
from tests.edits.acts import make_guide, map_draft
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    choice_is_not,
    conclude_when,
    has_answer,
    has_no_answer,
    make_question,
    other_choice,
    same_choice,
)

P, Q, R, S = (make_question(key, "a", "b") for key in "pqrs")


def chosen_edit(guide: GuideContent, act: Act) -> Edit:
    """Returns the edit of an act that is proved to keep its promise."""
    draft = map_draft(guide)
    evaluated = CompiledGuide(leave_out_unfinished_parts(guide))
    checked = choose_edit(
        draft,
        evaluated,
        act(draft),
        lambda content: CompiledGuide(leave_out_unfinished_parts(content)),
        THOROUGH_BOUND,
    )
    assert checked.verdict.is_proved
    return checked.edit


def rules_without(question: str, *rules: RuleContent) -> tuple[RuleContent, ...]:
    """Returns rules as they are once a question is removed that nobody has answered."""
    return content_without_question(make_guide((P, Q, R), *rules), question).rules


def test_a_question_whose_choices_made_no_difference_is_left_out_and_its_arrows_lead_on() -> None:
    guide = make_guide(
        (P, Q, R),
        ask_when("p"),
        ask_when("q", choice_is("p", "a")),
        ask_when("r", has_answer("q")),
        conclude_when("end", choice_is("p", "b")),
        conclude_when("other", has_answer("r")),
    )
    edit = chosen_edit(guide, remove_question("q"))
    assert edit.promise == LeavesOutQuestion("q")
    assert edit.content.questions == (P, R)
    assert edit.content.rules == (
        ask_when("p"),
        ask_when("r", choice_is("p", "a")),
        *guide.rules[3:],
    )
    assert edit.sentence == "La question «\u00a0q\u00a0» est supprimée."


def test_two_choices_whose_rules_do_the_same_make_no_difference() -> None:
    guide = make_guide(
        (P, Q),
        ask_when("p"),
        ask_when("q", choice_is("p", "a")),
        conclude_when("end", choice_is("q", "a")),
        replace(conclude_when("end", choice_is("q", "b")), key="twin"),
        conclude_when("other", choice_is("p", "b")),
    )
    edit = chosen_edit(guide, remove_question("q"))
    assert edit.promise == LeavesOutQuestion("q")
    assert edit.content.rule["conclude-end"].when == (choice_is("p", "a"),)
    assert "twin" not in edit.content.rule


DECIDING = make_guide(
    (P, Q, R),
    ask_when("p"),
    ask_when("q", choice_is("p", "a")),
    conclude_when("end", choice_is("q", "a")),
    ask_when("r", choice_is("q", "b")),
    conclude_when("other", choice_is("p", "b")),
    conclude_when("third", has_answer("r")),
)


def test_what_depends_on_a_question_that_makes_a_difference_falls_with_it() -> None:
    edit = chosen_edit(DECIDING, remove_question("q"))
    assert edit.promise == ChangesOnlyPathsWith("q")
    assert [*edit.content.rule] == ["ask-p", "conclude-other", "conclude-third"]


def test_a_question_is_removed_as_if_all_visitors_gave_it_the_same_answer() -> None:
    edit = chosen_edit(DECIDING, remove_question_as_if("q", "b"))
    assert edit.promise == LeavesOutQuestion("q", "b")
    assert [*edit.content.rule] == ["ask-p", "ask-r", "conclude-other", "conclude-third"]
    assert edit.content.rule["ask-r"].when == (choice_is("p", "a"),)
    assert edit.sentence == (
        "La question «\u00a0q\u00a0» est supprimée, comme si tout le monde répondait «\u00a0b\u00a0»."
    )


def test_the_arrows_of_a_question_are_led_to_where_the_editor_says() -> None:
    destination = Destination(outcomes=("other",))
    edit = chosen_edit(DECIDING, remove_question_and_lead("q", destination))
    assert edit.promise == LeadsTo((Arrow("p", "a", ("ask-q",)),), destination)
    assert edit.content.question.keys() == {"p", "r"}
    assert not any("q" in rule.questions for rule in edit.content.rules)
    assert edit.sentence == (
        "La question «\u00a0q\u00a0» est supprimée\u00a0; les visiteurs passent à "
        "«\u00a0other\u00a0»."
    )


def test_where_all_choices_lead_to_the_same_place_visitors_go_on_without_the_question_and_its_advice() -> (
    None
):
    guide = make_guide(
        (P, Q, R, S),
        ask_when("p"),
        ask_when("q", has_answer("p")),
        advise_when("tip", choice_is("q", "a")),
        ask_when("r", has_answer("q")),
        ask_when("s", has_answer("q"), choice_is("r", "b")),
        conclude_when("end", choice_is("r", "a")),
        conclude_when("other", has_answer("s")),
    )
    lead = remove_question_and_lead("q", Destination("r"))
    for act, place in ((remove_question_and_go_on("q"), "la suite"), (lead, "«\u00a0r\u00a0»")):
        edit = chosen_edit(guide, act)
        assert edit.promise == LeavesOutQuestion("q", loses_advice=True)
        assert edit.content.rule["ask-r"].when == (has_answer("p"),)
        assert edit.content.rule["ask-s"].when == (choice_is("r", "b"),)
        assert "advise-tip" not in edit.content.rule
        assert edit.sentence == (
            "La question «\u00a0q\u00a0» est supprimée, avec ses conseils\u00a0; les visiteurs passent à "
            f"{place}."
        )


def test_visitors_go_on_as_those_whose_choice_leads_to_the_place() -> None:
    edit = chosen_edit(DECIDING, remove_question_and_lead("q", Destination("r")))
    assert edit.promise == LeavesOutQuestion("q", "b")
    assert edit.content.rule["ask-r"].when == (choice_is("p", "a"),)


def test_where_later_rules_tell_the_choices_apart_visitors_do_not_go_on_as_if_they_gave_one_of_them() -> (
    None
):
    guide = make_guide(
        (P, Q),
        ask_when("q"),
        ask_when("p", has_answer("q")),
        conclude_when("end", has_answer("p"), choice_is("q", "a")),
        conclude_when("other", has_answer("p"), choice_is("q", "b")),
    )
    for act in (
        remove_question_and_go_on("q"),
        remove_question_and_lead("q", Destination("p")),
    ):
        edit = chosen_edit(guide, act)
        assert not isinstance(edit.promise, LeavesOutQuestion)
        assert [*edit.content.rule] == ["ask-p"]


def test_arrows_are_not_led_to_the_question_that_is_removed() -> None:
    with pytest.raises(RefusedActError, match="question supprimée"):
        chosen_edit(DECIDING, remove_question_and_lead("q", Destination("q")))


def test_a_question_that_no_arrow_leads_to_is_removed_whatever_its_arrows_should_lead_to() -> None:
    guide = make_guide((P, Q), ask_when("p"), conclude_when("end", has_answer("p")))
    edit = chosen_edit(guide, remove_question_and_lead("q", Destination(outcomes=("end",))))
    assert edit.promise == LeavesOutQuestion("q")
    assert edit.content.rules == guide.rules


def test_comparisons_with_the_question_become_conditions_on_the_other_question() -> None:
    guide = make_guide(
        (P, Q),
        ask_when("p"),
        ask_when("q", has_answer("p")),
        conclude_when("end", same_choice("q", "p")),
        conclude_when("other", other_choice("p", "q")),
    )
    rule = chosen_edit(guide, remove_question_as_if("q", "a")).content.rule
    assert rule["conclude-end"].when == (choice_is("p", "a"),)
    assert rule["conclude-other"].when == (choice_is_not("p", "a"),)


def test_what_was_asked_or_concluded_after_the_question_waits_for_the_questions_before_it() -> None:
    """The rule that asks `q` has no condition: that `p` comes first is said by the order alone."""
    guide = make_guide(
        (P, Q),
        ask_when("p"),
        ask_when("q"),
        conclude_when("end", choice_is("q", "a")),
        conclude_when("other", choice_is("q", "b")),
    )
    content = chosen_edit(guide, remove_question_as_if("q", "a")).content
    assert content.rule["conclude-end"].when == (has_answer("p"),)


def test_a_rule_that_one_of_its_conditions_makes_hold_still_holds_by_the_others() -> None:
    guide = make_guide(
        (P, Q),
        ask_when("p"),
        ask_when("q", choice_is("p", "a")),
        conclude_when("end", choice_is("p", "b"), has_answer("q"), match=Match.ANY),
    )
    content = chosen_edit(guide, remove_question_as_if("q", "a")).content
    assert content.rules == (ask_when("p"), conclude_when("end", has_answer("p")))


def test_a_rule_does_not_get_more_conditions_than_anyone_would_read() -> None:
    """The question is asked by 60 rules, each of which looks at another question."""
    others = tuple(make_question(f"o{number}", "a", "b") for number in range(60))
    asking = [replace(ask_when("q", has_no_answer(one.key)), key=one.key) for one in others]
    guide = make_guide((*others, Q), *asking, conclude_when("end", choice_is("q", "a")))
    edits = [*remove_question_as_if("q", "a")(map_draft(guide))]
    assert [edit.content.rules for edit in edits] == [
        (conclude_when("end"),),
        (conclude_when("end", has_no_answer("o0")),),
    ]


def test_a_rule_that_asks_for_two_answers_to_one_question_falls() -> None:
    rule = conclude_when("other", choice_is("p", "b"), choice_is("q", "a"))
    guide = replace(DECIDING, rules=(*DECIDING.rules, replace(rule, key="never")))
    content = chosen_edit(guide, remove_question_as_if("q", "a")).content
    assert "never" not in content.rule


def test_nobody_is_taken_to_give_the_first_answer_where_the_proof_has_stopped() -> None:
    draft = map_draft(DECIDING)
    unknown = replace(draft, parcours=replace(draft.parcours, is_complete=False))
    [edit] = remove_question("q")(unknown)
    assert edit.promise == ChangesOnlyPathsWith("q")


def test_a_condition_that_nobody_can_meet_any_more_takes_its_rule_along() -> None:
    rules = (
        conclude_when("end", has_answer("p"), choice_is_not("q", "a")),
        advise_when("tip", same_choice("p", "q")),
        advise_when("note", choice_is("p", "a"), has_answer("q"), match=Match.ANY),
        advise_when("more", choice_is("p", "a"), has_no_answer("q")),
    )
    assert rules_without("q", *rules) == (
        advise_when("note", choice_is("p", "a"), match=Match.ANY),
        advise_when("more", choice_is("p", "a")),
    )


def test_a_rule_that_says_the_same_as_an_earlier_one_falls_unless_it_did_so_before() -> None:
    twin = replace(advise_when("tip", choice_is("p", "a")), key="twin")
    changed = replace(advise_when("tip", choice_is("p", "a"), has_no_answer("q")), key="changed")
    first = advise_when("tip", choice_is("p", "a"))
    assert rules_without("q", first, twin, changed) == (first, twin)


def test_a_rule_that_was_left_out_for_its_condition_on_the_question_does_not_begin_to_hold() -> (
    None
):
    unfinished = ConditionContent("q", Operator.SAME_AS)
    rule = advise_when("tip", unfinished, choice_is("p", "a"), match=Match.ANY)
    assert rules_without("q", rule) == ()


def test_a_rule_that_is_left_out_for_another_condition_stays_as_it_is() -> None:
    unfinished = ConditionContent("p", Operator.IS)
    rule = advise_when("tip", unfinished, has_no_answer("q"))
    assert rules_without("q", rule) == (advise_when("tip", unfinished),)


def test_what_falls_with_a_question_is_known_before_it_is_removed() -> None:
    guide = replace(
        DECIDING,
        rules=(*DECIDING.rules, advise_when("tip", choice_is("p", "a"), has_no_answer("q"))),
        examples=(
            ExampleContent("Sans", {"p": "b"}, ("other",)),
            ExampleContent("Avec", {"p": "a", "q": "a"}, ("end",)),
        ),
    )
    content = content_without_question(guide, "q")
    assert find_fallen_parts(guide, content) == FallenParts(
        removed_rules=("ask-q", "conclude-end", "ask-r"),
        changed_rules=("advise-tip",),
        changed_examples=(1,),
    )
    assert content.examples[1] == ExampleContent("Avec", {"p": "a"}, ("end",))


def test_a_question_that_is_gone_and_an_answer_that_is_gone_are_refused() -> None:
    for act in (remove_question("gone"), remove_question_as_if("q", "gone")):
        with pytest.raises(RefusedActError, match="n’existe plus"):
            chosen_edit(DECIDING, act)


def test_a_rule_that_requires_more_than_another_one_is_not_written() -> None:
    guide = make_guide(
        (P, Q, R),
        ask_when("p"),
        ask_when("q", choice_is("p", "a")),
        ask_when("q", has_answer("p")),
        ask_when("r", has_answer("q")),
        conclude_when("end", has_answer("r")),
    )
    edit = chosen_edit(guide, remove_question("q"))
    assert edit.content.rules == (
        ask_when("p"),
        ask_when("r", has_answer("p")),
        conclude_when("end", has_answer("r")),
    )
