"""Arrows are led elsewhere by the rules that an editor would write, and nothing else changes."""

import json
from itertools import pairwise

import pytest

from rules.document.limits import CONDITION_LIMIT
from rules.document.parsing import parse_document
from rules.edits.acts.lead import NewDestination, lead_arrows
from rules.edits.acts.new_parts import NewConclusion, NewQuestion
from rules.edits.arrows import Arrow, guide_arrows
from rules.edits.edit import RefusedActError
from rules.engine.content import GuideContent, Match
from rules.parcours.stops import Destination
from tests.edits.acts import arrow_to, make_guide, map_draft, proved_edit, rule_lines
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    conclude_when,
    has_answer,
    has_no_answer,
    make_question,
    same_choice,
)

P, Q, R = (make_question(key, "a", "b", "c") for key in "pqr")
ASKS_Q = (ask_when("p"), ask_when("q", choice_is("p", "a", "b")))
END, OTHER = Destination(outcomes=("end",)), Destination(outcomes=("other",))


def lines_after_leading(
    guide: GuideContent, destination: NewDestination, *arrows: Arrow
) -> list[str]:
    """Returns the lines of the rules once arrows are led to a destination, which must be proved."""
    return rule_lines(proved_edit(guide, lead_arrows(arrows, destination)).content)


def test_a_rule_that_decides_nothing_else_gets_another_target() -> None:
    guide = make_guide(
        (P,),
        ask_when("p"),
        conclude_when("end", choice_is("p", "a")),
        conclude_when("other", choice_is("p", "b")),
    )
    arrow = arrow_to(guide, "p", "a", "end")
    edit = proved_edit(guide, lead_arrows([arrow], OTHER))
    assert rule_lines(edit.content) == ["→ p", "p is a → other", "p is b → other"]
    assert edit.content.rule.keys() == guide.rule.keys()


def test_a_choice_is_taken_out_of_a_list_and_gets_a_rule_of_its_own() -> None:
    guide = make_guide((P, R), *ASKS_Q[:1], conclude_when("end", choice_is("p", "a", "b", "c")))
    arrow = arrow_to(guide, "p", "b", "end")
    assert lines_after_leading(guide, Destination("r"), arrow) == [
        "→ p",
        "p is b → r",
        "p is a/c → end",
    ]


def test_a_choice_joins_the_list_of_a_rule_with_the_same_target() -> None:
    guide = make_guide(
        (P,),
        ask_when("p"),
        conclude_when("end", choice_is("p", "a", "b")),
        conclude_when("other", choice_is("p", "c")),
    )
    arrow = arrow_to(guide, "p", "b", "end")
    assert lines_after_leading(guide, OTHER, arrow) == ["→ p", "p is a → end", "p is b/c → other"]


def test_a_rule_for_any_answer_no_longer_asks_after_this_one() -> None:
    guide = make_guide((P, Q, R), ask_when("p"), ask_when("q", has_answer("p")))
    arrow = arrow_to(guide, "p", "b", "q")
    assert lines_after_leading(guide, Destination("r"), arrow) == [
        "→ p",
        "p is b → r",
        "p is_not b → q",
    ]


def test_several_choices_are_led_by_one_rule() -> None:
    guide = make_guide((P, Q, R), ask_when("p"), ask_when("q", has_answer("p")))
    arrows = [arrow_to(guide, "p", choice, "q") for choice in ("a", "b")]
    assert lines_after_leading(guide, Destination("r"), *arrows) == [
        "→ p",
        "p is_not c → r",
        "p is c → q",
    ]


def test_one_case_of_a_line_gets_a_rule_with_the_answers_given_before() -> None:
    guide = make_guide(
        (P, Q),
        *ASKS_Q,
        conclude_when("end", choice_is("q", "a")),
        conclude_when("other", choice_is("q", "a"), choice_is("p", "b")),
    )
    arrow = arrow_to(guide, "q", "a", "end")
    assert lines_after_leading(guide, NewConclusion("New"), arrow)[2:] == [
        "q is a & p is_not b → new",
        "q is a & p is b → end",
        "q is a & p is b → other",
    ]


def test_a_question_that_has_no_answer_on_other_paths_makes_two_rules() -> None:
    """Visitors conclude after r, and only some of them have answered q before."""
    guide = make_guide(
        (P, Q, R),
        *ASKS_Q,
        ask_when("r", has_answer("q")),
        ask_when("r", choice_is("p", "c")),
        conclude_when("other", choice_is("q", "a"), choice_is("r", "b")),
        conclude_when("end", has_answer("r")),
    )
    arrow = arrow_to(guide, "r", "b", "other", "end")
    assert lines_after_leading(guide, OTHER, arrow)[4:] == [
        "q is a & r is b → other",
        "r is_not b → end",
        "r answered & q is_not a → end",
        "r answered & q unanswered → end",
    ]


