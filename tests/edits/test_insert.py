"""Questions are inserted on arrows: visitors answer them, and go on as before."""

import json
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from time import process_time

import pytest

from rules.document.parsing import parse_document
from rules.edits.acts.insert import insert_question
from rules.edits.acts.new_parts import NewQuestion
from rules.edits.arrows import Arrow, guide_arrows
from rules.edits.edit import RefusedActError
from rules.engine.content import ExampleContent, GuideContent, Match
from rules.engine.oracle import fired_positions
from rules.engine.resolve import resolve
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
NEW = NewQuestion("New", ("Oui", "Non"))


def lines_after_inserting(guide: GuideContent, *arrows: Arrow) -> list[str]:
    """Returns the lines of the rules once a question is inserted on arrows, which must be proved."""
    return rule_lines(proved_edit(guide, insert_question(arrows, NEW)).content)


def test_a_rule_above_the_one_that_asks_the_next_question_is_all_it_takes() -> None:
    guide = make_guide((P, Q), *ASKS_Q)
    edit = proved_edit(guide, insert_question([arrow_to(guide, "p", "a", "q")], NEW))
    assert rule_lines(edit.content) == ["→ p", "p is a → new", "p is a/b → q"]
    assert edit.sentence == "«\u00a0New\u00a0» est posée après «\u00a0a\u00a0» (p)."


def test_conclusions_wait_for_the_answer() -> None:
    guide = make_guide((P,), ask_when("p"), conclude_when("end", choice_is("p", "a")))
    arrow = arrow_to(guide, "p", "a", "end")
    assert lines_after_inserting(guide, arrow) == [
        "→ p",
        "p is a → new",
        "p is a & new answered → end",
    ]


def test_conclusions_of_other_visitors_do_not_wait() -> None:
    guide = make_guide(
        (P, Q),
        *ASKS_Q,
        conclude_when("end", choice_is("q", "a", "b")),
        conclude_when("other", choice_is("q", "a"), choice_is("p", "b")),
    )
    arrow = arrow_to(guide, "q", "a", "end", "other")
    assert lines_after_inserting(guide, arrow)[2:] == [
        "q is a & p is b → new",
        "q is b → end",
        "q is a/b & p is_not b → end",
        "q is a & p is b & new answered → end",
        "q is a & p is b & new answered → other",
    ]


def test_a_rule_that_needs_one_of_several_conditions_waits_where_it_holds() -> None:
    guide = make_guide(
        (P, Q),
        *ASKS_Q,
        conclude_when("end", choice_is("p", "c"), choice_is("q", "a", "b"), match=Match.ANY),
    )
    assert lines_after_inserting(guide, arrow_to(guide, "p", "c", "end"))[2:] == [
        "p is c → new",
        "q is a/b → end",
        "p is c & new answered → end",
    ]


def test_on_all_arrows_of_a_rule_the_question_is_asked_where_the_rule_holds() -> None:
    guide = make_guide(
        (P, Q, R),
        ask_when("p"),
        ask_when("q", has_answer("p")),
        ask_when("r", same_choice("q", "p")),
    )
    arrows = [arrow_to(guide, "q", choice, "r") for choice in "abc"]
    assert lines_after_inserting(guide, *arrows)[2:] == ["q same_as p → new", "q same_as p → r"]


def test_a_rule_that_would_ask_only_where_another_new_one_does_is_not_written() -> None:
    guide = make_guide(
        (P, Q),
        *ASKS_Q,
        conclude_when("end", choice_is("p", "a"), has_answer("q")),
        conclude_when("other", choice_is("p", "b"), has_answer("q")),
    )
    arrows = [arrow_to(guide, "q", choice, "end") for choice in "abc"]
    arrows.append(arrow_to(guide, "p", "a", "q"))
    assert lines_after_inserting(guide, *arrows) == [
        "→ p",
        "p is a → new",
        "p is a/b → q",
        "p is a & q answered & new answered → end",
        "p is b & q answered → other",
    ]


def test_a_rule_that_asked_an_existing_question_where_it_is_inserted_is_gone() -> None:
    guide = make_guide(
        (P, Q, R),
        *ASKS_Q,
        ask_when("r", choice_is("p", "a"), has_answer("q")),
        ask_when("r", choice_is("p", "c")),
    )
    edit = proved_edit(guide, insert_question([arrow_to(guide, "p", "a", "q")], "r"))
    assert rule_lines(edit.content) == ["→ p", "p is a → r", "p is a/b → q", "p is c → r"]


def test_a_question_is_inserted_at_the_start_and_at_a_dead_end() -> None:
    guide = make_guide((P, Q), *ASKS_Q)
    start, end = arrow_to(guide, "", "", "p"), arrow_to(guide, "p", "c")
    assert lines_after_inserting(guide, start)[:2] == ["→ new", "→ p"]
    assert lines_after_inserting(guide, end)[2:] == ["p is c → new"]


