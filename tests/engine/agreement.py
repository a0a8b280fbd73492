"""Compares durable_rules with the oracle on random guides, of which half share conditions.

The suite compares them on 30,000 sets of answers. For any other number of sets, run this:

    python -m tests.engine.agreement 300000

It prints how many sets it has compared so far, and stops at the first difference.
"""

import random
import sys
from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers, GuideContent
from rules.engine.failures import engine_failures
from rules.engine.oracle import fired_positions
from tests.engine.shared_conditions import COUNTS, make_sharing_guide, similar_answers
from tests.strategies import answer_set, hostile_guides

SETS_OF_A_GUIDE = 320


def assert_agreement(compiled: CompiledGuide, sets: Iterable[Answers]) -> None:
    """Checks that durable_rules finds the same rules as the oracle, and never fails.

    When durable_rules fails, the oracle answers. It would then be compared with itself.
    """
    failures_before = engine_failures.total()
    for answers in sets:
        assert compiled.fire(answers) == fired_positions(compiled.guide.rules, answers)
    assert engine_failures.total() == failures_before


def count_agreements(guides: int) -> int:
    """Compares durable_rules with the oracle on random guides, and returns on how many answers."""
    compared = 0

    @settings(
        max_examples=guides,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(hostile_guides() | sharing_guides(), st.integers(0, 2**32))
    def compare_guide(guide: GuideContent, seed: int) -> None:
        nonlocal compared
        chance = random.Random(seed)
        choose_answers = chance.choice([answer_set, similar_answers])
        sets = {frozenset(choose_answers(guide, chance).items()) for _ in range(SETS_OF_A_GUIDE)}
        assert_agreement(CompiledGuide(guide), map(dict, sets))
        compared += len(sets)

    compare_guide()
    return compared


def sharing_guides() -> st.SearchStrategy[GuideContent]:
    """Draws guides of which many rules share conditions."""
    return st.builds(make_sharing_guide, st.sampled_from(COUNTS), st.integers(0, 2**32))


if __name__ == "__main__":
    wanted, compared = int(sys.argv[1]), 0
    while compared < wanted:
        compared += count_agreements(guides=100)
        sys.stdout.write(f"{compared:,} evaluations: all agree, durable_rules never failed\n")
