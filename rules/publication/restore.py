"""Back to what was published before: a version goes live again, or the draft is set back to it."""

from django.contrib.auth.models import User
from django.db import transaction

from rules.drafts.content import draft_write
from rules.drafts.history import change_create
from rules.drafts.locks import guide_lock
from rules.models import (
    Version,
    VersionProof,
)
from rules.publication.publish import prove_publishable, version_create
from rules.publication.stored_proofs import proof_store
from rules.publication.timeline import restoration_sentence
from rules.publication.versions import version_content, version_document


@transaction.atomic
def version_restore(*, version: Version, reason: str, author: User | None = None) -> Version:
    """Publishes an earlier version's document again, as a new version. The draft stays.

    What was said of it then holds still: no new proof unless it never had one, no new approval.
    Raises `VersionAlteredError` and what `prove_publishable` does.
    """
    guide = guide_lock(guide=version.guide)
    document = version_document(version)
    new = Version(guide=guide, title=version.title, document=document, author=author)
    new.note, new.reason = f"Retour à la version {version.number}", reason
    version_create(version=new)
    if proof := VersionProof.objects.filter(version=version).first():
        proof.version = new
        proof.save(force_insert=True)
    else:
        content = version_content(version)
        proof_store(version=new, proof=prove_publishable(content, reason=reason))
    done = f"{restoration_sentence(version, new)} Motif\u00a0: {reason}"
    change_create(part=guide, sentence=done, author=author)
    return new


@transaction.atomic
def draft_reset(*, version: Version, author: User | None = None) -> None:
    """Sets the draft back to what a version says. Raises `VersionAlteredError`."""
    guide_lock(guide=version.guide)
    draft_write(guide=version.guide, content=version_content(version), author=author)
