"""Checks that an edit removes a fault that the proof found, and makes no new one."""

from collections.abc import Iterator
from typing import NamedTuple

from rules.edits.promises import RemovesFault
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.engine.state import Answer
from rules.proof.bounds import BoundKind, ProofBound
from rules.proof.findings import LEVELS, Finding, FindingKind, Level, Place
from rules.proof.prove import prove_guide
from rules.proof.walk import Path


class FindingName(NamedTuple):
    """What stays of a finding if parts of the guide change their positions."""

    kind: FindingKind
    part: tuple[str, str]
    """The kind and the key of the part at its place."""
    keys: tuple[str, ...]
    last_answer: tuple[Answer, ...]
    """The answer after which visitors are stuck: each one is a finding of its own."""


def find_broken_fault(
    older: CompiledGuide, newer: CompiledGuide, promise: RemovesFault, bound: ProofBound
) -> tuple[Path | None, BoundKind | None]:
    """Returns the answers of a finding that breaks the promise, and the bound of an unfinished proof.

    It is the fault itself if it is still there, or a new one that is as serious.
    """
    before, after = prove_guide(older, bound), prove_guide(newer, bound)
    removed = {
        name_finding(older.guide, finding)
        for finding in before.findings
        if (finding.kind, finding.place) == (promise.kind, promise.place)
    }
    levels = list(Level)
    serious = levels[: levels.index(LEVELS[FindingKind(promise.kind)]) + 1]
    known = {name_finding(older.guide, finding) for finding in before.findings} - removed
    for finding in after.findings:
        if finding.level in serious and name_finding(newer.guide, finding) not in known:
            return finding.answers, None
    return None, before.stopped_by or after.stopped_by


def name_finding(guide: GuideContent, finding: Finding) -> FindingName:
    is_stuck = finding.kind is FindingKind.STUCK
    return FindingName(
        finding.kind,
        name_place(guide, finding.place),
        finding.keys,
        finding.answers[-1:] if is_stuck else (),
    )
