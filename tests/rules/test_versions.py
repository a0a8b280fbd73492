"""Versions: created by publishing and restoring, never changed, refused if someone altered them.

Other tests: which version is live, and which drafts cannot be published.
"""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from rules.document.parsing import parse_document
from rules.document.serialising import canonical_json, document_digest
from rules.drafts.content import UnreadableDraftError, draft_read, draft_write
from rules.drafts.guides import DraftExistsError, guide_import
from rules.engine.resolve import UnknownAnswerError
from rules.models import Guide, Version
from rules.publication.publish import PublicationRefusedError, guide_publish
from rules.publication.restore import Restoration, draft_reset, version_restore
from rules.publication.review import PublicationReview
from rules.publication.timeline import live_version, live_versions
from rules.publication.versions import VersionAlteredError, compiled_version, version_content
from tests.rules.documents import NESTED_DOCUMENT, document_with_a_long_rule, small_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide() -> Guide:
    """The small guide, published as version 1."""
    guide = guide_import(content=parse_document(small_document()))
    guide_publish(review=PublicationReview(guide))
    return guide


def change_title(guide: Guide, title: str) -> None:
    Guide.objects.filter(pk=guide.pk).update(title=title)
    guide.refresh_from_db()


def publish_with_title(guide: Guide, title: str) -> Version:
    """Publishes a new version of a guide that differs from the last one in its title."""
    change_title(guide, title)
    return guide_publish(review=PublicationReview(guide))


def live_number(guide: Guide) -> int | None:
    """Returns the number of the live version of a guide, or None if there is none."""
    version = live_version(guide.slug)
    return version.number if version else None


def test_the_first_publication_creates_version_1_from_the_draft(guide: Guide) -> None:
    version = guide.versions.get()
    assert (version.number, version.document) == (1, canonical_json(draft_read(guide)))


def test_a_version_stores_its_author_and_digest(guide: Guide) -> None:
    author = User.objects.create_user("lea")
    version = guide_publish(review=PublicationReview(guide), author=author)
    assert (version.author, version.sha256) == (author, document_digest(version.document))


def test_each_publication_has_the_next_number(guide: Guide) -> None:
    assert [publish_with_title(guide, title).number for title in "ab"] == [2, 3]


def test_a_change_of_the_draft_is_not_live_before_it_is_published(guide: Guide) -> None:
    change_title(guide, "Nouveau titre")
    live = live_version("petit")
    assert live is not None
    assert version_content(live).title == "Petit guide"


def test_a_published_change_is_live(guide: Guide) -> None:
    publish_with_title(guide, "Nouveau titre")
    live = live_version("petit")
    assert live is not None
    assert version_content(live).title == "Nouveau titre"


def test_a_guide_that_was_never_published_is_not_live() -> None:
    guide_import(content=parse_document(small_document()))
    assert live_version("petit") is None


def test_a_version_with_a_date_in_the_future_is_not_live(guide: Guide) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    guide.versions.create(number=2, document="", sha256="", published_at=tomorrow)
    assert live_number(guide) == 1


def test_the_live_version_is_the_one_with_the_highest_number_not_the_latest_date(
    guide: Guide,
) -> None:
    second = publish_with_title(guide, "Deux")
    Version.objects.filter(pk=second.pk).update(published_at=timezone.now() - timedelta(days=9))
    assert live_number(guide) == 2


def test_no_version_was_live_before_the_first_publication(no_guide: None, guide: Guide) -> None:
    assert not Version.objects.filter_live(as_of=timezone.now() - timedelta(days=1)).exists()


def test_each_guide_has_its_own_live_version(guide: Guide, shipped_guide: Guide) -> None:
    publish_with_title(guide, "Deux")
    numbers = {version.guide.slug: version.number for version in live_versions()}
    assert numbers == {"petit": 2, "corriger-comptes-pix": 1}


