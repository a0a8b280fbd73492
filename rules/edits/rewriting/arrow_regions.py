"""The answers of the visitors who take some arrows, as regions: each one makes a rule."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from rules.edits.arrows import Arrow
from rules.edits.rewriting.answer_regions import (
    EVERYTHING,
    Region,
    UnclearArrowsError,
    collect_regions,
)
from rules.edits.rewriting.arrow_map import ArrowMap
from rules.engine.content import ConditionContent, Match
from rules.engine.state import Answer
from rules.engine.terms import UNANSWERED
from rules.parcours.requirements import remaining_condition
from rules.parcours.stops import Requirement

MAX_REGIONS = 24
"""The most regions of a line: rules for more of them could not be read."""


def regions_of_arrows(arrow_map: ArrowMap, arrows: Sequence[Arrow]) -> list[Region]:
    """Returns regions with the answers of all visitors who have just taken some arrows.

    No other visitors have such answers, neither then nor later. Raises `UnclearArrowsError`.
    """
    lines = dict.fromkeys((arrow.question, arrow.choice) for arrow in arrows)
    wanted = set(arrows)
    found = [
        region for line in lines for region in LineRegions(arrow_map, line, wanted).find_regions()
    ]
    if not found:
        raise UnclearArrowsError
    return join_regions(found)


class LineRegions:
    """The regions of some cases of one line."""

    def __init__(self, arrow_map: ArrowMap, line: Answer, arrows: AbstractSet[Arrow]) -> None:
        self._map, self._regions, self._line = arrow_map, arrow_map.regions, line
        self._cases = arrow_map.of_line[line]
        self._others = [arrow for arrow in self._cases if arrow not in arrows]
        question, choice = line
        self._whole = Region({question: frozenset([choice])}) if question else EVERYTHING

    def find_regions(self) -> list[Region]:
        if not self._others:
            return [self._whole]
        wanted = (arrow for arrow in self._cases if arrow not in self._others)
        return [region for arrow in wanted for region in self._regions_of_case(arrow)]

    def _regions_of_case(self, arrow: Arrow) -> list[Region]:
        found = self._narrow_by_requirements([self._whole], arrow)
        for earlier in self._cases[: self._cases.index(arrow)]:
            if earlier in self._others:
                found = self._narrow_by_negation(found, earlier)
                found = self._map.normalise_regions(found, [arrow])
                if len(found) > MAX_REGIONS:
                    raise UnclearArrowsError
        shorter = self._map.normalise_regions(self._narrow_by_rules(found, arrow), [arrow])
        found = self._map.normalise_regions(found, [arrow])
        best = min(found, shorter, key=len)
        return [part for region in best for part in self._finish_region(region, arrow)]

    def _finish_region(self, region: Region, arrow: Arrow) -> list[Region]:
        """Returns a region as short as it can be, or with all conditions of its rules if it must be."""
        needed = self._narrow_by_rules([region], arrow)
        region, is_guarded = self._drop_needless(region), True
        for question in self._find_guards(region):
            unanswered = frozenset([UNANSWERED])
            guarded = self._regions.narrow_answers(region, question, unanswered)
            if guarded and any(
                self._regions.narrow_answers(one, question, unanswered) for one in needed
            ):
                region = guarded
            else:
                is_guarded = False
        return [region] if is_guarded else self._narrow_by_rules([region], arrow)

    def _narrow_by_requirements(self, found: list[Region], arrow: Arrow) -> list[Region]:
        for match, conditions in self._map.case_of(arrow).requirements:
            if match is Match.ALL:
                found = self._narrow_all(found, conditions)
            else:
                found = collect_regions(
                    part for one in conditions for part in self._narrow_all(found, [one])
                )
        return found

    def _narrow_all(
        self, found: Iterable[Region], conditions: Sequence[ConditionContent]
    ) -> list[Region]:
        narrowed = (self._regions.narrow_region(region, conditions) for region in found)
        return [region for region in narrowed if region is not None]

    def _narrow_by_negation(self, found: list[Region], other: Arrow) -> list[Region]:
        """Returns the parts of regions in which not all requirements of another case hold."""
        return collect_regions(
            part
            for region in found
            for requirement in self._map.case_of(other).requirements
            for part in self._exclude_requirement(region, requirement)
        )

    def _exclude_requirement(self, region: Region, requirement: Requirement) -> Iterator[Region]:
        holes = (self._regions.narrow_region(EVERYTHING, [one]) for one in requirement.conditions)
        parts = [region]
        if requirement.match is Match.ALL:
            for hole in holes:
                if hole is not None:
                    yield from self._regions.subtract_region(region, hole)
            return
        for hole in holes:
            if hole is not None:
                parts = collect_regions(
                    left for part in parts for left in self._regions.subtract_region(part, hole)
                )
        yield from parts

    def _narrow_by_rules(self, found: list[Region], arrow: Arrow) -> list[Region]:
        """Returns regions with the conditions of the rules of their case, as far as all must hold."""
        for rule in self._map.rules_of([arrow]):
            if rule.match is Match.ALL or len(rule.when) == 1:
                remaining = (
                    remaining_condition(self._map.guide, one, self._line) for one in rule.when
                )
                conditions = [one for one in remaining if isinstance(one, ConditionContent)]
                found = self._narrow_all(found, conditions)
        return found

    def _drop_needless(self, region: Region) -> Region:
        """Returns a region without the questions that do not tell its case from the other ones."""
        others = []
        for other in self._others:
            others += self._narrow_by_rules(
                self._narrow_by_requirements([self._whole], other), other
            )
        for question in [key for key in region.answers if key != self._line[0]]:
            answers = {key: one for key, one in region.answers.items() if key != question}
            larger = Region(answers, region.comparisons)
            if all(self._regions.intersect_regions(larger, other) is None for other in others):
                region = larger
        return region

    def _find_guards(self, region: Region) -> Iterator[str]:
        """Yields the questions that visitors who took other cases are asked next.

        A region that needs an answer which these visitors may still lack could begin to hold for them
        later. It cannot if it also requires that these questions have no answer.
        """
        missing = {
            question
            for question, possible in region.answers.items()
            if question != self._line[0]
            and UNANSWERED not in possible
            and not self._map.answered_at(question, self._others).is_certain
        }
        for other in self._others:
            following = self._map.case_of(other).destination.question
            after = {following, *self._map.questions_after(following)} if following else set()
            if after & missing:
                yield following


def join_regions(found: Iterable[Region]) -> list[Region]:
    """Returns regions in which those that differ only in the choices of one question are one region."""
    joined = list(found)
    for question in dict.fromkeys(key for region in joined for key in region.answers):
        unions: dict[object, Region] = {}
        for index, region in enumerate(joined):
            possible = region.answers.get(question, frozenset())
            if not possible or UNANSWERED in possible:
                unions[index] = region
                continue
            others = frozenset(item for item in region.answers.items() if item[0] != question)
            same = (others, region.comparisons)
            if same in unions:
                possible |= unions[same].answers[question]
            unions[same] = Region({**region.answers, question: possible}, region.comparisons)
        joined = list(unions.values())
    return joined
