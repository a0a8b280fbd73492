"""The review of a publication as the pages that publish and approve show it."""

from collections.abc import Sequence
from functools import cached_property

from rules.admin.change_groups import ChangeGroup, group_changes
from rules.admin.presented_problems import PresentedProblem, ProblemPresenter
from rules.comparison import compare_guides
from rules.counts import MAX_LISTED
from rules.drafts.cached_changes import ComparedContent, sentences_for_visitors
from rules.models import Change
from rules.proof.finding_sentences import proof_sentence
from rules.publication.review import PublicationReview
from rules.publication.versions import VersionAlteredError, compared_version, compiled_version
from rules.visitor_changes.visitor_sentences import VisitorSentences

FINGERPRINT_FIELD = "checked"
"""The name of the hidden field that holds the fingerprint of the review or timeline that a page shows."""


class PresentedReview(PublicationReview):
    """A review with the links and sentences that a page shows of it, worked out on first use."""

    @property
    def proof_summary(self) -> str:
        return proof_sentence(self.check.proof)

    @cached_property
    def _presenter(self) -> ProblemPresenter:
        return ProblemPresenter(self.guide, self.draft)

    @cached_property
    def problems(self) -> Sequence[PresentedProblem]:
        return self._presenter.present_problems(self.check.problems)

    @cached_property
    def warnings(self) -> Sequence[PresentedProblem]:
        return self._presenter.present_problems(self.check.warnings)

    @cached_property
    def outcomes_without_text(self) -> Sequence[PresentedProblem]:
        """The outcomes of which visitors would read only the title: each may be meant so."""
        return [
            self._presenter.present_problem(
                ("outcomes", index),
                "n’a pas de texte\u00a0: les visiteurs n’en lisent que le titre.",
            )
            for index, outcome in enumerate(self.draft.outcomes)
            if outcome.lacks_text
        ]

    @cached_property
    def change_groups(self) -> list[ChangeGroup] | None:
        """The changes of the draft to the live version; None if no live version can be read."""
        try:
            live = compiled_version(self.live_version).guide if self.live_version else None
        except VersionAlteredError:
            return None
        return group_changes(self.guide, compare_guides(live, self.draft)) if live else None

    @property
    def changed_part_count(self) -> int:
        return sum(len(group.changes) for group in self.change_groups or ())

    @cached_property
    def latest_changes(self) -> list[Change]:
        """The latest sentences of the history since the live version, the newest first."""
        return list(self.unpublished_changes.changes[:MAX_LISTED])

    @cached_property
    def visitor_sentences(self) -> VisitorSentences | None:
        """What changes for visitors of the live version; None if no live version can be read."""
        try:
            live = compared_version(self.live_version) if self.live_version else None
        except VersionAlteredError:
            return None
        draft = ComparedContent(self.check.compiled, self.digest)
        return sentences_for_visitors(live, draft, self.bound) if live else None
