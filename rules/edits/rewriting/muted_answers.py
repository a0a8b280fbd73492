"""Keeps rules from acting on the answers to a question, for the visitors who take some arrows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rules.edits.arrows import Arrow
from rules.edits.rewriting.answer_regions import EVERYTHING, Region
from rules.edits.rewriting.arrow_map import ArrowMap
from rules.edits.rewriting.arrow_regions import regions_of_arrows
from rules.edits.rewriting.conjunctions import conjunctions_of_rule
from rules.edits.rewriting.rewritten_rules import RewrittenRules
from rules.edits.rewriting.rule_splitting import exclude_regions
from rules.engine.content import ConditionContent, Effect, Match, Operator, RuleContent


def mute_question(
    arrow_map: ArrowMap, question: str, arrows: Sequence[Arrow], rules: RewrittenRules
) -> None:
    """Rewrites rules so that they hold, after the arrows, as if a question had no answer.

    Rules that conclude on the arrows stay as they are. Raises `UnclearArrowsError`.
    """
    regions = regions_of_arrows(arrow_map, arrows)
    others = [
        arrow
        for arrow in arrow_map.cases
        if arrow not in arrows and arrow_map.answered_at(question, [arrow]).is_possible
    ]
    concluding = [one for one in arrow_map.rules_of(arrows) if one.effect is Effect.CONCLUDE]
    for rule in arrow_map.guide.rules:
        if question in rule.questions and rule not in concluding and not rule.is_left_out:
            rules.replace_rule(rule, [*_mute_rule(arrow_map, rule, question, regions, others)])


def _mute_rule(
    arrow_map: ArrowMap,
    rule: RuleContent,
    question: str,
    regions: Sequence[Region],
    others: Sequence[Arrow],
) -> Iterator[RuleContent]:
    unanswered = ConditionContent(question, Operator.UNANSWERED)
    is_any = rule.match is Match.ANY and len(rule.when) > 1
    untouched = tuple(one for one in rule.when if is_any and question not in one.questions)
    if untouched:
        yield replace(rule, when=untouched)
    for when in conjunctions_of_rule(rule):
        looks = any(question in condition.questions for condition in when)
        if looks and unanswered not in when:
            for rest in exclude_regions(arrow_map, when, regions, others):
                yield replace(rule, when=rest, match=Match.ALL)
        elif looks:
            yield replace(rule, when=when, match=Match.ALL)
            needed = tuple(condition for condition in when if condition != unanswered)
            whole = arrow_map.regions.narrow_region(EVERYTHING, needed)
            for region in regions if whole else ():
                if part := whole and arrow_map.regions.intersect_regions(whole, region):
                    written = arrow_map.regions.write_conditions(part, needed)
                    yield replace(rule, when=written, match=Match.ALL)
