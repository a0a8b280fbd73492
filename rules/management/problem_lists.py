"""Makes the lists of problems and findings that commands print."""

from collections.abc import Iterable

from rules.counts import cap_list
from rules.document.problems import Place, Problem, place_label
from rules.document.serialising import guide_to_document
from rules.engine.content import GuideContent
from rules.proof.finding_sentences import (
    answers_sentence,
    finding_sentence,
    place_with_article,
    root_cause_sentence,
)
from rules.proof.findings import Finding
from rules.proof.root_causes import RootCause
from rules.visitor_changes.visitor_sentences import VisitorSentences


def problem_list(title: str, problems: Iterable[Problem]) -> str:
    return _titled_list(title, map(str, problems))


def finding_list(title: str, guide: GuideContent, findings: Iterable[Finding]) -> str:
    """Returns a list of findings, each with its place and the shortest answers that show it."""
    document = guide_to_document(guide)
    return _titled_list(title, (_finding_text(guide, document, finding) for finding in findings))


def root_cause_list(title: str, guide: GuideContent, causes: Iterable[RootCause]) -> str:
    """Returns a list of root causes, each with its place, its answers and its first consequences."""
    document = guide_to_document(guide)
    return _titled_list(title, (_root_cause_text(guide, document, cause) for cause in causes))


def visitor_change_text(sentences: VisitorSentences) -> str:
    """Returns what changes for visitors: the groups of paths, then the other changes."""
    lines = [sentences.summary, *sentences.parts]
    for group in sentences.groups:
        lines.append(f"- {group.paths}\u00a0: {group.before} → {group.after}.")
        lines.append(f"  Réponses\u00a0: {group.labels}.")
    return "\n".join([*lines, *filter(None, [sentences.others]), *sentences.remarks])


def _titled_list(title: str, items: Iterable[str]) -> str:
    """Returns the title and the first items, and how many others there are."""
    listed = cap_list((f"- {item}" for item in items), "problème{s}", lambda text: f"- {text}")
    return "\n".join([f"{title}\u00a0:", *listed])


def _finding_text(guide: GuideContent, document: object, finding: Finding) -> str:
    sentence = _placed_sentence(document, finding.place, finding_sentence(guide, finding))
    answers = answers_sentence(guide, finding.answers)
    return f"{sentence}\n  Réponses\u00a0: {answers}." if answers else sentence


def _root_cause_text(guide: GuideContent, document: object, cause: RootCause) -> str:
    if cause.fault:
        text = _finding_text(guide, document, cause.fault)
    else:
        text = _placed_sentence(document, cause.place, root_cause_sentence(guide, cause))
    parts = (place_with_article(guide, fault.place) for fault in cause.consequences)
    follows = ", ".join(cap_list(parts, "élément{s}", str))
    return f"{text}\n  Et donc\u00a0: {follows.removesuffix('.')}." if follows else text


def _placed_sentence(document: object, place: Place, sentence: str) -> str:
    """Puts the name of the place, if it has one, before a sentence about it."""
    label = place_label(place, document)
    return f"{label}\u00a0: {sentence[0].lower()}{sentence[1:]}" if label else sentence
