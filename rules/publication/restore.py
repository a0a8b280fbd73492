"""Back to what was published before: a version goes live again, or becomes the draft again."""

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
    """Publishes the document of an earlier version again, as a new version. The draft stays.

    The new version gets the proof of the earlier one, and needs no new approval; only a version
    that has no proof is proved now.

    Raises `VersionAlteredError` and what `proof_for_publication` raises.
    """
    guide = guide_lock(guide=version.guide)
    document = version_document(version)
    new = Version(
        guide=guide,
        title=version.title,
        document=document,
        author=author,
        note=f"Retour à la version {version.number}",
        reason=reason,
    )
    version_create(version=new)
    if proof := VersionProof.objects.filter(version=version).first():
        proof.version = new
        proof.save(force_insert=True)
    else:
        content = version_content(version)
        proof_store(version=new, proof=proof_for_publication(content, reason=reason))
    sentence = f"{restoration_sentence(version, new)} Motif\u00a0: {reason}"
    change_create(part=guide, sentence=sentence, author=author)
    return new


@transaction.atomic
def draft_reset(*, version: Version, author: User | None = None) -> None:
    """Replaces the draft by the content of a version. Raises `VersionAlteredError`."""
    guide_lock(guide=version.guide)
    draft_write(guide=version.guide, content=version_content(version), author=author)
