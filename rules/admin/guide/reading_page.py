"""A whole guide on one page, to read again and to print."""

from collections import defaultdict
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern

from rules.admin.content_entries import Entry, Note, content_entries
from rules.admin.guide_actions import GuideActions
from rules.admin.links import change_url
from rules.admin.problem_links import example_states, place_urls
from rules.document.problems import Place
from rules.drafts.content import draft_read
from rules.engine.content import GuideContent
from rules.models import Guide
from rules.proof.finding_sentences import finding_sentence, proof_sentence
from rules.proof.findings import Level
from rules.publication.check import PublicationCheck, publication_check

_LEVELS = {Level.FAULT: "À corriger", Level.WARNING: "Attention", Level.REMARK: "Remarque"}


class ReadingAdmin(GuideActions):
    def get_urls(self) -> list[URLPattern]:
        return self.action_paths(read=self.read_view) + super().get_urls()

    def read_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = get_object_or_404(Guide, pk=pk)
        if not self.has_view_permission(request, guide):
            raise PermissionDenied
        draft = draft_read(guide)
        check = publication_check(draft)
        notes = _notes(draft, check)
        return self.render_page(
            request,
            "admin/rules/guide/read.html",
            guide,
            title="Tout relire",
            whole=Entry(guide, change_url(guide)),
            proof_words=proof_sentence(check.proof) if check.proof else "",
            general=[note for place, found in notes.items() if len(place) < 2 for note in found],
            **content_entries(draft, place_urls(guide), notes),
        )


def _notes(draft: GuideContent, check: PublicationCheck) -> Mapping[Place, list[Note]]:
    """By the place of a question, an outcome, a rule or an example; others by a shorter one."""
    found: defaultdict[Place, list[Note]] = defaultdict(list)
    for problem in check.problems if check.proof is None else ():
        found[problem.place[:2]].append(Note(_LEVELS[Level.FAULT], problem.message, True))
    for finding in check.proof.findings if check.proof else ():
        words, level = finding_sentence(draft, finding), finding.level
        found[finding.place[:2]].append(Note(_LEVELS[level], words, level is Level.FAULT))
    for at, state in enumerate(example_states(draft, check.examples)):
        found["examples", at].append(Note("Vérification", state.sentence, state.wrong))
    return found
