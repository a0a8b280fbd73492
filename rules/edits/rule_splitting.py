"""Rules that must no longer act for some visitors: they get conditions, or become several rules."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rules.edits.answer_regions import EVERYTHING, Conditions, Region
from rules.edits.arrow_map import ArrowMap, split_answers
from rules.edits.arrows import Arrow
from rules.engine.content import Match, RuleContent
from rules.engine.terms import UNANSWERED


def exclude_regions(
    arrow_map: ArrowMap, rule: RuleContent, holes: Sequence[Region], others: Sequence[Arrow]
) -> list[RuleContent]:
    """Returns what is left of a rule that must not hold for some answers: no rule, or several.

    It still decides the arrows in `others`. All rules have the key of the old one.
    """
    if not others:
        return []
    if rule.match is Match.ALL or len(rule.when) <= 1:
        parts = exclude_from_conditions(arrow_map, rule.when, holes, others)
        return [replace(rule, when=when, match=Match.ALL) for when in parts]
    untouched: list[Conditions] = []
    changed: list[Conditions] = []
    for condition in rule.when:
        found = [*exclude_from_conditions(arrow_map, (condition,), holes, others)]
        if found == [(condition,)]:
            untouched += found
        else:
            changed += found
    left = [replace(rule, when=tuple(one for (one,) in untouched))] if untouched else []
    return [*left, *(replace(rule, when=when, match=Match.ALL) for when in changed)]


def exclude_from_conditions(
    arrow_map: ArrowMap, when: Conditions, holes: Sequence[Region], others: Sequence[Arrow]
) -> Iterator[Conditions]:
    """Yields conditions that hold for the same answers as before, except those in the holes."""
    regions = arrow_map.regions
    whole = regions.narrow_region(EVERYTHING, when)
    if whole is None:
        return
    parts = [whole]
    for hole in holes:
        parts = [left for part in parts for left in _exclude_region(arrow_map, part, hole, others)]
    if parts == [whole]:
        yield when
        return
    for part in arrow_map.drop_parts(parts):
        yield regions.write_conditions(part, when)


def _exclude_region(
    arrow_map: ArrowMap, part: Region, hole: Region, others: Sequence[Arrow]
) -> Iterator[Region]:
    """Yields what is left of a region without a hole, as far as the others arrows need it."""
    if arrow_map.regions.intersect_regions(part, hole) is None:
        yield part
        return
    uncovered = [*others]
    for left in arrow_map.regions.subtract_region(part, hole):
        if not uncovered:
            return
        yield from _possible_parts(arrow_map, left, part, uncovered)
        uncovered = [arrow for arrow in uncovered if not _is_covered(arrow_map, arrow, left, part)]


def _possible_parts(
    arrow_map: ArrowMap, left: Region, whole: Region, arrows: Sequence[Arrow]
) -> Iterator[Region]:
    """Yields the parts of a region that one rule each can describe, and that some arrows need."""
    narrowed = [key for key, one in left.answers.items() if whole.answers.get(key) != one]
    for question in narrowed:
        occurring = arrow_map.answers_at(question, arrows)
        for possible in split_answers(left.answers[question] & occurring):
            part = arrow_map.regions.narrow_answers(left, question, possible)
            if part is not None and len(narrowed) == 1:
                yield part
    if len(narrowed) != 1:
        yield left


def _is_covered(arrow_map: ArrowMap, arrow: Arrow, left: Region, whole: Region) -> bool:
    """True if visitors who take an arrow, and are in a region, surely are in what is left of it."""
    if left.comparisons != whole.comparisons:
        return False
    for question, possible in left.answers.items():
        if whole.answers.get(question) == possible:
            continue
        status = arrow_map.answered_at(question, [arrow])
        is_chosen = question == arrow.question and arrow.choice in possible
        if not is_chosen and not (UNANSWERED in possible and not status.is_possible):
            return False
    return True