def test_an_existing_question_is_inserted_where_its_answers_change_nothing() -> None:
    guide = make_guide((P, Q, R), *ASKS_Q, ask_when("r", choice_is("p", "c")))
    edit = proved_edit(guide, insert_question([arrow_to(guide, "p", "a", "q")], "r"))
    assert rule_lines(edit.content) == ["→ p", "p is a → r", "p is a/b → q", "p is c → r"]


def test_rules_that_look_at_an_existing_question_do_not_act_where_it_is_inserted() -> None:
    guide = make_guide(
        (P, Q, R),
        ask_when("p"),
        ask_when("r", choice_is("p", "c")),
        ask_when("q", has_no_answer("r")),
        advise_when("tip", choice_is("r", "a")),
        conclude_when("end", choice_is("r", "b", "c")),
        conclude_when("other", choice_is("q", "a"), choice_is("r", "a"), match=Match.ANY),
    )
    edit = proved_edit(guide, insert_question([arrow_to(guide, "p", "a", "q")], "r"))
    assert rule_lines(edit.content) == [
        "→ p",
        "p is a/c → r",
        "r unanswered → q",
        "p is a → q",
        "r is a & p is_not a → tip",
        "r is b/c & p is_not a → end",
        "q is a → other",
        "r is a & p is_not a → other",
    ]


def test_only_the_examples_that_take_the_arrow_get_the_answer() -> None:
    guide = make_guide((P, Q), *ASKS_Q, conclude_when("end", has_answer("q")))
    paths = ({"p": "a", "q": "b"}, {"p": "b", "q": "b"}, {"p": "a"}, {"q": "a"})
    examples = tuple(ExampleContent(str(index), path, ("end",)) for index, path in enumerate(paths))
    guide = replace(guide, examples=examples)
    arrow = arrow_to(guide, "p", "a", "q")
    edit = proved_edit(guide, insert_question([arrow], NEW, answer_in_examples="Non"))
    answered = [example.answers.get("new") for example in edit.content.examples]
    assert answered == ["non", None, "non", None]
    unanswered = proved_edit(guide, insert_question([arrow], NEW))
    assert unanswered.content.examples == examples


def test_a_question_that_was_asked_before_or_is_gone_is_refused() -> None:
    guide = make_guide((P, Q), *ASKS_Q)
    for question, refusal in (("p", "a déjà été posée"), ("z", "n’existe plus")):
        with pytest.raises(RefusedActError, match=refusal):
            proved_edit(guide, insert_question([Arrow("q", "a", ())], question))


def test_a_question_is_inserted_on_each_arrow_of_the_shipped_guide_and_all_examples_hold(
    shipped_document: str,
) -> None:
    guide = parse_document(json.loads(shipped_document))
    for arrow, _, _ in guide_arrows(guide, map_draft(guide).parcours):
        content = proved_edit(
            guide, insert_question([arrow], NEW, answer_in_examples="Oui")
        ).content
        assert all(example_holds(content, example) for example in content.examples)
        assert content.examples != guide.examples


def example_holds(guide: GuideContent, example: ExampleContent) -> bool:
    state = resolve(guide, example.answers, lambda answers: fired_positions(guide.rules, answers))
    return tuple(given.outcome for given in state.outcomes) == example.outcomes


def test_a_question_that_far_too_many_rules_ask_is_inserted_elsewhere() -> None:
    others = tuple(make_question(f"o{number}", "a", "b") for number in range(60))
    asking = [
        replace(ask_when("q", choice_is("p", "a"), has_no_answer(one.key)), key=one.key)
        for one in others
    ]
    guide = make_guide(
        (*others, *(make_question(key, "a", "b") for key in "pq")),
        ask_when("p"),
        *asking,
        conclude_when("end", choice_is("p", "b")),
        conclude_when("other", choice_is("p", "a"), has_answer("q")),
    )
    act = insert_question([arrow_to(guide, "p", "b", "end")], "q")
    assert arrow_to(proved_edit(guide, act).content, "p", "b", "q")


def test_an_act_that_would_add_thousands_of_rules_is_refused_in_seconds() -> None:
    questions = tuple(make_question(f"q{index}", "a", "b", "c") for index in range(41))
    rules = [
        replace(
            conclude_when("end", *(choice_is(one.key, "abc"[number % 3]) for one in questions[1:])),
            key=f"rule-{number}",
            match=Match.ANY,
        )
        for number in range(400)
    ]
    chain = [ask_when(one.key, has_answer(before.key)) for before, one in pairwise(questions)]
    guide = make_guide(questions, ask_when("q0"), *chain, *rules)
    draft = map_draft(guide)
    arrows = [arrow for arrow, _, _ in guide_arrows(guide, draft.parcours)]
    before = process_time()
    with suppress(RefusedActError):
        next(iter(insert_question(arrows[1:], NewQuestion("New", ("A", "B")))(draft)))
    assert process_time() - before < 4