def test_a_guide_is_evaluated_without_the_rules_of_other_guides(
    guide: Guide, shipped_guide: Guide
) -> None:
    small, shipped = (compiled_version(g.versions.get()) for g in (guide, shipped_guide))
    assert (small.resolve({}).question, shipped.resolve({}).question) == ("q1", "liste-a-jour")
    with pytest.raises(UnknownAnswerError):
        small.resolve({"liste-a-jour": "oui"})


def test_a_version_is_evaluated_without_the_rules_of_other_versions(guide: Guide) -> None:
    swapped_keys = {"q1": "q2", "q2": "q1"}
    text = re.sub("q[12]", lambda match: swapped_keys[match[0]], json.dumps(small_document()))
    draft_write(guide=guide, content=parse_document(json.loads(text)))
    second = guide_publish(review=PublicationReview(guide))
    first = guide.versions.get(number=1)
    questions = [
        compiled_version(version).resolve({}).question for version in (first, second, first)
    ]
    assert questions == ["q1", "q2", "q1"]


def test_restoring_publishes_the_old_document_as_a_new_version(guide: Guide) -> None:
    publish_with_title(guide, "Deux")
    first = guide.versions.get(number=1)
    restored = version_restore(restoration=Restoration(first), reason="Retour arrière")
    assert (restored.number, restored.document) == (3, first.document)
    assert restored.note == "Retour à la version 1"
    assert live_number(guide) == 3


def test_restoring_does_not_change_the_draft(guide: Guide) -> None:
    publish_with_title(guide, "Deux")
    version_restore(restoration=Restoration(guide.versions.get(number=1)), reason="Retour arrière")
    assert draft_read(guide).title == "Deux"


def test_the_draft_can_be_replaced_by_a_version(no_guide: None, guide: Guide) -> None:
    change_title(guide, "Essai")
    draft_reset(version=guide.versions.get())
    assert canonical_json(draft_read(Guide.objects.get())) == guide.versions.get().document


def test_publishing_restoring_and_importing_do_not_change_a_version(
    no_guide: None, guide: Guide
) -> None:
    before = Version.objects.filter(number=1).values().get()
    publish_with_title(guide, "Deux")
    version_restore(restoration=Restoration(guide.versions.get(number=1)), reason="Retour arrière")
    draft_reset(version=guide.versions.get(number=2))
    imported = guide_import(content=parse_document(small_document()), replace_draft=True)
    guide_publish(review=PublicationReview(imported))
    assert Version.objects.filter(number=1).values().get() == before


@pytest.mark.parametrize("load", [compiled_version, version_content])
def test_an_altered_version_is_refused_when_it_is_loaded(guide: Guide, load: Any) -> None:  # noqa: ANN401
    version = publish_with_title(guide, "Jamais chargée")
    altered = version.document.replace("Petit", "Grand").replace("Jamais", "Toujours")
    Version.objects.filter(pk=version.pk).update(document=altered)
    with pytest.raises(VersionAlteredError):
        load(Version.objects.get(pk=version.pk))


@pytest.mark.parametrize(
    "document", [document_with_a_long_rule(), NESTED_DOCUMENT], ids=["long rule", "nested"]
)
def test_a_version_altered_with_its_digest_is_neither_evaluated_nor_restored(
    guide: Guide, document: str
) -> None:
    Version.objects.update(document=document, sha256=document_digest(document))
    with pytest.raises(VersionAlteredError):
        compiled_version(guide.versions.get())
    with pytest.raises(VersionAlteredError):
        version_restore(restoration=Restoration(guide.versions.get()), reason="Retour arrière")
    guide.versions.get().proof.delete()
    with pytest.raises(VersionAlteredError):
        version_restore(restoration=Restoration(guide.versions.get()), reason="Retour arrière")


def test_a_version_altered_to_have_a_long_rule_can_still_be_read(guide: Guide) -> None:
    document = document_with_a_long_rule()
    Version.objects.update(document=document, sha256=document_digest(document))
    assert len(version_content(guide.versions.get()).rules[1].when) == 41


