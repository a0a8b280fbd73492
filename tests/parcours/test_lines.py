"""The lines of guides that fit on a few lines."""

import json
from dataclasses import replace
from typing import NoReturn

import pytest

from rules.document.parsing import parse_document
from rules.engine.compiled import CompiledGuide
from rules.engine.content import ConditionContent, GuideContent, Match, QuestionContent, RuleContent
from rules.parcours import lines
from rules.parcours.build import build_parcours
from rules.parcours.stops import Destination, Line, Parcours, Requirement
from rules.proof.bounds import BoundKind, BoundReachedError, ProofBound
from rules.proof.prove import prove_guide
from rules.proof.state_graph import StateGraph
from tests.conftest import OLD_ROWS
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    choice_is_not,
    compile_guide,
    conclude_when,
    has_answer,
    has_no_answer,
    make_question,
    other_choice,
    same_choice,
)
from tests.proof.large_guides import make_chain_guide

Q0, Q1, Q2 = (make_question(f"q{index}", "a", "b") for index in range(3))


def parcours_of(
    *rules: RuleContent, questions: tuple[QuestionContent, ...] = (Q0, Q1, Q2)
) -> Parcours:
    numbered = [replace(rule, key=f"r{index}") for index, rule in enumerate(rules)]
    compiled = compile_guide(questions, numbered)
    return build_parcours(compiled.guide, prove_guide(compiled).graph)


def line_of(parcours: Parcours, question: str, choice: str) -> Line:
    (stop,) = (stop for stop in parcours.stops if stop.question == question)
    (line,) = (line for line in stop.lines if line.choice == choice)
    return line


def all_of(*conditions: ConditionContent) -> tuple[Requirement, ...]:
    return (Requirement(Match.ALL, conditions),)


def test_a_comparison_becomes_a_condition_on_the_earlier_answer() -> None:
    parcours = parcours_of(
        ask_when("q0"),
        ask_when("q1", has_answer("q0")),
        conclude_when("same", same_choice("q1", "q0")),
        conclude_when("other", other_choice("q0", "q1")),
    )
    first, last = line_of(parcours, "q1", "a").cases
    assert (first.requirements, first.destination.outcomes) == (
        all_of(choice_is("q0", "a")),
        ("same",),
    )
    assert (last.requirements, last.destination.outcomes) == ((), ("other",))
    assert last.answers == (("q0", "b"), ("q1", "a"))


def test_a_comparison_with_a_question_that_may_have_no_answer_is_needed() -> None:
    """Visitors come to q2 with the same answer to q0 and q1, or without an answer to q1."""
    parcours = parcours_of(
        ask_when("q0"),
        ask_when("q1", choice_is("q0", "a")),
        ask_when("q2", choice_is("q1", "a")),
        ask_when("q2", choice_is("q0", "b")),
        conclude_when("end", choice_is("q1", "b")),
        conclude_when("end", has_answer("q2")),
        conclude_when("same", has_answer("q2"), same_choice("q0", "q1")),
    )
    same, other = line_of(parcours, "q2", "a").cases
    assert same.requirements == all_of(same_choice("q0", "q1"))
    assert (same.destination.outcomes, other.destination.outcomes) == (("end", "same"), ("end",))


def test_rules_that_conclude_together_are_a_case_of_their_own_and_come_first() -> None:
    parcours = parcours_of(
        ask_when("q0"),
        ask_when("q1", has_answer("q0")),
        conclude_when("end", has_answer("q1")),
        conclude_when("more", has_answer("q1"), choice_is("q0", "a")),
    )
    together, alone = line_of(parcours, "q1", "a").cases
    assert (together.rules, together.requirements) == ((2, 3), all_of(choice_is("q0", "a")))
    assert (alone.rules, alone.requirements) == ((2,), ())


def test_cases_that_lead_to_the_same_place_by_different_rules_stay_apart() -> None:
    parcours = parcours_of(
        ask_when("q0"),
        ask_when("q1", has_answer("q0")),
        conclude_when("end", choice_is("q0", "a"), has_answer("q1")),
        conclude_when("end", choice_is("q0", "b"), has_answer("q1")),
    )
    assert [case.rules for case in line_of(parcours, "q1", "a").cases] == [(2,), (3,)]


def test_a_question_that_may_be_answered_already_is_a_requirement_of_the_rule_that_asks_it() -> (
    None
):
    """The second rule asks q2 after q1, unless the first one did so before."""
    parcours = parcours_of(
        ask_when("q0"),
        ask_when("q2", choice_is("q0", "a")),
        ask_when("q1", has_answer("q0")),
        ask_when("q2", has_answer("q1")),
        conclude_when("end", has_answer("q1"), has_answer("q2")),
    )
    end, ask = line_of(parcours, "q1", "a").cases
    assert (end.destination.outcomes, ask.destination.question) == (("end",), "q2")
    assert end.requirements == all_of(has_answer("q2"))


