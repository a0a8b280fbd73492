"""What pages add to the review of a publication: links and sentences, worked out on first use."""

from functools import cached_property

from rules.admin.change_groups import ChangeGroup, group_changes
from rules.admin.presented_problems import PresentedProblem, ProblemPresenter
from rules.comparison import compare_guides
from rules.proof.finding_sentences import proof_sentence
from rules.publication.review import PublicationReview
from rules.publication.versions import VersionAlteredError, version_content

FINGERPRINT_FIELD = "checked"
"""The name of the hidden field that holds the fingerprint of the review that a page shows."""
DRAFT_CHANGED = "Le brouillon a changé entre-temps\u00a0: rien n’est publié. Vérifiez de nouveau."
OTHERWISE_PUBLISHED = (
    "Quelqu’un a publié ou demandé une publication entre-temps\u00a0: rien n’est publié cette "
    "fois-ci. Vérifiez de nouveau."
)


class ReviewPresenter:
    """Presents a review on the pages that publish and approve."""

    def __init__(self, review: PublicationReview) -> None:
        self.review = review

    def reason_to_review_again(self, fingerprint: str) -> str:
        """Returns what has changed since a page showed this fingerprint; empty if nothing has."""
        if fingerprint == self.review.fingerprint:
            return ""
        same_draft = fingerprint.split(".")[0] == self.review.digest
        return OTHERWISE_PUBLISHED if same_draft else DRAFT_CHANGED

    @property
    def proof_summary(self) -> str:
        return proof_sentence(self.review.check.proof) if self.review.check.proof else ""

    @cached_property
    def problems(self) -> list[PresentedProblem]:
        review = self.review
        return ProblemPresenter(review.guide, review.draft).present_problems(review.check.problems)

    @cached_property
    def warnings(self) -> list[PresentedProblem]:
        review = self.review
        return ProblemPresenter(review.guide, review.draft).present_problems(review.check.warnings)

    @cached_property
    def change_groups(self) -> list[ChangeGroup] | None:
        """What the draft changes in the live version; None if no live version can be read."""
        live_version = self.review.live_version
        try:
            live = version_content(live_version) if live_version else None
        except VersionAlteredError:
            return None
        draft, guide = self.review.draft, self.review.guide
        return group_changes(guide, compare_guides(live, draft)) if live else None
