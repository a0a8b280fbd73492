"""durable_rules and the oracle find the same rules, for guides and answers of every kind."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.engine.oracle import fired_positions
from rules.engine.resolve import resolve
from tests.engine.tables import answer_sets, make_table
from tests.strategies import answer_set, hostile_guides

pytestmark = pytest.mark.slow

EVALUATIONS = 20_000
GUIDES, SETS_OF_A_GUIDE = 240, 320


def count_agreements(guide: GuideContent, seed: int) -> int:
    """Compares the engine with the oracle on random sets of answers, and returns how many there were."""
    chance = random.Random(seed)
    compiled = CompiledGuide(guide)
    sets = {frozenset(answer_set(guide, chance).items()) for _ in range(SETS_OF_A_GUIDE)}
    for answers in map(dict, sets):
        assert compiled.fire(answers) == fired_positions(guide.rules, answers)
    return len(sets)


def test_engine_and_oracle_agree_on_20_000_random_evaluations() -> None:
    evaluated = 0

    @settings(
        max_examples=GUIDES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(hostile_guides(), st.integers(0, 2**32))
    def compare_guide(guide: GuideContent, seed: int) -> None:
        nonlocal evaluated
        evaluated += count_agreements(guide, seed)

    compare_guide()
    assert evaluated >= EVALUATIONS


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(hostile_guides(), st.integers(0, 2**32))
def test_engine_and_oracle_give_the_same_states(guide: GuideContent, seed: int) -> None:
    chance = random.Random(seed)
    compiled = CompiledGuide(guide)
    for _ in range(20):
        answers = answer_set(guide, chance)
        assert compiled.resolve(answers) == resolve(
            guide, answers, lambda path: fired_positions(guide.rules, path)
        )


@pytest.mark.parametrize(("size", "sets"), [(16, 2_000), (200, 1_000), (2_000, 200), (10_000, 40)])
def test_engine_and_oracle_agree_on_tables_of_any_size(size: int, sets: int) -> None:
    guide = make_table(size)
    compiled = CompiledGuide(guide)
    for answers in answer_sets(sets):
        assert compiled.fire(answers) == fired_positions(guide.rules, answers)


@pytest.mark.parametrize("seed", range(4))
def test_engine_and_oracle_agree_on_large_tables_of_other_seeds(seed: int) -> None:
    guide = make_table(2_000, seed)
    compiled = CompiledGuide(guide)
    for answers in answer_sets(50, seed):
        assert compiled.fire(answers) == fired_positions(guide.rules, answers)
