"""Partitions the rules of a guide into shards, the rules of one ruleset each.

durable_rules has hard limits (`rules.engine.durable`), and each shard stays within all of them. It
evaluates the terms of its conjunctions as a tree (`rules.engine.term_tree`).

1. Rules become conjunctions (`rules.engine.terms`), and equal conjunctions are merged.
2. The conjunctions of a large guide are grouped by anchor. An anchor is a term that a conjunction
   contains: if it is false, no conjunction of its group can be true, so their rulesets need not
   run. The conjunctions still contain the anchor, so that durable_rules alone decides which of
   them are true. Where anchors are very many, small groups about one question are joined.
3. Each group is cut into shards.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rules.engine.content import Match, RuleContent
from rules.engine.operators import OPERATORS
from rules.engine.term_tree import TermTree, steps_of_conjunction
from rules.engine.terms import Conjunction, Property, Term

MAX_UNGROUPED_CONJUNCTIONS = 200
"""The number of conjunctions up to which a guide is evaluated faster without groups."""
MAX_SEPARATE_GROUPS = 1_000
"""The number of groups beyond which small ones are joined: each has a ruleset, which takes 0.2 MB."""
MAX_JOINED_CONJUNCTIONS = 100
"""The most conjunctions in a group of several anchors: larger ones would be slow to evaluate."""
MAX_CONJUNCTIONS = 200
"""The most conjunctions in a shard.

durable_rules corrupts its memory if 256 rules follow one prefix, and hangs if 512 terms do.
"""
MAX_STACK_SIZE = 56
"""The most true terms that durable_rules may stack in a run of a shard. It fails beyond 64."""
MAX_PROPERTIES = 200
"""The most properties in a shard. durable_rules accepts 253 in a fact."""

RulePositions = tuple[int, ...]


@dataclass(slots=True)
class Shard:
    """The content of one ruleset: conjunctions, each with the positions of its rules."""

    conjunctions: list[tuple[Conjunction, RulePositions]] = field(default_factory=list)
    properties: set[Property] = field(default_factory=set)
    tree: TermTree = field(default_factory=TermTree)

    def has_room_for(self, conjunction: Conjunction) -> bool:
        """True if the shard stays within its limits with this conjunction, or if it is empty."""
        return not self.conjunctions or (
            len(self.conjunctions) < MAX_CONJUNCTIONS
            and self.tree.stack_size_with(steps_of_conjunction(conjunction)) <= MAX_STACK_SIZE
            and len(self.properties | properties_of_terms(conjunction)) <= MAX_PROPERTIES
        )

    def add(self, conjunction: Conjunction, positions: RulePositions) -> None:
        self.conjunctions.append((conjunction, positions))
        self.properties |= properties_of_terms(conjunction)
        self.tree.add(steps_of_conjunction(conjunction))


Anchors = tuple[Term, ...]
"""The anchors of a group: terms about one question, of which at most one is true; or none."""
Group = list[tuple[Conjunction, RulePositions]]
ShardsByAnchors = Mapping[Anchors, Sequence[Shard]]
"""The shards of each group. The shards without anchors are always evaluated."""


def partition_rules(rules: Sequence[RuleContent]) -> ShardsByAnchors:
    """Returns the shards of all rules, by their anchors. A small guide has no anchors."""
    merged = _merge_conjunctions(rules)
    if len(merged) <= MAX_UNGROUPED_CONJUNCTIONS:
        return {(): _cut_into_shards(merged.items())}
    groups: dict[Anchors, Group] = {}
    for anchor, conjunctions in _group_by_anchor(merged).items():
        # The anchor comes first in each conjunction, so that it is their common prefix.
        first = () if anchor is None else (anchor,)
        groups[first] = [
            ((*first, *(term for term in conjunction if term != anchor)), merged[conjunction])
            for conjunction in conjunctions
        ]
    if len(groups) > MAX_SEPARATE_GROUPS:
        groups = _join_small_groups(groups)
    return {anchors: _cut_into_shards(group) for anchors, group in groups.items()}


def _join_small_groups(groups: Mapping[Anchors, Group]) -> dict[Anchors, Group]:
    """Returns groups of which small ones, whose anchors are about the same question, are one group."""
    joined: dict[Anchors, Group] = {}
    before: Anchors = ()
    for anchors, group in sorted(groups.items()):
        is_same = before and before[0].property == anchors[0].property
        if is_same and len(joined[before]) + len(group) <= MAX_JOINED_CONJUNCTIONS:
            joined[*before, *anchors] = joined.pop(before) + group
            before = (*before, *anchors)
        else:
            joined[anchors], before = group, anchors
    return joined


def _merge_conjunctions(rules: Sequence[RuleContent]) -> dict[Conjunction, RulePositions]:
    """Returns the distinct conjunctions of all rules, each with the positions of its rules.

    A rule with `match: all` is one conjunction. A rule with `match: any` is one for each condition.
    A rule without conditions becomes the empty conjunction, which is always true. A rule that is left
    out has none, so that it never holds.

    The terms of a conjunction are sorted, so that equal conjunctions are equal tuples. Comparisons of
    two questions come last, because conjunctions never share them (`rules.engine.term_tree`).
    """
    merged: dict[Conjunction, list[int]] = {}
    for position, rule in enumerate(rules):
        if rule.is_left_out:
            continue
        conjunctions = [OPERATORS[condition.operator].terms(condition) for condition in rule.when]
        if rule.match is Match.ALL or not conjunctions:
            conjunctions = [tuple({term for terms in conjunctions for term in terms})]
        for conjunction in {tuple(sorted(terms, key=_place_of_term)) for terms in conjunctions}:
            merged.setdefault(conjunction, []).append(position)
    return {conjunction: tuple(positions) for conjunction, positions in merged.items()}


def _place_of_term(term: Term) -> tuple[bool, Term]:
    """Returns the key by which the terms of a conjunction are sorted."""
    return bool(term.other_question), term


def _group_by_anchor(conjunctions: Iterable[Conjunction]) -> dict[Term | None, list[Conjunction]]:
    """Groups conjunctions by the rarest of their terms that can be an anchor.

    Rare anchors make small groups, of which few must be evaluated for a set of answers.
    """
    uses = Counter(
        term for conjunction in conjunctions for term in conjunction if _can_be_anchor(term)
    )
    groups: dict[Term | None, list[Conjunction]] = {}
    for conjunction in conjunctions:
        anchors = filter(_can_be_anchor, conjunction)
        anchor = min(anchors, key=lambda term: (uses[term], term), default=None)
        groups.setdefault(anchor, []).append(conjunction)
    return groups


def _can_be_anchor(term: Term) -> bool:
    """True if a term compares the answer to a question with one choice, or with `UNANSWERED`.

    Terms about a list of choices would be slow anchors: there are many different lists, so the
    groups would be many and small.
    """
    return term.is_equality and not term.other_question and not term.property.choices


def _cut_into_shards(conjunctions: Iterable[tuple[Conjunction, RulePositions]]) -> list[Shard]:
    """Fills one shard after another with the sorted conjunctions.

    Conjunctions with common prefixes are neighbours in this order, so shards hold more of them.
    """
    shards = [Shard()]
    for conjunction, positions in sorted(conjunctions):
        if not shards[-1].has_room_for(conjunction):
            shards.append(Shard())
        shards[-1].add(conjunction, positions)
    return [shard for shard in shards if shard.conjunctions]


def properties_of_terms(terms: Conjunction) -> set[Property]:
    compared = {Property(term.other_question) for term in terms if term.other_question}
    return {term.property for term in terms} | compared
