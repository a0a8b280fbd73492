"""Rules and questions that are placed before or after others."""

import json
from dataclasses import replace

import pytest

from rules.document.parsing import parse_document
from rules.edits.acts.insert import insert_question
from rules.edits.acts.new_parts import NewQuestion
from rules.edits.acts.order import Side, place_rule
from rules.edits.acts.question_order import choose_place, place_question
from rules.edits.arrows import guide_arrows
from rules.edits.checking.check_promise import choose_edit
from rules.edits.edit import Act, RefusedActError
from rules.edits.promises import AsksOnTheWay, ChangesNothing, Promise, ShowsChanges
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.parcours.stops import Destination
from rules.proof.bounds import THOROUGH_BOUND
from tests.edits.acts import first_edit, make_guide, map_draft, rule_lines
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    conclude_when,
    has_answer,
    make_question,
)

QUESTIONS = (make_question("p", "a"), make_question("q", "a"), make_question("r", "a"))
QUEUE = make_guide(
    QUESTIONS,
    ask_when("p"),
    ask_when("q"),
    ask_when("r"),
    conclude_when("end", has_answer("p"), has_answer("q"), has_answer("r")),
)
"""A guide whose questions are asked in the order of the rules that ask them."""


def rules_after(guide: GuideContent, rule: str, side: Side, other: str) -> str:
    """Returns the first letters of the targets of the rules, once a rule is placed."""
    content = first_edit(guide, place_rule(f"ask-{rule}", side, f"ask-{other}")).content
    return "".join(each.target[0] for each in content.rules)


def test_a_rule_is_placed_right_before_or_right_after_another_one() -> None:
    assert rules_after(QUEUE, "p", Side.AFTER, "q") == "qpre"
    assert rules_after(QUEUE, "p", Side.AFTER, "r") == "qrpe"
    assert rules_after(QUEUE, "r", Side.BEFORE, "p") == "rpqe"


def test_the_place_of_a_rule_is_said_to_change_nothing_only_if_that_is_proved() -> None:
    edits = [*place_rule("ask-p", Side.AFTER, "ask-q")(map_draft(QUEUE))]
    assert [edit.promise for edit in edits] == [ChangesNothing(), ShowsChanges()]
    assert edits[0].sentence == "La règle 2 (→ p) est maintenant après la règle 1 (→ q)."


def test_a_rule_that_is_there_already_or_is_gone_is_refused() -> None:
    for rule, other in (("ask-q", "ask-p"), ("ask-p", "ask-p"), ("gone", "ask-p")):
        with pytest.raises(RefusedActError):
            first_edit(QUEUE, place_rule(rule, Side.AFTER, other))


def test_a_question_moves_with_all_rules_that_ask_it_and_in_the_order_of_the_guide() -> None:
    edit = first_edit(QUEUE, place_question("p", Side.AFTER, "q"))
    assert [rule.target for rule in edit.content.rules] == ["q", "p", "r", "end"]
    assert [*edit.content.question] == ["q", "p", "r"]
    assert edit.sentence == "La question «\u00a0p\u00a0» passe après «\u00a0q\u00a0»."


FORK = make_guide(
    (make_question("p", "a"), make_question("q", "a", "b"), *map(make_question, "rs")),
    ask_when("p"),
    ask_when("q", has_answer("p")),
    conclude_when("end", choice_is("q", "a")),
    ask_when("r", choice_is("q", "b")),
    ask_when("s", has_answer("r")),
    conclude_when("other", has_answer("s")),
)


def choose_content(guide: GuideContent, act: Act, promise: type[Promise]) -> GuideContent:
    """Returns the content of the edit that is chosen, which makes a promise of this type."""
    draft, older = map_draft(guide), CompiledGuide(guide)
    chosen = choose_edit(draft, older, act(draft), CompiledGuide, THOROUGH_BOUND).edit
    assert isinstance(chosen.promise, promise)
    return chosen.content


def test_questions_that_no_visitor_meets_together_are_refused() -> None:
    questions = (*QUESTIONS, make_question("s", "a"))
    with pytest.raises(RefusedActError, match="Aucun visiteur ne vient à la fois"):
        first_edit(make_guide(questions, *QUEUE.rules), place_question("s", Side.AFTER, "p"))


