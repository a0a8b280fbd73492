"""Rules as conjunctions: conditions that must all hold, of which one series is enough."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from rules.document.keys import unused_key
from rules.edits.rewriting.answer_regions import EVERYTHING, AnswerRegions, Conditions, Region
from rules.engine.content import Match, RuleContent

MAX_CONJUNCTIONS = 50
"""The most conjunctions that are simplified. Nobody reads rules of more, and it would take too long."""


class TooManyConjunctionsError(Exception):
    """There are more conjunctions than `MAX_CONJUNCTIONS`."""


def conjunctions_of_rule(rule: RuleContent) -> Sequence[Conditions]:
    """Returns the conjunctions of which one must hold for a rule to hold."""
    if rule.match is Match.ANY and rule.when:
        return [(condition,) for condition in rule.when]
    return [rule.when]


def join_conjunctions(
    regions: AnswerRegions, first: Conditions, second: Conditions
) -> Sequence[Conditions]:
    """Returns a conjunction that requires what two others do; none if both can never hold."""
    whole = regions.narrow_region(EVERYTHING, (*first, *second))
    return [] if whole is None else [regions.write_conditions(whole, (*first, *second))]


def simplify_conjunctions(
    regions: AnswerRegions, conjunctions: Iterable[Conditions]
) -> Sequence[Conditions]:
    """Returns fewer conjunctions that say the same.

    One that requires more than another is left out. Two that differ only in the choices of one
    question become one. Raises `TooManyConjunctionsError`.
    """
    conjunctions = [*dict.fromkeys(conjunctions)]
    if len(conjunctions) > MAX_CONJUNCTIONS:
        raise TooManyConjunctionsError
    found: dict[Conditions, Region] = {}
    for one in conjunctions:
        part = regions.narrow_region(EVERYTHING, one)
        if part and not any(regions.is_part_of(part, whole) for whole in found.values()):
            larger = {
                key: other for key, other in found.items() if not regions.is_part_of(other, part)
            }
            found = {**larger, one: part}
    for first, second in combinations(found, 2):
        if joined := regions.join_conditions(first, second):
            rest = [joined if one == first else one for one in found if one != second]
            return simplify_conjunctions(regions, rest)
    return [*found]


def is_covered(
    regions: AnswerRegions, conjunctions: Iterable[Conditions], others: Iterable[Conditions]
) -> bool:
    """True if each of some conjunctions may hold, but only where one of the others does."""
    wholes = [regions.narrow_region(EVERYTHING, other) for other in others]
    parts = [regions.narrow_region(EVERYTHING, one) for one in conjunctions]
    return all(
        part and any(whole and regions.is_part_of(part, whole) for whole in wholes)
        for part in parts
    )


def write_rules(
    rule: RuleContent, conjunctions: Sequence[Conditions], taken: set[str]
) -> Iterator[RuleContent]:
    """Yields rules that do what a rule does, and hold if one of the conjunctions does.

    The first one keeps the key of the rule. The keys of the others are added to `taken`.
    """
    if len(conjunctions) > 1 and all(len(one) == 1 for one in conjunctions):
        yield replace(rule, when=tuple(term for (term,) in conjunctions), match=Match.ANY)
        return
    for position, when in enumerate(conjunctions):
        key = unused_key(rule.key, taken=taken, fallback="regle") if position else rule.key
        taken.add(key)
        yield replace(rule, key=key, when=when, match=Match.ALL)
