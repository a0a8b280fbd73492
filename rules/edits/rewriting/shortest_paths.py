"""A first, quick test of new contents: the shortest answers that take each arrow."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.edits.arrows import Arrow
from rules.edits.rewriting.arrow_map import ArrowMap
from rules.edits.rewriting.arrow_words import arrows_refusal
from rules.engine.content import Answers, Effect, GuideContent, RuleContent
from rules.engine.oracle import rule_holds
from rules.engine.resolve import Fire, fire_rules
from rules.parcours.live_rules import RuleEvaluation
from rules.parcours.stops import Destination


def propose_contents(
    arrow_map: ArrowMap,
    guide: GuideContent,
    proposed: Iterable[Sequence[RuleContent]],
    arrows: Sequence[Arrow],
    place: Destination,
) -> Iterator[GuideContent]:
    """Yields a guide with each of some proposed rules that lead arrows to a place, as far as is seen.

    Those with the fewest rules to read come first: rules that are new, or lead to the place now. Raises
    `RefusedActError` if there are none.
    """
    targets = {place.question, *place.outcomes}

    def count_rules(rules: Sequence[RuleContent]) -> int:
        changed = set(rules) - set(guide.rules)
        return sum(rule.key not in guide.rule or rule.target in targets for rule in changed)

    known = list[GuideContent]()
    contents = [replace(guide, rules=tuple(rules)) for rules in sorted(proposed, key=count_rules)]
    for content in contents:
        if content not in known and fits_shortest_paths(arrow_map, content, arrows, place):
            known.append(content)
            yield content
    if not known:
        raise arrows_refusal(arrow_map, arrows, place.question, contents)


def fits_shortest_paths(
    arrow_map: ArrowMap, content: GuideContent, led: Collection[Arrow], place: Destination
) -> bool:
    """True if led arrows lead to a place and others lead where they led, on their shortest paths."""
    content = leave_out_unfinished_parts(content)
    changed = set(content.rules) ^ set(arrow_map.guide.rules)
    fire, led = RuleEvaluation(content).fire, frozenset(led)
    for arrow, (_, case) in arrow_map.effort.watch_time(arrow_map.cases.items()):
        answers = dict(case.answers)
        if arrow in led:
            expected = place
        elif not any(rule_holds(rule, answers) for rule in changed) or takes_arrow_before(
            arrow_map, arrow, led
        ):
            continue
        else:
            expected = case.destination
        if find_destination(content, answers, fire) != expected:
            return False
    return True


def find_destination(guide: GuideContent, answers: Answers, fire: Fire) -> Destination:
    """Returns where visitors come to who have given these answers, in this order."""
    firing = fire_rules(guide, answers, fire)
    rules = [guide.rules[position] for position in firing.fired]
    concluding = (rule.target for rule in rules if rule.effect is Effect.CONCLUDE)
    return Destination(firing.question or "", tuple(dict.fromkeys(concluding)))


def takes_arrow_before(arrow_map: ArrowMap, arrow: Arrow, led: Iterable[Arrow]) -> bool:
    """True if the shortest path of an arrow takes one of the led arrows before it."""
    answers = arrow_map.case_of(arrow).answers
    places = {answer: index for index, answer in enumerate(answers[:-1])}
    for one in led:
        line = (one.question, one.choice)
        if not one.question:
            return True
        if line in places and arrow_map.arrow_after(line, dict(answers[: places[line]])) == one:
            return True
    return False
