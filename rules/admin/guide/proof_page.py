"""*La preuve*: what the walk through a draft found, each with its link and its shortest answers,
and what no example shows.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern

from rules.admin.guide.finding_presenter import FindingPresenter
from rules.admin.guide_actions import GuideActions
from rules.admin.problem_links import problem_counts, problem_links
from rules.document.problems import Place
from rules.drafts.compiled_drafts import compiled_draft
from rules.drafts.content import draft_read
from rules.engine.content import GuideContent
from rules.models import Guide
from rules.proof.coverage import example_coverage
from rules.proof.finding_sentences import proof_sentence
from rules.proof.findings import FindingKind, Proof
from rules.publication.check import PublicationCheck, publication_check
from rules.sentences import quote_text


class ProofAdmin(GuideActions):
    def get_urls(self) -> list[URLPattern]:
        return self.action_paths(proof=self.proof_view) + super().get_urls()

    def proof_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = get_object_or_404(Guide, pk=pk)
        if not self.has_view_permission(request, guide):
            raise PermissionDenied
        draft = draft_read(guide)
        check = publication_check(draft)
        found = _proved(guide, draft, check, check.proof) if check.proof else {}
        others = [
            one for one in check.problems if not check.proof or one.place[:1] == ("examples",)
        ]
        return self.render_page(
            request,
            "admin/rules/guide/proof.html",
            guide,
            title="La preuve",
            to_mend=problem_links(guide, draft, others),
            **found,
        )


def _proved(
    guide: Guide, draft: GuideContent, check: PublicationCheck, proof: Proof
) -> dict[str, Any]:
    shower = FindingPresenter(guide, draft)
    return {
        "proof": proof,
        "words": proof_sentence(proof),
        "counted": problem_counts(check),
        "root_causes": [shower.present_root_cause(cause) for cause in check.root_causes],
        "warnings": [shower.finding(finding) for finding in proof.warnings],
        "remarks": [shower.finding(finding) for finding in proof.remarks],
        "uncovered": [shower.link(place, message) for place, message in _uncovered(draft, proof)],
    }


def _uncovered(draft: GuideContent, proof: Proof) -> Iterable[tuple[Place, str]]:
    """Whatever no example meets, and a visitor may."""
    unmet = {fault.place for fault in proof.faults if fault.kind is not FindingKind.STUCK}
    return (line for line in _never_shown(draft) if line[0] not in unmet)


def _never_shown(draft: GuideContent) -> Iterable[tuple[Place, str]]:
    left = example_coverage(compiled_draft(draft))
    for at, choice in left.unanswered_choices:
        label = draft.questions[at].choices[choice].label
        yield ("questions", at), f"aucun cas type ne répond {quote_text(label)}."
    for at in left.ungiven_outcomes:
        yield ("outcomes", at), "aucun cas type n’y mène."
    for at in left.unfired_rules:
        yield ("rules", at), "aucun cas type ne l’applique."