def test_a_question_that_others_lead_to_and_from_is_taken_off_its_place_and_inserted() -> None:
    chain = make_guide(
        QUESTIONS,
        ask_when("p"),
        advise_when("tip", choice_is("p", "a")),
        ask_when("q", has_answer("p")),
        ask_when("r", has_answer("q")),
        conclude_when("end", has_answer("r")),
    )
    content = first_edit(chain, place_question("p", Side.AFTER, "r")).content
    assert [stop.question for stop in map_draft(content).parcours.stops] == ["q", "r", "p"]
    assert chain.rule["advise-tip"] in content.rules
    assert chain.rule["ask-q"] not in content.rules


def test_a_question_that_is_asked_earlier_leads_to_the_same_ends_as_before() -> None:
    content = choose_content(FORK, place_question("q", Side.BEFORE, "p"), AsksOnTheWay)
    assert [stop.question for stop in map_draft(content).parcours.stops] == ["q", "p", "r", "s"]
    assert content.rule["conclude-end"].when == (choice_is("q", "a"), has_answer("p"))


def test_a_question_that_changes_places_with_the_next_one_leads_to_the_same_ends_as_before() -> (
    None
):
    content = choose_content(FORK, place_question("p", Side.AFTER, "q"), AsksOnTheWay)
    assert [stop.question for stop in map_draft(content).parcours.stops] == ["q", "p", "r", "s"]


def test_what_a_question_must_come_after_is_asked_before_it_if_its_answers_lead_elsewhere() -> None:
    content = choose_content(FORK, place_question("q", Side.AFTER, "s"), ShowsChanges)
    assert rule_lines(content) == [
        "→ p",
        "p answered → r",
        "r answered → s",
        "p answered → q",
        "q is a → end",
        "s answered & q is b & r answered → other",
    ]


def test_a_question_is_not_taken_off_its_place_if_visitors_would_be_stuck_without_it() -> None:
    guide = make_guide(
        (*QUESTIONS, make_question("s", "a", "b")),
        ask_when("p"),
        ask_when("q", has_answer("p")),
        ask_when("r", has_answer("q")),
        ask_when("s", has_answer("r"), has_answer("q")),
        conclude_when("end", has_answer("s")),
    )
    content = choose_content(guide, place_question("q", Side.AFTER, "s"), ShowsChanges)
    assert [stop.question for stop in map_draft(content).parcours.stops] == ["p", "r", "s", "q"]
    assert all(
        case.destination != Destination()
        for _, _, case in guide_arrows(content, map_draft(content).parcours)
    )


def test_where_no_place_is_found_the_rule_that_asks_the_question_is_named() -> None:
    with pytest.raises(RefusedActError, match="Changez d’abord la règle 2") as refusal:
        choose_place(map_draft(FORK), "q", [])
    assert refusal.value.rule == "ask-q"


def test_a_question_is_placed_on_the_paths_where_it_is_elsewhere() -> None:
    first, second = choice_is("p", "a"), choice_is("p", "b")
    guide = make_guide(
        (make_question("p", "a", "b"), *map(make_question, "qr")),
        ask_when("p"),
        ask_when("q", first),
        ask_when("r", second),
        replace(ask_when("r", first, has_answer("q")), key="r-last"),
        replace(ask_when("q", second, has_answer("r")), key="q-last"),
        conclude_when("end", second, has_answer("q")),
        conclude_when("other", first, has_answer("r")),
    )
    content = choose_content(guide, place_question("q", Side.AFTER, "r"), AsksOnTheWay)
    assert rule_lines(content) == [
        "→ p",
        "p is a → r",
        "p is a → q",
        "p is b → r",
        "p is b & r answered → q",
        "p is b & q answered → end",
        "p is a & r answered & q answered → other",
    ]


def test_a_question_that_is_there_already_is_refused() -> None:
    with pytest.raises(RefusedActError, match="est déjà juste après"):
        first_edit(QUEUE, place_question("q", Side.AFTER, "p"))


def test_the_question_before_an_inserted_one_changes_places_with_it(shipped_document: str) -> None:
    guide = parse_document(json.loads(shipped_document))
    arrows = [
        arrow
        for arrow, _, _ in guide_arrows(guide, map_draft(guide).parcours)
        if arrow.question == "attribution-gar"
    ]
    new = NewQuestion("Neuve", ("Oui", "Non"))
    inserted = choose_content(guide, insert_question(arrows, new), AsksOnTheWay)
    act = place_question("attribution-gar", Side.AFTER, "neuve")
    placed = choose_content(inserted, act, AsksOnTheWay)
    stops = [stop.question for stop in map_draft(placed).parcours.stops]
    assert stops[1:3] == ["neuve", "attribution-gar"]
