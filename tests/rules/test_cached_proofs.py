"""The proofs of drafts: kept, used again, shared between processes, and made one at a time."""

from contextlib import ExitStack
from threading import Thread
from time import monotonic

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.db import OperationalError

from rules.document.serialising import canonical_json, document_digest
from rules.drafts import bounded_results, cached_proofs, shared_proofs
from rules.drafts.cached_proofs import draft_proof
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.proof.bounds import QUICK_BOUND, BoundKind, ProofBound
from rules.proof.finding_sentences import proof_sentence
from rules.proof.findings import Proof
from rules.proof.prove import prove_guide
from tests.proof.broken import Draft
from tests.proof.large_guides import make_exploding_guide
from tests.proof.test_broken import BROKEN

pytestmark = pytest.mark.usefixtures("no_cached_proof", "empty_cache")

SMALL, LARGE = ProofBound(states=50), ProofBound(states=5_000)
Proofs = list[ProofBound]


@pytest.fixture
def empty_cache(monkeypatch: pytest.MonkeyPatch) -> LocMemCache:
    """A cache that threads share without a database."""
    cache = LocMemCache(f"{monotonic()}", {})
    monkeypatch.setattr(shared_proofs, "shared_cache", cache)
    return cache


@pytest.fixture
def guide() -> GuideContent:
    """A guide of 512 states: more than `SMALL` allows, and fewer than `LARGE`."""
    return make_exploding_guide(8)


@pytest.fixture
def proofs(monkeypatch: pytest.MonkeyPatch) -> Proofs:
    """Lists the bounds of the proofs that are made."""
    made: Proofs = []

    def prove(compiled: CompiledGuide, bound: ProofBound) -> Proof:
        made.append(bound)
        return prove_guide(compiled, bound)

    monkeypatch.setattr(cached_proofs, "prove_guide", prove)
    return made


@pytest.fixture
def long_proofs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes every complete proof count as one that took long."""
    monkeypatch.setattr(cached_proofs, "QUICK_BOUND", SMALL._replace(seconds=0))


def forget_proofs() -> None:
    """Does what another process, or this one after a restart, would find in memory: nothing."""
    cached_proofs._cached_proofs = cached_proofs.make_proof_cache()


def test_a_complete_proof_is_used_again_whatever_the_bound(
    guide: GuideContent, proofs: Proofs
) -> None:
    complete = draft_proof(guide, LARGE)
    assert complete.complete
    made = len(proofs)
    assert draft_proof(guide, SMALL) is complete
    assert draft_proof(guide, QUICK_BOUND) is complete
    assert len(proofs) == made


def test_a_proof_that_is_not_complete_is_used_again_for_its_bound_alone(
    guide: GuideContent, proofs: Proofs
) -> None:
    assert not draft_proof(guide, SMALL).complete
    draft_proof(guide, SMALL)
    assert len(proofs) == 1
    assert draft_proof(guide, LARGE).complete


def test_a_proof_that_is_not_complete_is_made_again_after_a_while(
    guide: GuideContent, proofs: Proofs, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_proof(guide, SMALL)
    later = monotonic() + bounded_results.SECONDS_OF_INCOMPLETE_RESULTS + 1
    monkeypatch.setattr(bounded_results, "monotonic", lambda: later)
    draft_proof(guide, SMALL)
    assert len(proofs) > 1


@pytest.mark.usefixtures("long_proofs")
def test_a_complete_proof_that_took_long_is_used_by_another_process(
    guide: GuideContent, proofs: Proofs
) -> None:
    complete = draft_proof(guide, LARGE)
    forget_proofs()
    found = draft_proof(guide, SMALL._replace(seconds=0))
    assert (found.graph, found.findings) == (complete.graph, complete.findings)
    assert found.seconds == complete.seconds
    assert LARGE.states in {bound.states for bound in proofs}


@pytest.mark.parametrize("draft", BROKEN, ids=lambda draft: draft.name)
def test_a_shared_proof_is_the_whole_proof(draft: Draft) -> None:
    proof = prove_guide(CompiledGuide(draft.guide))
    shared_proofs.share_proof("digest", proof)
    assert shared_proofs.find_shared_proof("digest", draft.guide) == proof


def test_a_complete_proof_that_was_quick_is_not_shared(
    guide: GuideContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cached_proofs, "QUICK_BOUND", SMALL._replace(seconds=LARGE.seconds - 1))
    assert draft_proof(guide, LARGE).complete
    assert shared_proofs.find_shared_proof(digest_of(guide), guide) is None


@pytest.mark.usefixtures("long_proofs")
@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"states": [], "findings": [], "seconds": 1, "undecided": []}']
)
def test_a_shared_proof_that_was_altered_is_not_used(
    guide: GuideContent, empty_cache: LocMemCache, text: str
) -> None:
    draft_proof(guide, LARGE)
    empty_cache.set(shared_proofs._cache_key(digest_of(guide)), text)
    assert shared_proofs.find_shared_proof(digest_of(guide), guide) is None


@pytest.mark.usefixtures("long_proofs")
def test_a_proof_of_other_code_is_not_used(
    guide: GuideContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_proof(guide, LARGE)
    assert shared_proofs.find_shared_proof(digest_of(guide), guide)
    monkeypatch.setattr(shared_proofs, "_code_digest", lambda: "other")
    assert shared_proofs.find_shared_proof(digest_of(guide), guide) is None


@pytest.mark.usefixtures("long_proofs")
def test_who_waits_for_a_long_proof_gets_a_quick_one_in_time(guide: GuideContent) -> None:
    with bounded_results._long_turn:
        began = monotonic()
        proof = draft_proof(guide, LARGE._replace(seconds=0.2))
        assert 0.1 < monotonic() - began < 2
    assert len(proof.graph.states) < 200


@pytest.mark.usefixtures("long_proofs")
def test_a_third_one_does_not_wait_at_all(guide: GuideContent) -> None:
    with ExitStack() as taken:
        for _ in range(2):
            bounded_results._long_places.acquire()
            taken.callback(bounded_results._long_places.release)
        began = monotonic()
        proof = draft_proof(guide, LARGE)
        assert monotonic() - began < 2
    assert proof.stopped_by is BoundKind.TURN
    assert "d’autres preuves sont en cours" in proof_sentence(proof)


@pytest.mark.usefixtures("long_proofs")
def test_whoever_waits_for_a_proof_of_the_same_guide_gets_that_one(
    guide: GuideContent, proofs: Proofs
) -> None:
    threads = [Thread(target=draft_proof, args=(guide, LARGE)) for _ in range(2)]
    with bounded_results._long_turn:
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join()
    assert len([bound for bound in proofs if bound.states == LARGE.states]) == 1


@pytest.mark.usefixtures("long_proofs")
def test_a_cache_that_does_not_answer_keeps_nobody_from_a_proof(
    guide: GuideContent, empty_cache: LocMemCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(empty_cache, "get", fail)
    monkeypatch.setattr(empty_cache, "set", fail)
    assert draft_proof(guide, LARGE).complete


def digest_of(guide: GuideContent) -> str:
    return document_digest(canonical_json(guide))
