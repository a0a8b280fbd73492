"""*Voir en image*: the draft as a picture, on which the faults of the proof are marked."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern

from rules.admin.guide_pages import GuidePageAdmin
from rules.admin.links import action_url
from rules.admin.problem_links import place_urls, problem_links
from rules.drafts.content import draft_read
from rules.engine.content import GuideContent
from rules.models import Guide
from rules.picture.boxes import Picture, build_picture
from rules.proof.findings import Proof
from rules.publication.check import publication_check


class PictureAdmin(GuidePageAdmin):
    def get_urls(self) -> list[URLPattern]:
        return self.action_paths(graph=self.graph_view) + super().get_urls()

    def graph_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = get_object_or_404(Guide, pk=pk)
        if not self.has_view_permission(request, guide):
            raise PermissionDenied
        draft = draft_read(guide)
        check = publication_check(draft)
        return self.render_page(
            request,
            "admin/rules/guide/graph.html",
            guide,
            title="Voir en image",
            draft=draft,
            unfinished=check.proof and not check.proof.complete,
            problem_links=problem_links(guide, draft, check.problems),
            picture=_draw_draft(guide, draft, check.proof) if check.proof else None,
        )


def _draw_draft(guide: Guide, draft: GuideContent, proof: Proof) -> Picture:
    """Returns the picture of a draft. Its boxes and the rules that never hold are links."""
    urls = place_urls(guide)
    keys = {
        "questions": [question.key for question in draft.questions],
        "outcomes": [outcome.key for outcome in draft.outcomes],
        "rules": [rule.key for rule in draft.rules],
    }
    urls_by_key = {
        (kind, key): urls[kind, index] for kind in keys for index, key in enumerate(keys[kind])
    }

    def box_url(kind: str, key: str) -> str:
        """Returns the page that edits a part. A dead end links to the proof, which explains it."""
        return action_url(guide, "proof") if kind == "stuck" else urls_by_key[kind, key]

    return build_picture(draft, proof.graph, box_url, proof.findings)
