"""Rules laid out so that no hard limit of durable_rules can be met and few rules are looked at.

Rules become conjunctions, identical ones merged. A large guide is cut into groups, each under
one anchor: a term that all its conjunctions hold, so a group whose anchor is false need not be
entered. The anchor stays in the rules: which of them fire is for durable_rules alone to say.
Each group is cut again into shards small enough for one ruleset.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rules.engine.content import Match, RuleContent
from rules.engine.operators import OPERATORS
from rules.engine.terms import UNANSWERED, Property, Term, Terms

MAX_UNGROUPED = 200
"""Below about 200 conjunctions, one group is faster than many."""
MAX_CONJUNCTIONS = 200
"""Of a shard. durable_rules corrupts its memory at 256 rules under one condition, and hangs at
512 conditions under another.
"""
MAX_TRUE = 56
"""Of a shard. durable_rules fails when more than 64 conditions are true at once."""
MAX_PROPERTIES = 200
"""Of a shard. durable_rules takes 253 properties in a fact."""

Rules = tuple[int, ...]
"""Positions of rules in their guide."""


@dataclass(slots=True)
class Shard:
    """What one ruleset holds: conjunctions, each with the rules that it makes fire."""

    conjunctions: list[tuple[Terms, Rules]] = field(default_factory=list)
    properties: set[Property] = field(default_factory=set)
    true: set[Terms] = field(default_factory=set)
    """As many as can be true at once of the nodes that durable_rules makes, one for each prefix."""

    def takes(self, terms: Terms) -> bool:
        return not self.conjunctions or (
            len(self.conjunctions) < MAX_CONJUNCTIONS
            and len(self.true | _true(terms)) <= MAX_TRUE
            and len(self.properties | _properties(terms)) <= MAX_PROPERTIES
        )

    def add(self, terms: Terms, rules: Rules) -> None:
        self.conjunctions.append((terms, rules))
        self.properties |= _properties(terms)
        self.true |= _true(terms)


Groups = Mapping[Term | None, Sequence[Shard]]
"""Shards by anchor; those under None are always entered."""


def partition(rules: Sequence[RuleContent]) -> Groups:
    merged = _merged(rules)
    if len(merged) <= MAX_UNGROUPED:
        return {None: _shards(merged.items())}
    return {
        anchor: _shards((_anchored(terms, anchor), merged[terms]) for terms in group)
        for anchor, group in _grouped(merged).items()
    }


def _merged(rules: Sequence[RuleContent]) -> dict[Terms, Rules]:
    merged: dict[Terms, list[int]] = {}
    for at, rule in enumerate(rules):
        for terms in set(_conjunctions(rule)):
            merged.setdefault(terms, []).append(at)
    return {terms: tuple(positions) for terms, positions in merged.items()}


def _conjunctions(rule: RuleContent) -> Iterator[Terms]:
    """One for `match: all`, one for each condition of `match: any`; an empty rule always holds."""
    each = [OPERATORS[condition.operator].terms(condition) for condition in rule.when]
    if rule.match is Match.ANY and each:
        return (tuple(sorted(terms)) for terms in each)
    return iter([tuple(sorted({term for terms in each for term in terms}))])


def _grouped(conjunctions: Iterable[Terms]) -> dict[Term | None, list[Terms]]:
    """Each conjunction under its rarest anchor, so that no group is much larger than it must be."""
    uses = Counter(term for terms in conjunctions for term in terms if _can_anchor(term))
    groups: dict[Term | None, list[Terms]] = {}
    for terms in conjunctions:
        anchors = filter(_can_anchor, terms)
        anchor = min(anchors, key=lambda term: (uses[term], term), default=None)
        groups.setdefault(anchor, []).append(terms)
    return groups


def _can_anchor(term: Term) -> bool:
    """One value of one question: groups under lists were many, small and slow."""
    return term.equal and not term.other and not term.property.choices


def _anchored(terms: Terms, anchor: Term | None) -> Terms:
    """The anchor first: all conjunctions of a group then share their first prefix."""
    if anchor is None:
        return terms
    return (anchor, *(term for term in terms if term != anchor))


def _shards(conjunctions: Iterable[tuple[Terms, Rules]]) -> list[Shard]:
    """Sorted, so that neighbours share prefixes."""
    shards = [Shard()]
    for terms, rules in sorted(conjunctions):
        if not shards[-1].takes(terms):
            shards.append(Shard())
        shards[-1].add(terms, rules)
    return [shard for shard in shards if shard.conjunctions]


def _true(terms: Terms) -> set[Terms]:
    """The prefixes of a conjunction without the values that exclude each other: one answer has
    one value, so of all prefixes that are then the same only one can be true at once.
    """
    slots = tuple(term._replace(value=UNANSWERED) if term.equal else term for term in terms)
    return {slots[:length] for length in range(1, len(slots) + 1)}


def _properties(terms: Terms) -> set[Property]:
    compared = {Property(term.other) for term in terms if term.other}
    return {term.property for term in terms} | compared
