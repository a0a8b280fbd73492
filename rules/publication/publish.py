"""Makes the draft of a guide its next version."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from rules.document.problems import Problem, cap_problems
from rules.document.serialising import document_digest
from rules.drafts.history import change_create
from rules.models import ChangeEvent, PublicationRequest, Version
from rules.models.signed_row import sign_as
from rules.proof.findings import Proof
from rules.publication.check import PublicationCheck
from rules.publication.review import PublicationReview
from rules.publication.stored_proofs import proof_store
from rules.publication.timeline import publication_sentence

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
) -> Version:
    """Publishes a draft as the next version, which goes live at `publish_at`, by default now.

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
    return version


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