def test_a_line_after_which_nothing_follows_is_a_dead_end() -> None:
    parcours = parcours_of(ask_when("q0"), conclude_when("end", choice_is("q0", "a")))
    (case,) = line_of(parcours, "q0", "b").cases
    assert (case.destination, case.rules) == (Destination(), ())


def test_advice_begins_on_the_line_that_completes_its_conditions() -> None:
    parcours = parcours_of(
        ask_when("q0"),
        ask_when("q1", has_answer("q0")),
        advise_when("both", choice_is("q0", "a"), choice_is("q1", "b")),
        advise_when("either", choice_is("q0", "a"), choice_is("q1", "b"), match=Match.ANY),
        conclude_when("end", has_answer("q1")),
    )
    assert [one.outcome for one in line_of(parcours, "q0", "a").advice] == ["either"]
    both, either = line_of(parcours, "q1", "b").advice
    assert both.requirements == all_of(choice_is("q0", "a"))
    assert either.requirements == all_of(choice_is_not("q0", "a"))


def test_the_start_gives_advice_that_needs_no_answer() -> None:
    parcours = parcours_of(
        ask_when("q0"),
        advise_when("tip", has_no_answer("q0")),
        conclude_when("e", has_answer("q0")),
    )
    (case,) = parcours.start.cases
    assert (case.destination.question, case.rules) == ("q0", (0,))
    assert [(given.outcome, given.rule) for given in parcours.start.advice] == [("tip", 1)]


def test_a_stop_without_choices_has_no_lines() -> None:
    empty = QuestionContent("q1", "q1", ())
    parcours = parcours_of(
        ask_when("q0"),
        ask_when("q1", choice_is("q0", "a")),
        conclude_when("end", choice_is("q0", "b")),
        questions=(Q0, empty),
    )
    assert [(stop.question, len(stop.lines)) for stop in parcours.stops] == [("q0", 2), ("q1", 0)]


def test_stops_that_lead_to_each_other_are_in_the_order_of_the_guide() -> None:
    """After q2, visitors come to q0 then q1, or to q1 then q0."""
    parcours = parcours_of(
        ask_when("q2"),
        ask_when("q1", choice_is("q2", "b")),
        ask_when("q0", has_answer("q2")),
        ask_when("q1", has_answer("q0")),
        conclude_when("end", has_answer("q0"), has_answer("q1")),
    )
    assert [stop.question for stop in parcours.stops] == ["q2", "q0", "q1"]


def test_the_proof_of_a_version_that_was_stored_long_ago_gives_the_parcours_of_today() -> None:
    stored = {row["model"]: row["fields"] for row in json.loads(OLD_ROWS.read_text())}
    guide = parse_document(json.loads(stored["rules.version"]["document"]))
    graph = StateGraph.from_json(stored["rules.versionproof"]["states"], guide)
    today = prove_guide(CompiledGuide(guide)).graph
    assert build_parcours(guide, graph) == build_parcours(guide, today)
    assert build_parcours(guide, graph).stops


def test_what_the_proof_did_not_explore_is_not_known_and_nothing_is_unreached() -> None:
    guide: GuideContent = make_chain_guide(6)
    graph = prove_guide(CompiledGuide(guide), ProofBound(states=3)).graph
    parcours = build_parcours(guide, graph)
    assert not parcours.is_complete
    last = parcours.stops[-1]
    assert last.question != "q5"
    assert {case.destination for line in last.lines for case in line.cases} == {
        Destination(is_known=False)
    }
    assert parcours.unreached_questions == parcours.unreached_outcomes == ()
    assert parcours.unreached_rules == ()


def test_beyond_its_bound_a_parcours_has_stops_but_does_not_know_what_follows() -> None:
    compiled = CompiledGuide(make_chain_guide(6))
    graph = prove_guide(compiled).graph
    for bound, known_stops in ((ProofBound(seconds=-1), 1), (ProofBound(megabytes=0), 6)):
        parcours = build_parcours(compiled.guide, graph, bound)
        assert not parcours.is_complete
        assert len(parcours.stops) == known_stops
        assert parcours.unreached_questions == ()
        assert parcours.unreached_rules == ()
    complete = build_parcours(compiled.guide, graph)
    assert complete.is_complete
    assert parcours.stops[-1].answers == complete.stops[-1].answers


def test_a_line_that_was_not_built_has_one_case_that_is_not_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled = CompiledGuide(make_chain_guide(6))
    graph = prove_guide(compiled).graph

    def reach_bound(*_: object) -> NoReturn:
        raise BoundReachedError(BoundKind.SECONDS)

    monkeypatch.setattr(lines, "shorten_clauses", reach_bound)
    parcours = build_parcours(compiled.guide, graph)
    assert not parcours.is_complete
    for stop in parcours.stops:
        for line in stop.lines:
            [case] = line.cases
            assert case.destination == Destination(is_known=False)
            assert case.answers == (*stop.answers, (line.question, line.choice))
            assert not line.advice
