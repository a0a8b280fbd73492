"""Publishes an earlier version again, or replaces the draft by a version."""

from django.contrib.auth.models import User
from django.db import transaction

from rules.drafts.content import draft_write
from rules.drafts.history import change_create
from rules.drafts.locks import guide_lock
from rules.models import Version, VersionProof
from rules.publication.publish import proof_for_publication, version_create
from rules.publication.stored_proofs import proof_store
from rules.publication.timeline import restoration_sentence
from rules.publication.versions import version_content, version_document


@transaction.atomic
def version_restore(*, version: Version, reason: str, author: User | None = None) -> Version:
    """Publishes an earlier version again, as a new version, which it returns.

    The draft does not change, and no approval is needed. The proof of the earlier version is
    copied; if there is none, the version is proved now.

    Raises `VersionAlteredError` if the earlier version was altered; if it is proved now, also
    `PublicationRefusedError` and `ConfirmationNeededError`.
    """
    guide = guide_lock(guide=version.guide)
    document = version_document(version)
    new_version = Version(
        guide=guide,
        title=version.title,
        document=document,
        author=author,
        note=f"Retour à la version {version.number}",
        reason=reason,
    )
    version_create(version=new_version)
    if proof := VersionProof.objects.filter(version=version).first():
        proof.version = new_version
        proof.save(force_insert=True)
    else:
        content = version_content(version)
        proof_store(version=new_version, proof=proof_for_publication(content, reason=reason))
    sentence = f"{restoration_sentence(version, new_version)} Motif\u00a0: {reason}"
    change_create(part=guide, sentence=sentence, author=author)
    return new_version


@transaction.atomic
def draft_reset(*, version: Version, author: User | None = None) -> None:
    """Replaces the draft by the content of a version.

    Raises `VersionAlteredError` if the version was altered.
    """
    guide_lock(guide=version.guide)
    draft_write(guide=version.guide, content=version_content(version), author=author)
