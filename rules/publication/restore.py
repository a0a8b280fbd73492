"""Publishes an earlier version again, or replaces the draft by a version."""

from django.contrib.auth.models import User
from django.db import transaction

from rules.drafts.content import draft_write
from rules.drafts.history import change_create
from rules.drafts.locks import guide_lock
from rules.models import Version, VersionProof
from rules.publication.check import PublicationCheck, publication_check
from rules.publication.publish import proof_for_publication, version_create
from rules.publication.stored_proofs import proof_store
from rules.publication.timeline import restoration_sentence
from rules.publication.versions import VersionAlteredError, version_content, version_document


def unproved_version_check(version: Version) -> PublicationCheck | None:
    """Checks a version that has no stored proof. Returns None for one that has, or was altered.

    The proof may take minutes: this is called before the guide is locked.
    """
    if hasattr(version, "proof"):
        return None
    try:
        return publication_check(version_content(version))
    except VersionAlteredError:
        return None


@transaction.atomic
def version_restore(
    *,
    version: Version,
    reason: str,
    author: User | None = None,
    check: PublicationCheck | None = None,
) -> Version:
    """Publishes an earlier version again, as a new version, which it returns.

    The draft does not change, and no approval is needed. The proof of the earlier version is
    copied; if there is none, `check` must be what `unproved_version_check` returned.

    Raises `VersionAlteredError` if the earlier version was altered; if there is a check, also
    `PublicationRefusedError` and `ConfirmationNeededError`.
    """
    guide = guide_lock(guide=version.guide)
    new_version = Version(guide=guide, title=version.title, document=version_document(version))
    new_version.author, new_version.reason = author, reason
    new_version.note = f"Retour à la version {version.number}"
    version_create(version=new_version)
    if check:
        proof_store(version=new_version, proof=proof_for_publication(check, reason=reason))
    else:
        proof = VersionProof.objects.get(version=version)
        proof.version = new_version
        proof.save(force_insert=True)
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
