"""Everything that the publish and approve pages show of a draft, computed on first use."""

from functools import cached_property

from rules.admin.change_groups import ChangeGroup, group_changes
from rules.admin.problem_links import ProblemLink, problem_links
from rules.comparison import compare_guides
from rules.document.serialising import canonical_json, document_digest
from rules.drafts.content import draft_read
from rules.engine.content import GuideContent
from rules.models import Guide, PublicationRequest, Version
from rules.proof.finding_sentences import proof_sentence
from rules.publication.approvals import publication_request_of, request_is_current
from rules.publication.check import PublicationCheck, publication_check
from rules.publication.timeline import differs_from_live, guide_live_version, scheduled_versions
from rules.publication.versions import VersionAlteredError, version_content

FINGERPRINT_FIELD = "checked"
"""The name of the hidden field that holds the fingerprint of the review that a page shows."""
DRAFT_CHANGED = "Le brouillon a changé entre-temps\u00a0: rien n’est publié. Vérifiez de nouveau."
OTHERWISE_PUBLISHED = (
    "Quelqu’un a publié ou demandé une publication entre-temps\u00a0: rien n’est publié cette "
    "fois-ci. Vérifiez de nouveau."
)


class PublicationReview:
    """A review of a draft before its publication: the proof, the changes and the request."""

    def __init__(self, guide: Guide, draft: GuideContent | None = None) -> None:
        self.guide = guide
        self.draft = draft or draft_read(guide)
        self.digest = document_digest(canonical_json(self.draft))

    @cached_property
    def check(self) -> PublicationCheck:
        return publication_check(self.draft)

    @cached_property
    def live_version(self) -> Version | None:
        return guide_live_version(self.guide)

    @cached_property
    def scheduled_versions(self) -> list[Version]:
        return scheduled_versions(self.guide)

    @cached_property
    def publication_request(self) -> PublicationRequest | None:
        return publication_request_of(self.guide)

    @cached_property
    def fingerprint(self) -> str:
        """A text that changes whenever the draft, the last version or the publication request does.

        A page sends it back with a decision, so that nobody decides on an outdated review.
        """
        last = self.guide.versions.order_by("-number").values_list("number", flat=True).first()
        request_id = self.publication_request.pk if self.publication_request else 0
        return f"{self.digest}.{last or 0}.{request_id}"

    def reason_to_review_again(self, fingerprint: str) -> str:
        """Returns what has changed since a page showed this fingerprint; empty if nothing has."""
        if fingerprint == self.fingerprint:
            return ""
        return OTHERWISE_PUBLISHED if fingerprint.split(".")[0] == self.digest else DRAFT_CHANGED

    @property
    def has_unpublished_changes(self) -> bool:
        return differs_from_live(self.draft, self.live_version)

    @property
    def is_scheduled(self) -> bool:
        """True if a scheduled version has the content of the draft."""
        return any(version.sha256 == self.digest for version in self.scheduled_versions)

    @property
    def awaits_approval(self) -> bool:
        """True if there is a publication request for the draft as it is now."""
        return self.publication_request is not None and request_is_current(
            self.publication_request, self.draft
        )

    @property
    def reason_not_to_publish(self) -> str:
        """Why there is nothing to publish, in a sentence; empty if there is something."""
        if not self.has_unpublished_changes:
            return "Il n’y a rien à publier."
        if self.awaits_approval:
            return "Cette publication attend déjà l’accord d’une autre personne."
        return ""

    @property
    def lacks_reason(self) -> bool:
        """True if the proof asks for a reason, and the publication request has none."""
        return (
            self.publication_request is not None
            and self.check.needs_reason
            and not self.publication_request.reason
        )

    @property
    def proof_summary(self) -> str:
        return proof_sentence(self.check.proof) if self.check.proof else ""

    @property
    def problem_links(self) -> list[ProblemLink]:
        return problem_links(self.guide, self.draft, self.check.problems)

    @property
    def warning_links(self) -> list[ProblemLink]:
        return problem_links(self.guide, self.draft, self.check.warnings)

    @property
    def change_groups(self) -> list[ChangeGroup] | None:
        """What the draft changes in the live version; None if no live version can be read."""
        try:
            live = version_content(self.live_version) if self.live_version else None
        except VersionAlteredError:
            return None
        return group_changes(self.guide, compare_guides(live, self.draft)) if live else None
