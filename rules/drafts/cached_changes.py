"""What changes for visitors between two contents: found one at a time, kept, and used again."""

from dataclasses import replace
from typing import NamedTuple

from rules.document.serialising import canonical_json, document_digest
from rules.drafts.bounded_results import BoundedResults
from rules.drafts.compiled_drafts import compiled_document
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.proof.bounds import QUICK_BOUND, THOROUGH_BOUND, BoundKind, ProofBound
from rules.visitor_changes.differences import VisitorChanges
from rules.visitor_changes.find_changes import find_visitor_changes
from rules.visitor_changes.visitor_sentences import VisitorSentences

MAX_WEIGHT = 200_000
"""The most answers in all groups of paths that a process keeps: some 20 MB."""


class ComparedContent(NamedTuple):
    """A compiled draft or version, with the digest of its document."""

    compiled: CompiledGuide
    digest: str


def compared_draft(draft: GuideContent) -> ComparedContent:
    """Returns a draft to be compared. An unfinished one is compared as far as it goes."""
    digest = document_digest(canonical_json(draft))
    return ComparedContent(compiled_document(draft, digest), digest)


def weigh_changes(changes: VisitorChanges) -> int:
    """Returns the number of answers in the groups of paths."""
    return 1 + sum(1 + len(group.answers) for group in changes.groups)


_cached_changes = BoundedResults[VisitorChanges](
    MAX_WEIGHT, weigh_changes, lambda changes: changes.stopped_by is None
)


def changes_for_visitors(
    older: ComparedContent, newer: ComparedContent, bound: ProofBound = THOROUGH_BOUND
) -> VisitorChanges:
    """Returns what changes for visitors, which may have been kept. It stops at the bound."""

    def find_changes(limit: ProofBound) -> VisitorChanges:
        return find_visitor_changes(older.compiled, newer.compiled, limit)

    digests = older.digest, newer.digest
    changes = _cached_changes.find_quickly(digests, min(bound, QUICK_BOUND), find_changes)
    if changes.stopped_by is None or bound.seconds <= QUICK_BOUND.seconds:
        return changes
    long = _cached_changes.find_in_turn(digests, bound, find_changes)
    return long or replace(changes, stopped_by=BoundKind.TURN)


def sentences_for_visitors(
    older: ComparedContent, newer: ComparedContent, bound: ProofBound = THOROUGH_BOUND
) -> VisitorSentences:
    """Returns what changes for visitors, in French."""
    changes = changes_for_visitors(older, newer, bound)
    return VisitorSentences(older.compiled.guide, newer.compiled.guide, changes)
