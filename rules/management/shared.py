"""What several commands read and say."""

import re
from collections.abc import Iterable, Sequence

from rules.document.limits import KEY_PATTERN
from rules.document.problems import Problem, in_words
from rules.document.serialising import serialise
from rules.engine import guide as values
from rules.models import Guide
from rules.proof.findings import Finding
from rules.proof.words import answers_in_words, finding_words


def guide_named(slug: str) -> Guide | None:
    """None also for what cannot be a slug: a shell may hand over any bytes."""
    return Guide.objects.filter(slug=slug).first() if re.fullmatch(KEY_PATTERN, slug) else None


def problem_list(title: str, problems: Sequence[Problem]) -> str:
    return _listed(title, map(str, problems))


def finding_list(title: str, guide: values.Guide, findings: Iterable[Finding]) -> str:
    """Each finding with its place and the shortest answers that show it."""
    document = serialise(guide)
    return _listed(title, (_finding(guide, document, finding) for finding in findings))


def _listed(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"{title}\u00a0:", *(f"- {line}" for line in lines)])


def _finding(guide: values.Guide, document: object, finding: Finding) -> str:
    words, where = finding_words(guide, finding), in_words(finding.place, document)
    told = f"{where}\u00a0: {words[0].lower()}{words[1:]}" if where else words
    answers = answers_in_words(guide, finding.answers)
    return f"{told}\n  Réponses\u00a0: {answers}." if answers else told
