"""All that a publication is decided on, each part read when it is asked for."""

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

CHANGED = "Le brouillon a changé entre-temps\u00a0: rien n’est publié. Vérifiez de nouveau."


class PublicationReview:
    def __init__(self, guide: Guide, draft: GuideContent | None = None) -> None:
        self.guide = guide
        self.draft = draft or draft_read(guide)
        self.digest = document_digest(canonical_json(self.draft))

    @cached_property
    def check(self) -> PublicationCheck:
        return publication_check(self.draft)

    @cached_property
    def live(self) -> Version | None:
        return guide_live_version(self.guide)

    @cached_property
    def scheduled(self) -> list[Version]:
        return scheduled_versions(self.guide)

    @cached_property
    def asked(self) -> PublicationRequest | None:
        return publication_request_of(self.guide)

    @cached_property
    def checked(self) -> str:
        """Sent back with a decision: it tells whether all is still as it was shown."""
        last = self.guide.versions.order_by("-number").values_list("number", flat=True).first()
        return f"{self.digest}.{last or 0}.{self.asked.pk if self.asked else 0}"

    def changed_since(self, checked: str) -> str:
        """What changed since `checked` was shown; empty when nothing did."""
        if checked == self.checked:
            return ""
        if checked.split(".")[0] != self.digest:
            return CHANGED
        return (
            "Quelqu’un a publié ou demandé une publication entre-temps\u00a0: rien n’est publié "
            "cette fois-ci. Vérifiez de nouveau."
        )

    @property
    def unpublished(self) -> bool:
        return differs_from_live(self.draft, self.live)

    @property
    def is_scheduled(self) -> bool:
        """Whether the draft is what a version that waits for its time says."""
        return any(version.sha256 == self.digest for version in self.scheduled)

    @property
    def waits(self) -> bool:
        """Whether a request of the draft as it is waits for a second person."""
        return self.asked is not None and request_is_current(self.asked, self.draft)

    @property
    def lacks_reason(self) -> bool:
        """Whether a request does not say why, where the proof asks for it."""
        return self.asked is not None and self.check.needs_reason and not self.asked.reason

    @property
    def proof_words(self) -> str:
        return proof_sentence(self.check.proof) if self.check.proof else ""

    @property
    def to_mend(self) -> list[ProblemLink]:
        return problem_links(self.guide, self.draft, self.check.problems)

    @property
    def warnings(self) -> list[ProblemLink]:
        return problem_links(self.guide, self.draft, self.check.warnings)

    @property
    def changes(self) -> list[ChangeGroup] | None:
        """Since the live version; None where there is none that can be read."""
        try:
            old = version_content(self.live) if self.live else None
        except VersionAlteredError:
            return None
        return group_changes(self.guide, compare_guides(old, self.draft)) if old else None