def test_a_rule_that_needs_one_of_several_conditions_is_cut_in_two() -> None:
    guide = make_guide(
        (P, Q),
        *ASKS_Q,
        conclude_when("end", choice_is("p", "c"), choice_is("q", "a", "b"), match=Match.ANY),
    )
    arrow = arrow_to(guide, "q", "a", "end")
    assert lines_after_leading(guide, NewConclusion("New"), arrow)[2:] == [
        "q is a → new",
        "p is c → end",
        "q is b → end",
    ]


def test_all_cases_of_a_choice_are_led_by_one_rule_instead_of_those_of_each_case() -> None:
    guide = make_guide(
        (P, Q),
        *ASKS_Q,
        conclude_when("end", choice_is("q", "a"), choice_is("p", "a")),
        conclude_when("other", choice_is("q", "a"), choice_is("p", "b")),
    )
    arrows = [arrow_to(guide, "q", "a", end) for end in ("end", "other")]
    edit = proved_edit(guide, lead_arrows(arrows, NewConclusion("New")))
    assert rule_lines(edit.content)[2:] == ["q is a → new"]
    assert edit.sentence == "«\u00a0a\u00a0» (q) mène à «\u00a0New\u00a0»."


def test_the_sentence_says_in_which_cases_several_choices_are_led() -> None:
    guide = make_guide(
        (P, Q),
        *ASKS_Q,
        conclude_when("end", same_choice("q", "p")),
        conclude_when("other", has_answer("q")),
    )
    arrows = [arrow_to(guide, "q", choice, "end", "other") for choice in "ab"]
    edit = proved_edit(guide, lead_arrows(arrows, OTHER))
    assert edit.sentence == (
        "«\u00a0a\u00a0» et «\u00a0b\u00a0» (q, si même réponse qu’à «\u00a0p\u00a0») mènent à "
        "«\u00a0other\u00a0»."
    )


def test_a_dead_end_gets_a_new_rule() -> None:
    guide = make_guide((P, Q, R), *ASKS_Q)
    arrow = arrow_to(guide, "p", "c")
    assert lines_after_leading(guide, Destination("q"), arrow) == ["→ p", "p answered → q"]
    assert lines_after_leading(guide, Destination("r"), arrow)[2:] == ["p is c → r"]


def test_a_new_rule_does_not_act_later_on_other_paths() -> None:
    """Visitors who answer p with a are asked q first, and may come to have the same answers."""
    guide = make_guide(
        (P, Q, R),
        ask_when("q", choice_is("p", "a"), has_no_answer("r")),
        ask_when("p", has_answer("r")),
        ask_when("p", has_no_answer("r"), has_no_answer("q")),
        ask_when("r", choice_is("q", "a")),
        ask_when("r", choice_is("p", "b", "c")),
        conclude_when("end", has_answer("p"), has_answer("q"), has_answer("r")),
    )
    assert lines_after_leading(guide, END, arrow_to(guide, "r", "a"))[-1] == (
        "r is a & q unanswered → end"
    )


def test_conclusions_come_in_the_order_that_is_asked_for_and_rules_that_give_one_stay() -> None:
    guide = make_guide(
        (P,),
        ask_when("p"),
        conclude_when("end", has_answer("p")),
        conclude_when("other", choice_is("p", "a")),
    )
    arrow = arrow_to(guide, "p", "b", "end")
    both = Destination(outcomes=("end", "other"))
    assert lines_after_leading(guide, both, arrow) == [
        "→ p",
        "p answered → end",
        "p is a/b → other",
    ]
    reverse = Destination(outcomes=("other", "end"))
    assert lines_after_leading(guide, reverse, arrow) == [
        "→ p",
        "p is b → other",
        "p is b → end",
        "p is_not b → end",
        "p is a → other",
    ]


def test_rules_that_advise_stay_as_they_are() -> None:
    advice = advise_when("tip", choice_is("p", "a"))
    guide = make_guide((P,), ask_when("p"), advice, conclude_when("end", has_answer("p")))
    edit = proved_edit(
        guide, lead_arrows([arrow_to(guide, "p", "a", "end")], NewQuestion("N", ("x",)))
    )
    assert edit.content.rules[1] == advice


def test_a_new_question_comes_after_the_one_of_the_arrow_and_has_keys() -> None:
    guide = make_guide((P, Q), *ASKS_Q)
    new = NewQuestion("Élève connu\u00a0?", ("Oui", "Non"), short="Connu")
    edit = proved_edit(guide, lead_arrows([arrow_to(guide, "p", "c")], new))
    assert [*edit.content.question] == ["p", "eleve-connu", "q"]
    assert [*edit.content.question["eleve-connu"].choice] == ["oui", "non"]
    assert edit.sentence == "«\u00a0c\u00a0» (p) mène à «\u00a0Connu\u00a0»."


