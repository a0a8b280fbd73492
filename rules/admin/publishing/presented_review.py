"""The review of a publication as the pages that publish and approve show it."""

import re
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property

from rules.admin.change_groups import ChangeGroup, group_changes
from rules.admin.presented_problems import PresentedProblem, ProblemPresenter
from rules.comparison import compare_guides
from rules.counts import MAX_LISTED, count_label
from rules.document.problems import Place
from rules.drafts.cached_changes import ComparedContent, sentences_for_visitors
from rules.engine.content import GuideContent
from rules.models import Change, VersionProof
from rules.proof.finding_sentences import proof_sentence
from rules.publication.review import PublicationReview
from rules.publication.versions import VersionAlteredError, compared_version, compiled_version
from rules.sentences import quote_text
from rules.visitor_changes.visitor_sentences import VisitorSentences

FINGERPRINT_FIELD = "checked"
"""The name of the hidden field that holds the fingerprint of the review or timeline that a page shows."""
NUMBER_OF_QUESTIONS = re.compile(
    r"\b(?:\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\s+questions\b", re.IGNORECASE
)
NO_TEXT = "n’a pas de texte\u00a0: les visiteurs n’en lisent que le titre."


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
    def remarks(self) -> list[PresentedProblem]:
        """What the proof knows nothing of: an introduction that may be wrong, conclusions without a text."""
        remark = self._introduction_remark
        messages: list[tuple[Place, str]] = [(("introduction",), remark)] if remark else []
        messages += [
            (("outcomes", index), NO_TEXT)
            for index, outcome in enumerate(self.draft.outcomes)
            if outcome.lacks_text
        ]
        return [self._presenter.present_problem(place, message) for place, message in messages]

    @property
    def _introduction_remark(self) -> str:
        """Says that the introduction names a number of questions, if paths have another one since it is online."""
        introduction, live, proof = self.draft.introduction, self.live_content, self.check.proof
        named = NUMBER_OF_QUESTIONS.search(introduction)
        if not (named and live and live.introduction == introduction and proof.complete):
            return ""
        proofs, now = (
            VersionProof.objects.filter(version=self.live_version),
            proof.graph.longest_path,
        )
        before = proofs.values_list("longest", flat=True).first()
        if before in (None, now):
            return ""
        longest = f"les parcours ont {count_label(now, 'question{s}')} au plus, au lieu de {before}"
        return f"l’introduction dit {quote_text(named.group())}, et maintenant {longest}."

    @cached_property
    def live_content(self) -> GuideContent | None:
        """The content of the live version; None if no live version can be read."""
        with suppress(VersionAlteredError):
            return compiled_version(self.live_version).guide if self.live_version else None
        return None

    @cached_property
    def change_groups(self) -> list[ChangeGroup] | None:
        """The changes of the draft to the live version; None if no live version can be read."""
        live = self.live_content
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
