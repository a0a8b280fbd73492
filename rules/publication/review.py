"""The review of a draft before its publication: made once, compared by its fingerprint under a lock."""

from datetime import datetime
from functools import cached_property

from rules.document.serialising import canonical_json, document_digest
from rules.drafts.content import draft_read
from rules.drafts.locks import guide_lock
from rules.models import Guide, PublicationRequest, Version
from rules.proof.bounds import THOROUGH_BOUND, ProofBound
from rules.publication.check import PublicationCheck, publication_check
from rules.publication.overtaken_versions import (
    OvertakenVersion,
    find_overtaken_versions,
    versions_to_reschedule,
)
from rules.publication.timeline import guide_live_version, scheduled_versions
from rules.publication.unpublished_changes import UnpublishedChanges
from rules.publication.untaken_versions import find_untaken_versions

DRAFT_CHANGED = "Le brouillon a changé entre-temps\u00a0: rien n’est publié. Vérifiez de nouveau."
OTHERWISE_PUBLISHED = (
    "Quelqu’un a publié, programmé, annulé ou demandé une publication entre-temps, ou une version "
    "programmée est en ligne\u00a0: rien n’est publié cette fois-ci. Vérifiez de nouveau."
)


class ReviewOutdatedError(RuntimeError):
    """Raised when a decision rests on a review, and what was reviewed has changed meanwhile."""


class DraftStatus:
    """The draft of a guide, read once, and whether its content is live or scheduled."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.draft = draft_read(guide)
        self.document = canonical_json(self.draft)
        self.digest = document_digest(self.document)

    @cached_property
    def live_version(self) -> Version | None:
        return guide_live_version(self.guide)

    @cached_property
    def scheduled_versions(self) -> list[Version]:
        return scheduled_versions(self.guide)

    @property
    def has_unpublished_changes(self) -> bool:
        """True if the draft differs from the live version, or if no version is live."""
        return self.live_version is None or self.live_version.document != self.document

    @cached_property
    def untaken_versions(self) -> list[Version]:
        """The scheduled versions with changes that the draft does not have."""
        return find_untaken_versions(self.draft, self.live_version, self.scheduled_versions)

    @property
    def is_scheduled(self) -> bool:
        """True if a scheduled version has the content of the draft."""
        return any(version.sha256 == self.digest for version in self.scheduled_versions)


class PublicationReview(DraftStatus):
    """Everything that the decision to publish a draft rests on.

    Whoever decides makes a review before the guide is locked, and reads its `check` then, since the
    proof may take seconds. Then `lock_guide` locks the guide, unless what was reviewed has changed.
    A page that must be quick gives a small `bound` to the proof.
    """

    def __init__(self, guide: Guide, *, bound: ProofBound = THOROUGH_BOUND) -> None:
        super().__init__(guide)
        self.bound = bound
        # An approval creates a version and deletes the request. The version is looked for first, so
        # that a request is never read together with the version that its approval has created.
        last = guide.versions.order_by("-number").values_list("number", flat=True).first()
        self.publication_request = (
            PublicationRequest.objects.filter(guide=guide).select_related("author").first()
        )
        request_id = self.publication_request.pk if self.publication_request else 0
        # A page sends the fingerprint back with a decision, so that nobody decides on an outdated
        # review. It changes whenever the draft, the last version, the scheduled versions or the
        # publication request do.
        scheduled = "-".join(str(version.number) for version in self.scheduled_versions)
        self.fingerprint = f"{self.digest}.{last or 0}.{scheduled}.{request_id}"

    @cached_property
    def check(self) -> PublicationCheck:
        return publication_check(self.draft, self.bound)

    @cached_property
    def unpublished_changes(self) -> UnpublishedChanges:
        return UnpublishedChanges(self.guide, self.live_version)

    def find_overtaken_versions(self, publish_at: datetime | None) -> list[OvertakenVersion]:
        """Returns the scheduled versions that a publication at this date, or else now, overtakes."""
        return find_overtaken_versions(self.guide, self.draft, publish_at)

    @cached_property
    def overtaken_by_request(self) -> list[OvertakenVersion]:
        """The scheduled versions that the publication overtakes if it is approved now."""
        request = self.publication_request
        return self.find_overtaken_versions(request.publish_at) if request else []

    @property
    def rescheduled_by_request(self) -> list[OvertakenVersion]:
        """The overtaken versions that are rescheduled if the publication is approved."""
        request = self.publication_request
        return (
            versions_to_reschedule(self.overtaken_by_request, request.reschedules)
            if request
            else []
        )

    @property
    def reason_to_decide_on_overtaken(self) -> str:
        """Why the request does not say what becomes of an overtaken version; empty if it does."""
        reschedules = self.publication_request.reschedules if self.publication_request else {}
        reasons = (
            each.reason_to_decide_again(is_rescheduled=reschedules.get(str(each.version.number)))
            for each in self.overtaken_by_request
        )
        return next(filter(None, reasons), "")

    @property
    def awaits_approval(self) -> bool:
        """True if an account requests the publication of the draft as it is now."""
        request = self.publication_request
        return request is not None and bool(request.author) and request.sha256 == self.digest

    @property
    def lacks_reason(self) -> bool:
        """True if a proof asks for a reason, and the publication request has none."""
        request = self.publication_request
        if request is None or request.reason:
            return False
        return self.check.needs_reason or any(
            each.needs_reason for each in self.rescheduled_by_request
        )

    def reason_to_review_again(self, fingerprint: str) -> str:
        """Returns what has changed since a page showed this fingerprint; empty if nothing has."""
        if fingerprint == self.fingerprint:
            return ""
        same_draft = fingerprint.split(".")[0] == self.digest
        return OTHERWISE_PUBLISHED if same_draft else DRAFT_CHANGED

    def has_request_of_page(self, fingerprint: str) -> bool:
        """True if a page with this fingerprint showed the publication request that there is now."""
        return fingerprint.split(".")[-1] == self.fingerprint.split(".")[-1]

    def lock_guide(self) -> Guide:
        """Locks the guide until the transaction ends, and returns a fresh copy of it.

        Raises `ReviewOutdatedError` if the fingerprint has changed since the review, or if the
        guide needs approval now and did not then, or the reverse.
        """
        now = PublicationReview(guide_lock(guide=self.guide))
        if now.fingerprint != self.fingerprint:
            raise ReviewOutdatedError
        if now.guide.needs_approval != self.guide.needs_approval:
            raise ReviewOutdatedError
        return now.guide
