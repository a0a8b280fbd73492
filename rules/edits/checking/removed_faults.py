"""Checks that an edit removes a finding of the proof, and makes no new one that is as serious."""

from typing import NamedTuple

from rules.edits.promises import RemovesFault
from rules.engine.content import GuideContent
from rules.engine.state import Answer
from rules.proof.findings import LEVELS, Finding, FindingKind, Level, Place, Proof


class FindingName(NamedTuple):
    """What stays of a finding if parts of the guide change their positions."""

    kind: FindingKind
    part: tuple[str, str]
    """The kind and the key of the part at its place; examples have their name instead."""
    keys: tuple[str, ...]
    last_answer: tuple[Answer, ...]
    """The answer after which visitors are stuck: each one is a finding of its own."""


def find_remaining_fault(
    older: GuideContent, newer: GuideContent, promise: RemovesFault, before: Proof, after: Proof
) -> Finding | None:
    """Returns the finding that an edit promises to remove, if it is still there, or a new one.

    `before` is the proof of the older content, and `after` that of the newer one. Findings that are
    less serious than the removed one do not count. If `before` is not complete, none counts as new.
    """
    levels = list(Level)
    serious = levels[: levels.index(LEVELS[FindingKind(promise.kind)]) + 1]
    names = {finding: name_finding(older, finding) for finding in before.findings}
    removed = {
        name
        for finding, name in names.items()
        if (finding.kind, finding.place) == (promise.kind, promise.place)
        and promise.answer in (None, *name.last_answer)
        and promise.keys in ((), name.keys)
    }
    for finding in after.findings:
        name = name_finding(newer, finding)
        is_new = before.complete and name not in names.values()
        if finding.level in serious and (is_new or name in removed):
            return finding
    return None


def name_finding(guide: GuideContent, finding: Finding) -> FindingName:
    """Returns the name of a finding of the proof of a guide."""
    last_answer = finding.answers[-1:] if finding.kind is FindingKind.STUCK else ()
    return FindingName(finding.kind, _name_part(guide, finding.place), finding.keys, last_answer)


def _name_part(guide: GuideContent, place: Place) -> tuple[str, str]:
    match place:
        case ("questions", int(position)):
            return "questions", guide.questions[position].key
        case ("outcomes", int(position)):
            return "outcomes", guide.outcomes[position].key
        case ("rules", int(position)):
            return "rules", guide.rules[position].key
        case ("examples", int(position)):
            return "examples", guide.examples[position].name
    return "", ""
