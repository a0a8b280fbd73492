"""durable_rules and the oracle find the same rules, for guides and answers of every kind."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.engine.failures import engine_failures
from rules.engine.oracle import fired_positions
from rules.engine.resolve import resolve
from tests.engine.agreement import assert_agreement, count_agreements
from tests.engine.tables import answer_sets, make_table
from tests.strategies import answer_set, hostile_guides

pytestmark = pytest.mark.slow

EVALUATIONS = 30_000
GUIDES = 200


def test_engine_and_oracle_agree_on_30_000_random_evaluations() -> None:
    assert count_agreements(GUIDES) >= EVALUATIONS


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
    assert not engine_failures


@pytest.mark.parametrize(("size", "sets"), [(16, 2_000), (200, 1_000), (2_000, 200), (10_000, 40)])
def test_engine_and_oracle_agree_on_tables_of_any_size(size: int, sets: int) -> None:
    assert_agreement(CompiledGuide(make_table(size)), answer_sets(sets))


@pytest.mark.parametrize("seed", range(4))
def test_engine_and_oracle_agree_on_large_tables_of_other_seeds(seed: int) -> None:
    assert_agreement(CompiledGuide(make_table(2_000, seed)), answer_sets(50, seed))
