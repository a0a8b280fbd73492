"""What several commands read and say."""

import re
from collections.abc import Iterable, Sequence

from rules.document.limits import KEY_PATTERN
from rules.document.problems import Place, Problem, place_label
from rules.document.serialising import guide_to_document
from rules.engine.content import GuideContent
from rules.models import Guide
from rules.proof.finding_sentences import (
    answers_sentence,
    finding_sentence,
    place_with_article,
    root_cause_sentence,
)
from rules.proof.findings import Finding
from rules.proof.root_causes import RootCause


def guide_by_slug(slug: str) -> Guide | None:
    """None also for what cannot be a slug: a shell may hand over any bytes."""
    return Guide.objects.filter(slug=slug).first() if re.fullmatch(KEY_PATTERN, slug) else None


def problem_list(title: str, problems: Sequence[Problem]) -> str:
    return _listed(title, map(str, problems))


def finding_list(title: str, guide: GuideContent, findings: Iterable[Finding]) -> str:
    """Each finding with its place and the shortest answers that show it."""
    document = guide_to_document(guide)
    return _listed(title, (_finding(guide, document, finding) for finding in findings))


def root_cause_list(title: str, guide: GuideContent, points: Iterable[RootCause]) -> str:
    """Each point with its place, its answers and what is only there because of it."""
    document = guide_to_document(guide)
    return _listed(title, (_point(guide, document, point) for point in points))


def _listed(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"{title}\u00a0:", *(f"- {line}" for line in lines)])


def _finding(guide: GuideContent, document: object, finding: Finding) -> str:
    told = _told(document, finding.place, finding_sentence(guide, finding))
    answers = answers_sentence(guide, finding.answers)
    return f"{told}\n  Réponses\u00a0: {answers}." if answers else told


def _point(guide: GuideContent, document: object, point: RootCause) -> str:
    told = (
        _finding(guide, document, point.fault)
        if point.fault
        else _told(document, point.place, root_cause_sentence(guide, point))
    )
    unmet = ", ".join(place_with_article(guide, fault.place) for fault in point.consequences)
    return f"{told}\n  Et donc\u00a0: {unmet}." if unmet else told


def _told(document: object, place: Place, sentence: str) -> str:
    where = place_label(place, document)
    return f"{where}\u00a0: {sentence[0].lower()}{sentence[1:]}" if where else sentence
