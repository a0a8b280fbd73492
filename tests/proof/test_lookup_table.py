"""A lookup table and the engine give the same results after each beginning of each path.

A result is the question, the advice and the conclusions, in order, with the rules that give them.
"""

import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.document.parsing import parse_document
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.proof.lookup_table import build_lookup_table
from rules.proof.walk import Walk
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    compile_guide,
    conclude_when,
    has_answer,
    has_no_answer,
    make_question,
)
from tests.paths import DecisionPath
from tests.proof.brute_force import BruteForce
from tests.proof.large_guides import make_block_guide, make_chain_guide, make_diamond_guide
from tests.proof.lookups import look_up_answers, result_of_engine
from tests.proof.small_guides import add_fleeting_advice, small_guides
from tests.proof.test_brute_force_agreement import GUIDE_COUNT, many_guides


@pytest.mark.slow
def test_table_and_engine_agree_on_all_paths_of_500_random_guides() -> None:
    seen_cases: Counter[str] = Counter()

    @many_guides
    @given(small_guides(), st.integers(0, 2))
    def agree(guide: GuideContent, fleeting: int) -> None:
        guide = add_fleeting_advice(guide, fleeting)
        engine = CompiledGuide(guide)
        table = build_lookup_table(Walk(engine))
        for path in BruteForce(guide).states:
            state = engine.resolve(dict(path))
            assert look_up_answers(guide, table, dict(path)) == result_of_engine(state)
            seen_cases["several rules for one advice"] += any(
                len(given.because) > 1 for given in state.advice
            )
            seen_cases["several advices"] += len(state.advice) > 1
            seen_cases["several conclusions"] += len(state.outcomes) > 1
        seen_cases["advice that disappears"] += any(
            transition.stopped for row in table.rows for transition in row.transitions
        )
        seen_cases["guides"] += 1

    agree()
    assert seen_cases["guides"] >= GUIDE_COUNT
    assert min(seen_cases.values()) >= 50


@pytest.mark.slow
@pytest.mark.parametrize("shape", [make_chain_guide, make_diamond_guide, make_block_guide])
@settings(max_examples=20, database=None)
@given(seed=st.integers(0, 2**64))
def test_table_and_engine_agree_on_a_path_through_a_large_guide(
    shape: Any,  # noqa: ANN401 (a function from a size to a guide)
    seed: int,
) -> None:
    guide, chance = shape(15), random.Random(seed)
    engine = CompiledGuide(guide)
    table = build_lookup_table(Walk(engine))
    answers = {question.key: chance.choice(question.choices).key for question in guide.questions}
    path = engine.resolve(answers).answers
    for length in range(len(path) + 1):
        begun = dict(path[:length])
        assert look_up_answers(guide, table, begun) == result_of_engine(engine.resolve(begun))


def test_a_table_gives_the_outcomes_of_the_52_paths_of_the_poster(
    guide_document: dict[str, Any], decision_table: list[DecisionPath]
) -> None:
    guide = parse_document(guide_document)
    table = build_lookup_table(Walk(CompiledGuide(guide)))
    for path in decision_table:
        result = look_up_answers(guide, table, path.answers)
        assert result.question is None
        assert tuple(key for key, _ in result.advice) == path.advice
        assert tuple(key for key, _ in result.outcomes) == path.outcomes


def test_the_rows_of_a_table_have_the_numbers_of_remaining_questions(
    guide_document: dict[str, Any],
) -> None:
    walk = Walk(CompiledGuide(parse_document(guide_document)))
    for index, row in enumerate(build_lookup_table(walk).rows):
        assert (row.min_remaining, row.max_remaining) == walk.graph.remaining[index]


def test_an_advice_of_two_rules_moves_to_the_position_of_the_second_when_the_first_stops() -> None:
    rules = [
        ask_when("one"),
        ask_when("two", has_answer("one")),
        advise_when("first", has_answer("one"), has_no_answer("two")),
        advise_when("second", has_answer("one")),
        replace(advise_when("first", choice_is("one", "a")), key="still"),
        conclude_when("end", has_answer("two")),
    ]
    engine = compile_guide([make_question("one"), make_question("two")], rules)
    table = build_lookup_table(Walk(engine))
    before, after = ({"one": "a"}, {"one": "a", "two": "a"})
    results = [look_up_answers(engine.guide, table, answers) for answers in (before, after)]
    assert [[key for key, _ in result.advice] for result in results] == [
        ["first", "second"],
        ["second", "first"],
    ]
