"""The rules of a draft while an act rewrites them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import takewhile

from rules.document.keys import unused_key
from rules.edits.arrows import Arrow
from rules.edits.rewriting.answer_regions import Conditions, Region, UnclearArrowsError
from rules.edits.rewriting.arrow_map import ArrowMap
from rules.edits.rewriting.conjunctions import (
    TooManyConjunctionsError,
    conjunctions_of_rule,
    is_covered,
    simplify_conjunctions,
)
from rules.engine.content import Effect, Match, RuleContent

MAX_NEW_RULES = 8
"""The most rules that an act adds: an editor could not read more of them."""


class RewrittenRules:
    """The rules of a draft. Rules that are added get keys, and find their places.

    All methods that add rules raise `UnclearArrowsError` if they are more than `MAX_NEW_RULES`.
    """

    def __init__(self, arrow_map: ArrowMap) -> None:
        self._map = arrow_map
        self.rules = list(arrow_map.draft.rules)

    def replace_rule(self, old: RuleContent, new: Sequence[RuleContent]) -> None:
        """Puts rules in the place of one. The first of them keeps its key."""
        if new == [old]:
            return
        index = next(index for index, rule in enumerate(self.rules) if rule.key == old.key)
        self.rules[index : index + 1] = new[:1]
        for position, rule in enumerate(new[1:], index + 1):
            self._insert_rule(position, rule)

    def replace_rules(self, rules: Sequence[RuleContent]) -> None:
        """Puts other rules in the place of all. Those that are new have keys of their own."""
        if len(rules) - len(self.rules) > MAX_NEW_RULES:
            raise UnclearArrowsError
        self.rules = [*rules]

    def _insert_rule(self, index: int, rule: RuleContent) -> None:
        """Inserts a rule at a position. Its key is changed if a rule has or had it."""
        taken = {*self._map.draft.rule, *(one.key for one in self.rules)}
        if len(taken) - len(self._map.draft.rule) >= MAX_NEW_RULES:
            raise UnclearArrowsError
        key = unused_key(rule.key, taken=taken, fallback="rule")
        self.rules.insert(index, replace(rule, key=key))

    def add_asking_rules(
        self, new: Sequence[RuleContent], arrows: Sequence[Arrow], regions: Sequence[Region]
    ) -> None:
        """Adds rules that ask a question on some arrows, each for the visitors of one region.

        They stand where the rules of the arrows stood, but above all others that may win there. Rules
        below that ask the question only where one of these does are gone: they would never ask it.
        """
        new = self._simplify_rules(new)
        last = self._last_place_to_win(arrows, regions)
        index = min(last, self._place_of_arrows(arrows, new[0]))
        for rule in new:
            if not self._join_with_sister(rule, last):
                self._insert_rule(index, rule)
                index += 1
        self._drop_needless_rules(new[0])

    def add_concluding_rules(
        self, new: Sequence[RuleContent], arrows: Sequence[Arrow], *, has_sisters: bool
    ) -> None:
        """Adds rules that conclude on some arrows: below their sisters, unless their order matters."""
        new = self._simplify_rules(new)
        sisters = self._place_below_sisters(new[0]) if has_sisters else None
        index = self._place_of_arrows(arrows, new[0]) if sisters is None else sisters
        for rule in new:
            if not has_sisters or not self._join_with_sister(rule, len(self.rules)):
                self._insert_rule(index, rule)
                index += 1

    def _simplify_rules(self, new: Sequence[RuleContent]) -> Sequence[RuleContent]:
        """Returns new rules, which all do the same, without those that repeat what others say."""
        found = [one for rule in new for one in conjunctions_of_rule(rule)]
        with suppress(TooManyConjunctionsError):
            simpler = simplify_conjunctions(self._map.regions, found)
            if len(simpler) < len(new):
                return [replace(new[0], when=when, match=Match.ALL) for when in simpler]
        return new

    def _drop_needless_rules(self, new: RuleContent) -> None:
        """Removes the rules that do what a new one does, and only where one above them that is new does."""
        above = list[Conditions]()
        for rule in [one for one in self.rules if does_same(one, new)]:
            if self._is_left_out(rule):
                continue
            conjunctions = conjunctions_of_rule(rule)
            if is_covered(self._map.regions, conjunctions, above):
                self.rules.remove(rule)
            elif rule not in self._map.draft.rules:
                above += conjunctions

    def _place_of_arrows(self, arrows: Sequence[Arrow], new: RuleContent) -> int:
        """Returns the position where the rules that decide some arrows stand or, if removed, stood.

        At dead ends, it is the one below the rules that look at the same questions, or do the same.
        """
        keys = {key for arrow in arrows for key in arrow.rules}
        if keys:
            above = takewhile(lambda rule: rule.key not in keys, self._map.draft.rules)
            keys_above = {rule.key for rule in above}
            return self._place_below(lambda rule: rule.key in keys_above) or 0
        questions = {arrow.question for arrow in arrows}
        looking = self._place_below(lambda rule: bool(rule.questions & questions))
        return self._place_below_sisters(new) or looking or len(self.rules)

    def _place_below_sisters(self, new: RuleContent) -> int | None:
        return self._place_below(lambda rule: does_same(rule, new))

    def _place_below(self, is_wanted: Callable[[RuleContent], bool]) -> int | None:
        """Returns the position below the last rule of some kind; None if there is no such rule."""
        found = [index for index, rule in enumerate(self.rules, 1) if is_wanted(rule)]
        return found[-1] if found else None

    def _last_place_to_win(self, arrows: Sequence[Arrow], regions: Sequence[Region]) -> int:
        """Returns the last position where a rule that asks comes before all others on some arrows.

        `regions` are the answers of the visitors who take the arrows.
        """
        for index, rule in enumerate(self.rules):
            if (
                rule.effect is Effect.ASK
                and not self._map.answered_at(rule.target, arrows).is_certain
                and any(self._may_hold(rule, region) for region in regions)
            ):
                return index
        return len(self.rules)

    def _may_hold(self, rule: RuleContent, region: Region) -> bool:
        if self._is_left_out(rule):
            return False
        narrow = self._map.regions.narrow_region
        return any(narrow(region, one) is not None for one in conjunctions_of_rule(rule))

    def _is_left_out(self, rule: RuleContent) -> bool:
        evaluated = self._map.guide.rule.get(rule.key)
        return bool(evaluated and evaluated.is_left_out)

    def _join_with_sister(self, rule: RuleContent, last: int) -> bool:
        """Adds the choices of a new rule to the list of one before a position, if this says it all.

        Returns False if no rule with the same target has the same other conditions.
        """
        for index, sister in enumerate(self.rules[:last]):
            joined = self._join_rules(sister, rule)
            if joined is not None and not self._is_left_out(sister):
                self.rules[index] = joined
                return True
        return False

    def _join_rules(self, sister: RuleContent, rule: RuleContent) -> RuleContent | None:
        """Returns one rule for two that differ only in one list of choices; None if they differ more."""
        if not does_same(sister, rule) or Match.ANY in (sister.match, rule.match):
            return None
        joined = self._map.regions.join_conditions(sister.when, rule.when)
        return replace(sister, when=joined) if joined else None


def does_same(one: RuleContent, other: RuleContent) -> bool:
    """True if two rules ask the same question or give the same outcome."""
    return (one.effect, one.target) == (other.effect, other.target)
