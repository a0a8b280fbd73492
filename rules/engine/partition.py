"""Partitions rules so that each ruleset stays within every hard limit of durable_rules.

First, rules become conjunctions, and identical ones are merged. Then a large guide is cut into
groups. Each group has an anchor: a term that is in all its conjunctions, so that a group whose
anchor is false need not be evaluated. The anchor stays in the conjunctions, because durable_rules
alone decides which of them fire. Last, each group is cut into shards, each small enough for one
ruleset.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rules.engine.content import Match, RuleContent
from rules.engine.operators import OPERATORS
from rules.engine.terms import UNANSWERED, Property, Term, Terms

MAX_UNGROUPED_CONJUNCTIONS = 200
"""The size up to which one group is faster than several."""
MAX_CONJUNCTIONS = 200
"""The most conjunctions of a shard.

durable_rules corrupts its memory at 256 rules under one condition, and hangs at 512 conditions
under another.
"""
MAX_TRUE_AT_ONCE = 56
"""The most conditions of a shard that are true at once. durable_rules fails beyond 64."""
MAX_PROPERTIES = 200
"""The most properties of a shard. durable_rules accepts 253 in a fact."""

Positions = tuple[int, ...]
"""The positions of some rules in their guide."""


@dataclass(slots=True)
class Shard:
    """The content of one ruleset: conjunctions, each with the rules that it makes fire."""

    conjunctions: list[tuple[Terms, Positions]] = field(default_factory=list)
    properties: set[Property] = field(default_factory=set)
    true_at_once: set[Terms] = field(default_factory=set)
    """The conditions that can be true at once. durable_rules makes one for each prefix."""

    def has_room_for(self, terms: Terms) -> bool:
        """True if this conjunction can be added within every limit. An empty shard accepts any."""
        return not self.conjunctions or (
            len(self.conjunctions) < MAX_CONJUNCTIONS
            and len(self.true_at_once | _prefixes_true_at_once(terms)) <= MAX_TRUE_AT_ONCE
            and len(self.properties | _properties_of_terms(terms)) <= MAX_PROPERTIES
        )

    def add(self, terms: Terms, rules: Positions) -> None:
        self.conjunctions.append((terms, rules))
        self.properties |= _properties_of_terms(terms)
        self.true_at_once |= _prefixes_true_at_once(terms)


Groups = Mapping[Term | None, Sequence[Shard]]
"""The shards of each anchor. The shards under None are always evaluated."""


def partition_rules(rules: Sequence[RuleContent]) -> Groups:
    """Returns the shards of all rules, by anchor. A small guide is one group, under None."""
    merged = _merge_conjunctions(rules)
    if len(merged) <= MAX_UNGROUPED_CONJUNCTIONS:
        return {None: _cut_into_shards(merged.items())}
    groups: dict[Term | None, list[Shard]] = {}
    for anchor, conjunctions in _group_by_anchor(merged).items():
        # All conjunctions of a group begin with its anchor, which is then their common prefix.
        first = () if anchor is None else (anchor,)
        groups[anchor] = _cut_into_shards(
            ((*first, *(term for term in terms if term != anchor)), merged[terms])
            for terms in conjunctions
        )
    return groups


def _merge_conjunctions(rules: Sequence[RuleContent]) -> dict[Terms, Positions]:
    """Returns the distinct conjunctions of all rules, each with the positions of its rules.

    A rule with `match: all` is one conjunction. A rule with `match: any` is one for each condition.
    A rule without conditions becomes the empty conjunction, which always holds.
    """
    merged: dict[Terms, list[int]] = {}
    for position, rule in enumerate(rules):
        conjunctions = [OPERATORS[condition.operator].terms(condition) for condition in rule.when]
        if rule.match is Match.ALL or not conjunctions:
            conjunctions = [tuple({term for terms in conjunctions for term in terms})]
        for terms in {tuple(sorted(terms)) for terms in conjunctions}:
            merged.setdefault(terms, []).append(position)
    return {terms: tuple(positions) for terms, positions in merged.items()}


def _group_by_anchor(conjunctions: Iterable[Terms]) -> dict[Term | None, list[Terms]]:
    """Puts each conjunction under its rarest anchor, so that groups are as small as possible."""
    uses = Counter(term for terms in conjunctions for term in terms if _can_be_anchor(term))
    groups: dict[Term | None, list[Terms]] = {}
    for terms in conjunctions:
        anchors = filter(_can_be_anchor, terms)
        anchor = min(anchors, key=lambda term: (uses[term], term), default=None)
        groups.setdefault(anchor, []).append(terms)
    return groups


def _can_be_anchor(term: Term) -> bool:
    """True for one value of one question. Anchors on lists gave many groups, small and slow."""
    return term.equal and not term.other and not term.property.choices


def _cut_into_shards(conjunctions: Iterable[tuple[Terms, Positions]]) -> list[Shard]:
    """Fills one shard after another, in sorted order, so that neighbours share prefixes."""
    shards = [Shard()]
    for terms, rules in sorted(conjunctions):
        if not shards[-1].has_room_for(terms):
            shards.append(Shard())
        shards[-1].add(terms, rules)
    return [shard for shard in shards if shard.conjunctions]


def _prefixes_true_at_once(terms: Terms) -> set[Terms]:
    """Returns the prefixes of a conjunction, without the values that its terms compare with.

    A question has one answer, so of several prefixes that differ only in such values, at most
    one is true at a time: they count as one.
    """
    valueless = tuple(term._replace(value=UNANSWERED) if term.equal else term for term in terms)
    return {valueless[:length] for length in range(1, len(valueless) + 1)}


def _properties_of_terms(terms: Terms) -> set[Property]:
    compared = {Property(term.other) for term in terms if term.other}
    return {term.property for term in terms} | compared
