"""Tests the proofs of versions that are older than the table of proofs."""

from functools import partial

import pytest
from django.test import Client

from rules.engine.compiled import CompiledGuides
from rules.models import Guide, Version, VersionProof
from rules.proof.bounds import ProofBound
from rules.proof.prove import prove_guide
from rules.publication import stored_proofs, versions
from rules.publication.stored_proofs import missing_proofs_store
from tests.rules.documents import small_document
from tests.web.conftest import publish_document


@pytest.fixture
def version(old_guide: Guide) -> Version:
    VersionProof.objects.all().delete()
    # An earlier test may have stored a proof of the same document, and read it.
    stored_proofs._proved_document.cache_clear()
    return Version.objects.get()


def test_the_next_start_proves_a_live_version_whose_guide_then_has_a_file(
    version: Version, client: Client
) -> None:
    assert "Content-Disposition" not in client.get("/ancien/hors-ligne/")
    missing_proofs_store()
    proof = VersionProof.objects.get()
    assert (proof.version, proof.complete, proof.paths) == (version, True, "5")
    assert "attachment" in client.get("/ancien/hors-ligne/")["Content-Disposition"]


def test_a_file_for_which_a_busy_machine_has_no_time_is_made_for_the_next_visitor(
    shipped_guide: Guide, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"/{shipped_guide.slug}/hors-ligne/"
    monkeypatch.setattr(versions, "_compiled_versions", CompiledGuides())
    with monkeypatch.context() as busy:
        busy.setattr(stored_proofs, "ProofBound", partial(ProofBound, seconds=-1))
        late = client.get(url)
    assert (late.status_code, late["Retry-After"]) == (503, "5")
    assert "réessayez dans un instant" in late.content.decode()
    assert "attachment" in client.get(url)["Content-Disposition"]


def test_a_version_that_has_a_proof_is_not_proved_again(
    shipped_guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(stored_proofs, "prove_guide")
    missing_proofs_store()
    assert VersionProof.objects.get().version.guide == shipped_guide


def test_a_proof_that_is_not_complete_is_not_stored(
    version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = partial(prove_guide, bound=ProofBound(states=1))
    monkeypatch.setattr(stored_proofs, "prove_guide", quick)
    missing_proofs_store()
    assert not VersionProof.objects.exists()


def test_a_proof_with_faults_is_not_stored(no_guide: None) -> None:
    document = small_document()
    document["rules"] = document["rules"][:1]
    publish_document(document)
    missing_proofs_store()
    assert not VersionProof.objects.exists()


def test_an_altered_version_does_not_keep_others_from_their_proof(version: Version) -> None:
    # A document that this process has compiled already would be read without looking at its row.
    document = small_document() | {"title": "Guide que seul ce test publie"}
    altered = publish_document(document).versions.get()
    Version.objects.filter(pk=altered.pk).update(document="{}")
    missing_proofs_store()
    assert [proof.version for proof in VersionProof.objects.all()] == [version]