def test_the_start_is_led_to_another_question() -> None:
    guide = make_guide((P, Q), *ASKS_Q)
    edit = proved_edit(guide, lead_arrows([arrow_to(guide, "", "", "p")], Destination("q")))
    assert rule_lines(edit.content) == ["→ q", "p is a/b → q"]
    assert edit.sentence == "Le début du parcours mène à «\u00a0q\u00a0»."


@pytest.mark.parametrize(
    ("arrow", "destination", "refusal"),
    [
        (Arrow("q", "a", ("conclude-end",)), Destination("p"), "«\u00a0p\u00a0» a déjà été posée"),
        (Arrow("q", "a", ("conclude-end",)), END, "mène déjà à «\u00a0end\u00a0»"),
        (
            Arrow("q", "a", ()),
            Destination("r"),
            "a changé entre-temps.*cette réponse mène à «\u00a0end\u00a0»",
        ),
        (Arrow("q", "z", ()), Destination("r"), "plus proposée"),
        (Arrow("q", "a", ("conclude-end",)), Destination("z"), "n’existe plus"),
    ],
)
def test_what_cannot_be_led_is_refused(
    arrow: Arrow, destination: Destination, refusal: str
) -> None:
    guide = make_guide((P, Q, R), *ASKS_Q, conclude_when("end", choice_is("q", "a")))
    with pytest.raises(RefusedActError, match=refusal):
        proved_edit(guide, lead_arrows([arrow], destination))


def test_a_question_that_only_some_visitors_have_answered_is_refused_with_the_rule_that_asks_it() -> (
    None
):
    guide = make_guide(
        (P, Q, R),
        *ASKS_Q,
        ask_when("r", has_answer("q")),
        ask_when("r", choice_is("p", "c")),
    )
    with pytest.raises(RefusedActError, match="à certains visiteurs") as refused:
        proved_edit(guide, lead_arrows([arrow_to(guide, "r", "a")], Destination("q")))
    assert refused.value.rule == "ask-q"


def test_each_arrow_of_the_shipped_guide_can_be_led_anywhere(shipped_document: str) -> None:
    guide = parse_document(json.loads(shipped_document))
    destinations = (
        NewQuestion("Nouvelle\u00a0?", ("Oui", "Non")),
        Destination(outcomes=("tout-va-bien",)),
        Destination(outcomes=("contacter-support-pix", "tout-va-bien")),
    )
    for arrow, _, case in guide_arrows(guide, map_draft(guide).parcours):
        for destination in destinations:
            if case.destination != destination:
                content = proved_edit(guide, lead_arrows([arrow], destination)).content
                assert len(content.rules) <= len(guide.rules) + 3
                assert content.examples == guide.examples


def test_a_rule_that_is_left_out_gets_no_choices() -> None:
    """The rule that asks q after no choice at all is unfinished."""
    guide = make_guide((P, Q), ask_when("p"), ask_when("q", choice_is("p")))
    arrow = arrow_to(guide, "p", "a")
    assert lines_after_leading(guide, Destination("q"), arrow) == ["→ p", "p is → q", "p is a → q"]


def test_a_rule_for_which_no_question_can_be_unanswered_has_all_conditions_that_it_needs() -> None:
    """Some visitors are asked q before r and others after it, and only the latter conclude then."""
    guide = make_guide(
        (P, Q, R),
        ask_when("p"),
        ask_when("r", choice_is("p", "a"), has_no_answer("q")),
        ask_when("q", choice_is("p", "b")),
        ask_when("q", choice_is("p", "a"), has_answer("r")),
        ask_when("r", choice_is("p", "b"), has_answer("q")),
        conclude_when("end", choice_is("p", "b"), choice_is("q", "a"), has_answer("r")),
        conclude_when("other", choice_is("p", "a"), has_answer("q")),
    )
    arrow = arrow_to(guide, "r", "a", "end")
    assert "r is a & q is a & p is b → new" in lines_after_leading(
        guide, NewConclusion("New"), arrow
    )


def test_a_lead_that_would_make_a_rule_of_too_many_conditions_is_refused_with_this_limit() -> None:
    first, *named = [f"q{number}" for number in range(CONDITION_LIMIT.maximum + 1)]
    guide = make_guide(
        tuple(make_question(key, "a", "b") for key in [first, *named]),
        ask_when(first),
        ask_when(named[0], has_answer(first)),
        *(ask_when(key, choice_is(before, "a")) for before, key in pairwise(named)),
        conclude_when("end", *(choice_is(key, "a") for key in named)),
        conclude_when("other", choice_is(first, "a"), choice_is(named[-1], "a")),
    )
    arrow = arrow_to(guide, named[-1], "a", "end", "other")
    with pytest.raises(RefusedActError, match="aurait 41 conditions") as refused:
        [*lead_arrows([arrow], NewConclusion("Fin"))(map_draft(guide))]
    assert refused.value.rule == "conclude-end"
