"""Rules that must no longer act on some arrows: they get conditions, or become several rules."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from rules.edits.arrows import Arrow
from rules.edits.rewriting.answer_regions import (
    EVERYTHING,
    Conditions,
    Region,
    collect_regions,
)
from rules.edits.rewriting.arrow_map import ArrowMap, split_answers
from rules.edits.rewriting.arrow_regions import regions_of_arrows
from rules.engine.content import ConditionContent, Match, Operator, RuleContent
from rules.engine.operators import condition_holds
from rules.parcours.requirements import negate_condition


class RuleSplit:
    """A rule that must stop acting on some of the arrows that it decides, and go on acting on others.

    A rule that needs only one of several conditions may have some that never hold on these arrows. If
    `is_bold`, a condition that does not hold on the shortest paths is taken to never hold: the check
    of the promise decides whether that is right.
    """

    def __init__(
        self, arrow_map: ArrowMap, rule: RuleContent, arrows: Sequence[Arrow], *, is_bold: bool
    ) -> None:
        self._map, self._rule = arrow_map, rule
        decided, chosen = arrow_map.of_rule[rule.key], frozenset(arrows)
        self.arrows = [arrow for arrow in decided if arrow in chosen]
        self.others = [arrow for arrow in decided if arrow not in chosen]
        """The arrows that the rule still decides."""
        self._untouched: Conditions = ()
        self._touched: list[Conditions] = [rule.when]
        """The conditions that hold on the arrows: all of those in one tuple, if any tuple does."""
        if rule.match is Match.ANY and len(rule.when) > 1:
            touched = [one for one in rule.when if not is_bold or self._holds_shortly(one)]
            self._untouched = tuple(one for one in rule.when if one not in touched)
            self._touched = [(condition,) for condition in touched]

    def _holds_shortly(self, condition: ConditionContent) -> bool:
        answers = (dict(self._map.case_of(arrow).answers) for arrow in self.arrows)
        return any(condition_holds(condition, one) for one in answers)

    @cached_property
    def _regions(self) -> list[Region]:
        return regions_of_arrows(self._map, self.arrows)

    def make_rest(self) -> list[RuleContent]:
        """Returns rules that decide the other arrows, each with the key of the rule."""
        if not self.others:
            return []
        untouched, changed = [*self._untouched], list[Conditions]()
        for when in self._touched:
            for rest in exclude_regions(self._map, when, self._regions, self.others):
                if rest == when and len(self._rule.when) > 1 and self._rule.match is Match.ANY:
                    untouched += rest
                else:
                    changed.append(rest)
        rules = [replace(self._rule, when=when, match=Match.ALL) for when in changed]
        if untouched:
            rules.insert(0, replace(self._rule, when=tuple(untouched)))
        return rules

    def make_part(self, question: str) -> list[RuleContent]:
        """Returns rules that decide the arrows once a question has an answer.

        Where the rule decides other arrows as well, their conditions say which visitors they are for.
        """
        found = self._touched
        if self.others:
            regions = self._map.regions
            wholes = [(when, regions.narrow_region(EVERYTHING, when)) for when in self._touched]
            parts = [
                (when, regions.intersect_regions(whole, region))
                for when, whole in wholes
                for region in self._regions
                if whole is not None
            ]
            found = [regions.write_conditions(part, when) for when, part in parts if part]
        answered = ConditionContent(question, Operator.ANSWERED)
        unanswered = ConditionContent(question, Operator.UNANSWERED)
        return [
            replace(
                self._rule,
                when=(*(one for one in when if one != unanswered), answered),
                match=Match.ALL,
            )
            for when in found
        ]


def exclude_regions(
    arrow_map: ArrowMap, when: Conditions, holes: Sequence[Region], others: Sequence[Arrow]
) -> Iterator[Conditions]:
    """Yields conditions that hold as before, except in some regions, as far as other arrows need it."""
    whole = arrow_map.regions.narrow_region(EVERYTHING, when)
    parts = [whole] if whole else []
    for hole in holes:
        parts = collect_regions(
            rest for part in parts for rest in _exclude_region(arrow_map, part, hole, others)
        )
    if parts == [whole]:
        yield when
    else:
        for part in arrow_map.drop_parts(parts):
            yield arrow_map.regions.write_conditions(part, when)


def _exclude_region(
    arrow_map: ArrowMap, part: Region, hole: Region, others: Sequence[Arrow]
) -> Iterator[Region]:
    regions = arrow_map.regions
    if regions.intersect_regions(part, hole) is None:
        yield part
        return
    for question, possible in hole.answers.items():
        rest = arrow_map.answers_at(question, others) - possible
        for one in split_answers(rest):
            if (narrowed := regions.narrow_answers(part, question, one)) is not None:
                yield narrowed
        others = [arrow for arrow in others if not arrow_map.answers_at(question, [arrow]) <= rest]
    for comparison in hole.comparisons if others else ():
        for opposite in negate_condition(comparison):
            if (narrowed := regions.narrow_region(part, [opposite])) is not None:
                yield narrowed
