"""Regions: sets of answers that one rule of the kind « all conditions hold » describes.

Editors read rules, so a region keeps to what one rule can say. Rules with many conditions are narrowed,
cut and written again as regions.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from rules.engine.content import ConditionContent, GuideContent, Operator
from rules.engine.operators import condition_holds
from rules.engine.terms import UNANSWERED
from rules.parcours.requirements import negate_condition
from rules.proof.bounds import Effort

Conditions = tuple[ConditionContent, ...]
"""Conditions that must all hold."""
PossibleAnswers = frozenset[str]
"""Keys of choices of one question, and `UNANSWERED` if it may have no answer."""


@dataclass(frozen=True, slots=True)
class Region:
    """All answers that are among those of `answers`, and for which all comparisons hold."""

    answers: Mapping[str, PossibleAnswers] = field(default_factory=dict)
    """Questions that are not named may have any answer, or none."""
    comparisons: Conditions = ()


EVERYTHING = Region()
MAX_REGIONS = 2_000
"""The most regions that are kept on the way to those that become rules, which are far fewer."""


class UnclearArrowsError(Exception):
    """Raised if no rules, or too many of them, describe who takes some arrows."""


def collect_regions(found: Iterable[Region]) -> list[Region]:
    """Returns regions as a list. Raises `UnclearArrowsError` if they are more than `MAX_REGIONS`."""
    collected = [*islice(found, MAX_REGIONS + 1)]
    if len(collected) > MAX_REGIONS:
        raise UnclearArrowsError
    return collected


class AnswerRegions:
    """Makes the regions of one guide. Its methods raise `BoundReachedError` once the time is over."""

    def __init__(self, guide: GuideContent, effort: Effort) -> None:
        self._guide, self._effort = guide, effort
        self._all_answers: dict[str, PossibleAnswers] = {}
        self._accepted: dict[ConditionContent, PossibleAnswers] = {}

    def all_answers(self, question: str) -> PossibleAnswers:
        if question not in self._all_answers:
            choices = self._guide.question[question].choice
            self._all_answers[question] = frozenset((UNANSWERED, *choices))
        return self._all_answers[question]

    def narrow_answers(
        self, region: Region, question: str, possible: PossibleAnswers
    ) -> Region | None:
        """Returns the part of a region with some answers to a question; None if it is empty."""
        self._effort.check_time()
        left = region.answers.get(question, self.all_answers(question)) & possible
        if not left:
            return None
        if left == self.all_answers(question):
            return region
        return self._keep_possible(replace(region, answers={**region.answers, question: left}))

    def narrow_region(
        self, region: Region, conditions: Iterable[ConditionContent]
    ) -> Region | None:
        """Returns the part of a region in which some conditions hold; None if it is empty."""
        narrowed: Region | None = region
        for condition in conditions:
            if narrowed is None:
                return None
            narrowed = self._narrow_by_condition(narrowed, condition)
        return narrowed

    def intersect_regions(self, one: Region, other: Region) -> Region | None:
        """Returns what two regions have in common; None if it is empty."""
        common = self.narrow_region(one, other.comparisons)
        for question, possible in other.answers.items():
            if common is None:
                return None
            common = self.narrow_answers(common, question, possible)
        return common

    def is_part_of(self, part: Region, whole: Region) -> bool:
        """True if all answers of a region are in another one, as far as their conditions show it."""
        self._effort.check_time()
        return set(whole.comparisons) <= set(part.comparisons) and all(
            part.answers.get(question, self.all_answers(question)) <= possible
            for question, possible in whole.answers.items()
        )

    def subtract_region(self, whole: Region, hole: Region) -> Iterator[Region]:
        """Yields regions that, together, are what is left of a region without another one.

        They may overlap: each of them is the region in which one condition of `hole` does not hold.
        """
        for question, possible in hole.answers.items():
            left = self.narrow_answers(whole, question, self.all_answers(question) - possible)
            if left is not None:
                yield left
        for comparison in hole.comparisons:
            for condition in negate_condition(comparison):
                if (left := self.narrow_region(whole, [condition])) is not None:
                    yield left

    def write_conditions(self, region: Region, model: Conditions = ()) -> Conditions:
        """Returns the conditions of a region, which must not have mixed answers.

        Those of `model` that are still right stay as they are, in their order.
        """
        written: dict[str | ConditionContent, ConditionContent] = {}
        modelled = self.narrow_region(EVERYTHING, model) or EVERYTHING
        for condition in model:
            question = condition.question
            if condition.other:
                written[condition] = condition
            elif question not in written:
                possible = region.answers.get(question, self.all_answers(question))
                if new := self.write_answers(question, possible, model):
                    written[question] = new
        modelled = self.narrow_region(modelled, region.comparisons) or modelled
        for question, possible in region.answers.items():
            if possible != modelled.answers.get(question, self.all_answers(question)):
                new = self.write_answers(question, possible, model)
                if question not in written and new:
                    written[question] = new
        for comparison in region.comparisons:
            written.setdefault(comparison, comparison)
        return tuple(written.values())

    def join_conditions(self, one: Conditions, other: Conditions) -> Conditions | None:
        """Returns conditions that hold where one of two series of conditions does.

        Returns None unless they differ only in the list of choices of one question.
        """
        own, theirs = set(one) - set(other), set(other) - set(one)
        if len(one) != len(other) or len(own) != 1 or len(theirs) != 1:
            return None
        (first,), (second,) = own, theirs
        if first.question != second.question or {first.operator, second.operator} != {Operator.IS}:
            return None
        accepted = self.accepted_answers(first) | self.accepted_answers(second)
        joined = self.write_answers(first.question, accepted, (first,)) or first
        return tuple(joined if condition == first else condition for condition in one)

    def write_answers(
        self, question: str, possible: PossibleAnswers, model: Conditions
    ) -> ConditionContent | None:
        """Returns the condition for some answers to a question; None if any answer is possible.

        It is one of `model` if this says the same. Otherwise, unless it would be longer, it has the
        operator of the first of them that is on the question.
        """
        same = [one for one in model if one.questions == (question,)]
        for condition in same:
            if self.accepted_answers(condition) == possible:
                return condition
        choices = [*self._guide.question[question].choice]
        chosen = tuple(key for key in choices if key in possible)
        others = tuple(key for key in choices if key not in possible)
        if UNANSWERED in possible:
            return ConditionContent(question, Operator.UNANSWERED) if others else None
        if not others:
            return ConditionContent(question, Operator.ANSWERED)
        operator = same[0].operator if same else None
        is_listed = len(chosen) == 1 or operator is Operator.IS
        if is_listed or (operator is not Operator.IS_NOT and len(chosen) <= len(others)):
            return ConditionContent(question, Operator.IS, chosen)
        return ConditionContent(question, Operator.IS_NOT, others)

    def accepted_answers(self, condition: ConditionContent) -> PossibleAnswers:
        """Returns the answers for which a condition on one question holds."""
        if condition not in self._accepted:
            question = condition.question
            accepted = [
                key
                for key in self._guide.question[question].choice
                if condition_holds(condition, {question: key})
            ]
            if condition_holds(condition, {}):
                accepted.append(UNANSWERED)
            self._accepted[condition] = frozenset(accepted)
        return self._accepted[condition]

    def _narrow_by_condition(self, region: Region, condition: ConditionContent) -> Region | None:
        if not condition.other:
            accepted = self.accepted_answers(condition)
            return self.narrow_answers(region, condition.question, accepted)
        narrowed: Region | None = region
        for question in condition.questions:
            if narrowed is not None:
                answered = self.all_answers(question) - {UNANSWERED}
                narrowed = self.narrow_answers(narrowed, question, answered)
        if narrowed is None or negate_condition(condition)[0] in narrowed.comparisons:
            return None
        if condition in narrowed.comparisons:
            return narrowed
        return self._keep_possible(
            replace(narrowed, comparisons=(*narrowed.comparisons, condition))
        )

    def _keep_possible(self, region: Region) -> Region | None:
        """Returns a region, or None if one of its comparisons cannot hold for its answers."""
        for comparison in region.comparisons:
            one, other = (
                region.answers.get(key, self.all_answers(key)) - {UNANSWERED}
                for key in comparison.questions
            )
            is_single = len(one) == 1 and one == other
            if is_single if comparison.operator is Operator.DIFFERS_FROM else not one & other:
                return None
        return region