def test_a_version_altered_to_be_deeply_nested_cannot_be_read(guide: Guide) -> None:
    Version.objects.update(document=NESTED_DOCUMENT, sha256=document_digest(NESTED_DOCUMENT))
    with pytest.raises(VersionAlteredError):
        version_content(guide.versions.get())


def test_an_altered_version_cannot_be_restored(guide: Guide) -> None:
    version = guide.versions.get()
    compiled_version(version)
    Version.objects.update(document=version.document.replace("Petit", "Grand"))
    with pytest.raises(VersionAlteredError):
        version_restore(restoration=Restoration(guide.versions.get()), reason="Retour arrière")
    assert guide.versions.count() == 1


def test_the_draft_cannot_be_replaced_by_an_altered_version(guide: Guide) -> None:
    version = guide.versions.get()
    compiled_version(version)
    Version.objects.update(document=version.document.replace("Petit", "Grand"))
    with pytest.raises(VersionAlteredError):
        draft_reset(version=guide.versions.get())


def test_a_draft_equal_to_the_live_version_has_no_unpublished_change(guide: Guide) -> None:
    assert not PublicationReview(guide).has_unpublished_changes


def test_a_changed_draft_has_unpublished_changes(guide: Guide) -> None:
    change_title(guide, "Essai")
    assert PublicationReview(guide).has_unpublished_changes


def test_a_guide_that_was_never_published_has_unpublished_changes() -> None:
    assert PublicationReview(
        guide_import(content=parse_document(small_document()))
    ).has_unpublished_changes


def test_an_import_does_not_replace_a_draft_by_default(guide: Guide) -> None:
    change_title(guide, "Travail en cours")
    with pytest.raises(DraftExistsError):
        guide_import(content=parse_document(small_document()))
    assert draft_read(guide).title == "Travail en cours"


def publication_problems(guide: Guide) -> list[str]:
    """Tries to publish a guide, which must be refused, and returns the problems as sentences."""
    with pytest.raises(PublicationRefusedError) as refused:
        guide_publish(review=PublicationReview(guide))
    assert guide.versions.count() == 1
    return [str(problem).replace("\u00a0", " ") for problem in refused.value.problems]


def test_an_unfinished_draft_is_not_published(guide: Guide) -> None:
    guide.questions.create(key="vide", title="Vide", position=9)
    assert publication_problems(guide) == [
        "question 3 (« vide »), « choices » : une question a au moins deux réponses.",
    ]


def test_a_rule_that_asks_a_question_of_another_guide_is_not_published(
    guide: Guide, shipped_guide: Guide
) -> None:
    guide.rules.create(key="r9", asks=shipped_guide.questions.earliest("position"), position=9)
    with pytest.raises(UnreadableDraftError, match="Petit guide"):
        publication_problems(guide)


def test_a_rule_with_more_than_40_conditions_is_not_published(guide: Guide) -> None:
    rule, question = guide.rules.get(key="r2"), guide.questions.get(key="q2")
    for position in range(40):
        rule.conditions.create(question=question, operator="answered", position=position)
    assert publication_problems(guide)[0] == (
        "règle 2 (« r2 »), « when » : cette règle a 41 conditions ; le maximum est 40 : "
        "coupez-la en plusieurs."
    )


def test_a_draft_with_a_failing_example_is_not_published(guide: Guide) -> None:
    guide.examples.get().outcomes.all().delete()
    assert publication_problems(guide) == [
        "cas type 1 (« Cas ») : attendu : aucune conclusion ; obtenu : « Fin »."
    ]


def test_a_draft_with_an_example_that_answers_a_question_not_asked_is_not_published(
    guide: Guide,
) -> None:
    question = guide.questions.get(key="q2")
    guide.examples.get().answers.create(question=question, choice=question.choices.get(key="a"))
    assert publication_problems(guide) == [
        "cas type 1 (« Cas ») : ces questions ont une réponse mais ne sont pas posées : « Deux »."
    ]
