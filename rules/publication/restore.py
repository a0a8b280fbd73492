"""Publishes an earlier version again, or replaces the draft by a version."""

from collections.abc import Sequence
from contextlib import suppress

from django.contrib.auth.models import User
from django.db import transaction

from rules.drafts.content import draft_read, draft_write
from rules.drafts.history import change_create
from rules.drafts.locks import guide_lock
from rules.edits.merge import merge_contents
from rules.engine.content import GuideContent
from rules.models import ChangeEvent, Snapshot, Version, VersionProof
from rules.models.signed_row import sign_as
from rules.publication.check import PublicationCheck, soundness_check
from rules.publication.overtaken_versions import OvertakenVersion, find_overtaken_versions
from rules.publication.publish import (
    overtaken_versions_settle,
    proof_for_publication,
    version_create,
)
from rules.publication.stored_proofs import proof_store
from rules.publication.timeline import TimelineEntry, restoration_sentence
from rules.publication.versions import (
    VersionAlteredError,
    compiled_version,
    version_content,
    version_document,
)

NEVER_ONLINE = (
    "Cette version n’a jamais été en ligne\u00a0: dans ce guide, la mettre en ligne demande "
    "l’accord d’une seconde personne."
)


class Restoration:
    """A version that is to be published again, with the check of one that has no stored proof.

    Whoever restores a version makes this before the guide is locked: a proof may take seconds.
    """

    def __init__(self, version: Version) -> None:
        self.version = version
        self.overtaken: list[OvertakenVersion] = []
        """The scheduled versions that this overtakes; empty if the version was altered."""
        with suppress(VersionAlteredError):
            content = version_content(version)
            self.overtaken = find_overtaken_versions(version.guide, content)
        self.check: PublicationCheck | None = None
        """The check of a version without a stored proof; None if it has one, or was altered."""
        if not hasattr(version, "proof"):
            with suppress(VersionAlteredError):
                self.check = soundness_check(version_content(version))


def reason_not_to_restore(entry: TimelineEntry) -> str:
    """Returns why a version may not be published again; empty if it may."""
    if entry.has_live_content:
        return "Ce contenu est déjà en ligne."
    needs_approval = entry.version.guide.needs_approval
    return NEVER_ONLINE if needs_approval and not entry.stage.was_ever_live else ""


@transaction.atomic
def version_restore(
    *,
    restoration: Restoration,
    reason: str,
    author: User | None = None,
    rescheduled: Sequence[OvertakenVersion] = (),
) -> Version:
    """Publishes an earlier version again, as a new version, which it returns.

    The draft does not change, and no approval is needed. The proof of the earlier version is
    copied, if it has one. The scheduled versions never go live, except those in `rescheduled`.

    Raises `VersionAlteredError` if the earlier version was altered; if it has no stored proof, also
    `PublicationRefusedError` and `ConfirmationNeededError`.
    """
    version, check = restoration.version, restoration.check
    guide = guide_lock(guide=version.guide)
    compiled_version(version)
    document, note = version_document(version), f"Retour à la version {version.number}"
    new_version = Version(guide=guide, title=version.title, document=document, **sign_as(author))
    new_version.note, new_version.reason = note, reason
    new_proof = proof_for_publication(check, reason=reason) if check else None
    overtaken = find_overtaken_versions(guide, version_content(version))
    version_create(version=new_version)
    if new_proof:
        proof_store(version=new_version, proof=new_proof)
    else:
        proof = VersionProof.objects.get(version=version)
        proof.version = new_version
        proof.save(force_insert=True)
    sentence = f"{restoration_sentence(version, new_version)} Motif\u00a0: {reason}"
    event, number = ChangeEvent.RESTORED, new_version.number
    change_create(part=guide, sentence=sentence, author=author, event=event, version_number=number)
    overtaken_versions_settle(
        publication=new_version, overtaken=overtaken, rescheduled=rescheduled, author=author
    )
    return new_version


@transaction.atomic
def draft_reset_and_correct(
    *, version: Version, base: Version, author: User | None = None
) -> Snapshot | None:
    """Replaces the draft by the content of a version, with what the draft corrects in another one, its base.

    Returns a snapshot of the draft before; None, and nothing is written, if a part is corrected that is
    not the same in both versions. Raises `VersionAlteredError` if one of them was altered.
    """
    guide = guide_lock(guide=version.guide)
    content = corrected_content(draft_read(guide), version, base)
    if content is None:
        return None
    return draft_write(
        guide=guide,
        content=content,
        author=author,
        sentence=f"Le brouillon reprend la version {version.number}, et garde les changements qu’il avait "
        f"par rapport à la version {base.number}.",
        event=ChangeEvent.DRAFT,
    )


def corrected_content(draft: GuideContent, version: Version, base: Version) -> GuideContent | None:
    """Returns the content of a version with what a draft corrects in another one, its base.

    None if a part is corrected that is not the same in both versions. Raises `VersionAlteredError` if one
    of them was altered.
    """
    merge = merge_contents(version_content(base), draft, version_content(version))
    return None if merge.conflicts else merge.content


@transaction.atomic
def draft_reset(*, version: Version, author: User | None = None) -> Snapshot | None:
    """Replaces the draft by the content of a version, and returns a snapshot of what it was before.

    Raises `VersionAlteredError` if the version was altered.
    """
    return draft_write(
        guide=guide_lock(guide=version.guide),
        content=version_content(version),
        author=author,
        sentence=f"Le brouillon est remis à la version {version.number}.",
        event=ChangeEvent.RESET,
        version_number=version.number,
    )
