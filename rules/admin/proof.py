"""*La preuve*: what the walk through a draft found, each with its link and its shortest answers,
and what no example shows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern

from rules.admin.actions import GuideActions
from rules.admin.links import change_url
from rules.admin.problems import ToMend, place_names, place_urls, to_mend
from rules.checks import PublicationCheck, publication_check
from rules.document.problems import Place
from rules.drafts import draft_read
from rules.engine import guide as values
from rules.engine.state import Answer
from rules.models import Guide
from rules.proof.coverage import coverage
from rules.proof.findings import Finding, Kind
from rules.proof.proof import Proof
from rules.proof.words import answers_in_words, finding_words, proof_words
from rules.runtime import compiled_draft
from rules.sentences import quoted


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as it is read."""

    mend: ToMend
    answers: tuple[Answer, ...]
    answers_words: list[str]
    never: bool
    """Of what never comes there are only answers that come close."""


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
        return self.page(
            request,
            "admin/rules/guide/proof.html",
            guide,
            title="La preuve",
            to_mend=to_mend(guide, draft, others),
            **found,
        )


def _proved(
    guide: Guide, draft: values.Guide, check: PublicationCheck, proof: Proof
) -> dict[str, Any]:
    links = _Links(guide, draft)
    return {
        "proof": proof,
        "words": proof_words(proof),
        "check": check,
        "faults": _shown(draft, links, proof.faults),
        "warnings": _shown(draft, links, proof.warnings),
        "remarks": _shown(draft, links, proof.remarks),
        "uncovered": [links.to(place, message) for place, message in _uncovered(draft)],
    }


class _Links:
    """The places of a draft by name, each with the page where it is edited."""

    def __init__(self, guide: Guide, draft: values.Guide) -> None:
        self._names, self._urls = place_names(draft), place_urls(guide)
        self._guide_url = change_url(guide)

    def to(self, place: Place, message: str) -> ToMend:
        url, where = self._urls.get(place, self._guide_url), self._names.get(place, "Guide")
        return ToMend(url, where, message)


def _shown(draft: values.Guide, links: _Links, findings: Iterable[Finding]) -> list[Shown]:
    return [
        Shown(
            links.to(finding.place, finding_words(draft, finding)),
            finding.answers,
            [answers_in_words(draft, [answer]) for answer in finding.answers],
            finding.kind in (Kind.UNREACHED, Kind.IMPOSSIBLE),
        )
        for finding in findings
    ]


def _uncovered(draft: values.Guide) -> Iterable[tuple[Place, str]]:
    """Whatever no example that holds meets."""
    left = coverage(compiled_draft(draft))
    for at, choice in left.choices:
        label = draft.questions[at].choices[choice].label
        yield ("questions", at), f"aucun cas type ne répond {quoted(label)}."
    for at in left.outcomes:
        yield ("outcomes", at), "aucun cas type n’y mène."
    for at in left.rules:
        yield ("rules", at), "aucun cas type ne l’applique."
