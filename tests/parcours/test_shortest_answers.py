"""The shortest answers that lead to each part of the shipped guide, followed by the engine."""

from dataclasses import replace
from typing import Any

import pytest

from rules.document.parsing import parse_document
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Effect, GuideContent
from rules.engine.resolve import follow_answers
from rules.parcours.build import build_parcours
from rules.parcours.shortest_answers import (
    ShortestAnswers,
    all_lines,
    find_shortest_answers,
    lines_of_rule,
)
from rules.parcours.stops import Parcours
from rules.proof.prove import prove_guide
from tests.engine.guides import ask_when, choice_is, compile_guide, conclude_when, make_question


@pytest.fixture
def compiled(guide_document: dict[str, Any]) -> CompiledGuide:
    return CompiledGuide(parse_document(guide_document))


@pytest.fixture
def guide(compiled: CompiledGuide) -> GuideContent:
    return compiled.guide


@pytest.fixture
def parcours(compiled: CompiledGuide) -> Parcours:
    return build_parcours(compiled.guide, prove_guide(compiled).graph)


@pytest.fixture
def answers(parcours: Parcours) -> ShortestAnswers:
    return find_shortest_answers(parcours)


def test_each_question_is_asked_after_its_answers(
    compiled: CompiledGuide, answers: ShortestAnswers
) -> None:
    assert answers.questions.keys() == compiled.guide.question.keys()
    for key, path in answers.questions.items():
        _, firing = follow_answers(compiled.guide, dict(path), compiled.fire)
        assert firing.question == key


def test_each_rule_and_each_outcome_is_met_at_the_end_of_its_answers(
    compiled: CompiledGuide, answers: ShortestAnswers
) -> None:
    guide = compiled.guide
    assert answers.outcomes.keys() == guide.outcome.keys()
    assert len(answers.rules) == len(guide.rules)
    for position, path in answers.rules.items():
        _, firing = follow_answers(guide, dict(path), compiled.fire)
        assert position in firing.fired
    for key, path in answers.outcomes.items():
        _, firing = follow_answers(guide, dict(path), compiled.fire)
        fired = [guide.rules[position] for position in firing.fired]
        assert key in {rule.target for rule in fired if rule.effect is not Effect.ASK}


def test_the_answers_of_a_choice_end_with_it_and_are_as_few_as_any(
    guide: GuideContent, parcours: Parcours, answers: ShortestAnswers
) -> None:
    lengths = {stop.question: len(stop.answers) for stop in parcours.stops}
    for question in guide.questions:
        for choice in question.choices:
            path = answers.choices[question.key, choice.key]
            assert path[-1] == (question.key, choice.key)
            assert len(path) == lengths[question.key] + 1


def test_of_two_paths_to_an_outcome_the_shorter_one_is_found() -> None:
    questions = [make_question(key, "a", "b") for key in ("q1", "q2")]
    rules = [
        ask_when("q1"),
        ask_when("q2", choice_is("q1", "a")),
        conclude_when("end", choice_is("q2", "a", "b")),
        replace(conclude_when("end", choice_is("q1", "b")), key="direct"),
    ]
    compiled = compile_guide(questions, rules)
    found = find_shortest_answers(build_parcours(compiled.guide, prove_guide(compiled).graph))
    assert found.outcomes == {"end": (("q1", "b"),)}
    assert found.rules[2] == (("q1", "a"), ("q2", "a"))


def test_the_lines_of_a_rule_are_those_that_it_decides(
    guide: GuideContent, parcours: Parcours
) -> None:
    position = guide.rule_number["comptes-differents"] - 1
    found = lines_of_rule(parcours, position)
    assert {line.question for line, _ in found} == {"connexion-habituelle"}
    assert len(found) == 3
    assert lines_of_rule(parcours, 0) == [(next(all_lines(parcours)), ())]
