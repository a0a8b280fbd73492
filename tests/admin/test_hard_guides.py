"""Guides that are built to be hard go through every page of the admin, in bounded time.

`tests.admin.bench_hard_guides` sends larger ones.
"""

import random
from time import process_time

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.drafts import cached_proofs
from rules.drafts.guides import guide_import
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.proof.bounds import ProofBound
from rules.proof.findings import Proof
from rules.proof.prove import prove_guide
from tests.admin.bench_hard_guides import draft_pages, send_everywhere
from tests.faults.hard_drafts import pairs_and_triangle
from tests.proof.hard_guides import random_hard_guide

pytestmark = pytest.mark.slow

SECONDS_OF_LONG_PROOFS = 0.5
MAX_SECONDS = 2.5


@pytest.fixture(autouse=True)
def short_proofs(no_cached_proof: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives long proofs half a second, so that these tests do not take long."""

    def prove(compiled: CompiledGuide, bound: ProofBound) -> Proof:
        seconds = min(bound.seconds, SECONDS_OF_LONG_PROOFS)
        return prove_guide(compiled, bound._replace(seconds=seconds))

    monkeypatch.setattr(cached_proofs, "prove_guide", prove)


def test_a_small_guide_that_is_hard_to_prove_goes_through_every_page(publisher: Client) -> None:
    measures = list(send_everywhere(publisher, pairs_and_triangle()))
    assert [each for each in measures if each.status >= 400] == []
    assert [each for each in measures if each.seconds > MAX_SECONDS] == []


@settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_every_page_of_a_random_hard_guide_is_answered_in_time(
    publisher: Client, seed: int
) -> None:
    guide = guide_import(content=medium_hard_guide(seed), replace_draft=True)
    for name, url in draft_pages(guide):
        began = process_time()
        assert publisher.get(url).status_code == 200, name
        assert process_time() - began < MAX_SECONDS, name


def medium_hard_guide(seed: int) -> GuideContent:
    """Returns a random hard guide of at most 1,000 conditions and 20 examples."""
    chance = random.Random(seed)
    while True:
        guide = random_hard_guide(chance)
        if sum(len(rule.when) for rule in guide.rules) <= 1_000 and len(guide.examples) < 20:
            return guide
