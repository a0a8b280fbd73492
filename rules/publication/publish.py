"""Makes the draft of a guide its next version."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from rules.comparison.change_sentences import capitalize_first
from rules.document.problems import Problem, cap_problems
from rules.document.serialising import canonical_json, document_digest
from rules.drafts.history import change_create
from rules.models import ChangeEvent, PublicationRequest, Version
from rules.models.signed_row import sign_as
from rules.proof.findings import Proof
from rules.publication.check import PublicationCheck
from rules.publication.overtaken_versions import OvertakenVersion, find_overtaken_versions
from rules.publication.review import PublicationReview, ReviewOutdatedError
from rules.publication.stored_proofs import proof_store
from rules.publication.timeline import moment_label, publication_sentence

APPROVAL_IS_NEEDED = (
    "La publication de ce guide demande l’accord d’une seconde personne\u00a0: "
    "demandez-la dans l’administration."
)


class PublicationRefusedError(ValueError):
    """Raised when a draft cannot be published. `problems` lists what must be corrected."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, cap_problems(problems))))
        self.problems = problems


class ApprovalNeededError(PublicationRefusedError):
    """Raised when a second person must approve the publication of a guide, and nobody has."""

    def __init__(self) -> None:
        super().__init__([Problem((), "", APPROVAL_IS_NEEDED)])


class ConfirmationNeededError(ValueError):
    """Raised when a guide can be published only with a reason, and there is none.

    Its `proof` has warnings or is not complete.
    """

    def __init__(self, proof: Proof) -> None:
        super().__init__("publication needs a reason")
        self.proof = proof


def guide_publish(
    *,
    review: PublicationReview,
    author: User | None = None,
    approver: User | None = None,
    note: str = "",
    reason: str = "",
    publish_at: datetime | None = None,
    rescheduled: Sequence[OvertakenVersion] = (),
) -> Version:
    """Publishes a draft as the next version, which goes live at `publish_at`, by default now.

    The scheduled versions that it overtakes never go live, except those in `rescheduled`.

    Raises `PublicationRefusedError` if the draft has problems or lacks an approval that the guide
    needs, `ConfirmationNeededError` if a reason is needed and `reason` is empty, and
    `ReviewOutdatedError` if the review is outdated.
    """
    if review.guide.needs_approval and approver in (None, author):
        raise ApprovalNeededError
    proof = proof_for_publication(review.check, reason=reason)
    version = Version(title=review.draft.title, document=review.document, **sign_as(author))
    version.note, version.reason = note, reason
    with transaction.atomic():
        version.guide = review.lock_guide()
        overtaken = find_overtaken_versions(version.guide, review.draft, publish_at)
        version_create(version=version, publish_at=publish_at)
        proof_store(version=version, proof=proof)
        PublicationRequest.objects.filter(guide=version.guide).delete()
        change_create(
            part=version.guide,
            sentence=publication_sentence(version, approver),
            author=approver or author,
            event=ChangeEvent.APPROVED if approver else ChangeEvent.PUBLISHED,
            version_number=version.number,
        )
        overtaken_versions_settle(
            publication=version,
            overtaken=overtaken,
            rescheduled=rescheduled,
            author=approver or author,
        )
    return version


def overtaken_versions_settle(
    *,
    publication: Version,
    overtaken: Sequence[OvertakenVersion],
    rescheduled: Sequence[OvertakenVersion],
    author: User | None,
) -> None:
    """Schedules the versions in `rescheduled` again. The history says what becomes of all `overtaken` ones.

    `overtaken` was found under the lock of the guide, before the new version `publication` was saved.
    Raises `ReviewOutdatedError` if a version in `rescheduled` is overtaken no longer, and otherwise what
    `overtaken_version_reschedule` raises.
    """
    guide, rescheduled_by_number = (
        publication.guide,
        {each.version.number: each for each in rescheduled},
    )
    if not rescheduled_by_number.keys() <= {each.version.number for each in overtaken}:
        raise ReviewOutdatedError
    for each in overtaken:
        if rescheduling := rescheduled_by_number.get(each.version.number):
            overtaken_version_reschedule(
                overtaken=rescheduling, publication=publication, author=author
            )
        else:
            sentence = f"{capitalize_first(each.name)}, ne sera jamais en ligne."
            change_create(part=guide, sentence=sentence, author=author)


def overtaken_version_reschedule(
    *, overtaken: OvertakenVersion, publication: Version, author: User | None
) -> Version:
    """Schedules an overtaken version again, with what the publication corrects. Returns the new one.

    Raises `PublicationRefusedError` if it cannot be rescheduled, `ConfirmationNeededError` if that needs a
    reason, and neither version has one.
    """
    if overtaken.merge is None or overtaken.check is None:
        raise PublicationRefusedError([Problem((), "", text) for text in overtaken.obstacles])
    version, content = overtaken.version, overtaken.merge.content
    again = Version(guide=publication.guide, title=content.title, **sign_as(author))
    again.document, again.note = canonical_json(content), version.note
    again.reason = version.reason or publication.reason
    proof = proof_for_publication(overtaken.check, reason=again.reason)
    version_create(version=again, publish_at=version.published_at)
    proof_store(version=again, proof=proof)
    change_create(
        part=again.guide,
        sentence=(
            f"La version {version.number} est gardée\u00a0: la version {again.number}, qui a aussi ce "
            f"que la version {publication.number} corrige, est programmée pour le "
            f"{moment_label(again.published_at)}."
        ),
        author=author,
        event=ChangeEvent.RESCHEDULED,
        version_number=again.number,
    )
    return again


def proof_for_publication(check: PublicationCheck, *, reason: str) -> Proof:
    """Returns the proof of a guide that can be published.

    `reason` says why it is published in spite of warnings or without a complete proof. It may be
    empty if the proof is complete and has no warnings.

    Raises `PublicationRefusedError` if the guide has problems, `ConfirmationNeededError` if a
    reason is needed and `reason` is empty.
    """
    if check.problems:
        raise PublicationRefusedError(check.problems)
    if check.needs_reason and not reason:
        raise ConfirmationNeededError(check.proof)
    return check.proof


def version_create(*, version: Version, publish_at: datetime | None = None) -> None:
    """Saves a new version with the next number and the digest of its document.

    It goes live at `publish_at`, or now if that is not in the future.
    """
    last = version.guide.versions.order_by("-number").first()
    version.number = last.number + 1 if last else 1
    version.sha256 = document_digest(version.document)
    version.published_at = max(publish_at or timezone.now(), timezone.now())
    version.clean_fields(exclude=["guide", "author"])
    version.save(force_insert=True)
