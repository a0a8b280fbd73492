"""The parcours of drafts and versions: built one at a time, kept in memory, and used again."""

from rules.drafts.bounded_results import BoundedResults
from rules.engine.content import GuideContent
from rules.parcours.build import build_parcours
from rules.parcours.shortest_answers import all_lines
from rules.parcours.stops import Parcours
from rules.proof.bounds import ProofBound
from rules.proof.state_graph import StateGraph

PAGE_BOUND = ProofBound(seconds=1)
"""For the pages of editors, which do not wait for the last lines of a guide that is very large."""
MAX_WEIGHT = 2_000_000
"""The most answers in all parcours that a process keeps: some 50 MB."""


def weigh_parcours(parcours: Parcours) -> int:
    """Returns the number of lines, of their cases and advice, and of the answers of these."""
    lines = [*all_lines(parcours)]
    paths = [case.answers for line in lines for case in line.cases]
    paths += [given.answers for line in lines for given in line.advice]
    return len(lines) + len(paths) + sum(map(len, paths))


def make_parcours_cache() -> BoundedResults[Parcours]:
    """Returns an empty cache of parcours by the digests of documents and the graphs of their proofs."""
    return BoundedResults(MAX_WEIGHT, weigh_parcours, lambda parcours: parcours.is_complete)


_cached_parcours = make_parcours_cache()


def document_parcours(
    guide: GuideContent, digest: str, graph: StateGraph, bound: ProofBound = PAGE_BOUND
) -> Parcours:
    """Returns the parcours of a document with this digest, which may have been kept.

    `guide` is the part of it that can be evaluated, and `graph` that of its proof.
    """

    def build_within(limit: ProofBound) -> Parcours:
        return build_parcours(guide, graph, limit)

    key = digest, graph
    parcours = _cached_parcours.find_quickly(key, min(bound, PAGE_BOUND), build_within)
    if parcours.is_complete or bound.seconds <= PAGE_BOUND.seconds:
        return parcours
    return _cached_parcours.find_in_turn(key, bound, build_within) or parcours
