"""Leads arrows to another question or to other conclusions."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import product

from rules.edits.acts.new_parts import NewConclusion, NewQuestion, add_conclusion, add_question
from rules.edits.arrows import Arrow
from rules.edits.edit import Act, Edit, MappedDraft, RefusedActError
from rules.edits.promises import LeadsTo
from rules.edits.rewriting.answer_regions import UnclearArrowsError
from rules.edits.rewriting.arrow_map import ArrowMap
from rules.edits.rewriting.arrow_regions import regions_of_arrows
from rules.edits.rewriting.arrow_words import (
    arrows_words,
    check_arrows,
    check_destination,
    check_unasked,
    destination_words,
    lead_verb,
)
from rules.edits.rewriting.rewritten_rules import RewrittenRules
from rules.edits.rewriting.rule_splitting import RuleSplit
from rules.edits.rewriting.shortest_paths import propose_contents
from rules.engine.content import Effect, GuideContent, RuleContent
from rules.parcours.stops import Destination

NewDestination = Destination | NewQuestion | NewConclusion
"""An existing question, existing conclusions, or a part that the act creates."""


def lead_arrows(arrows: Sequence[Arrow], destination: NewDestination) -> Act:
    """Returns the act that leads some arrows to a destination."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        arrow_map = ArrowMap(draft)
        check_arrows(arrow_map, arrows)
        guide, place = add_destination(draft.guide, destination, after=arrows[0].question)
        check_destination(guide, place)
        led = [one for one in arrows if arrow_map.case_of(one).destination != place]
        words = arrows_words(arrow_map, led or arrows) or "Le début du parcours"
        verb = lead_verb(led or arrows)
        if not led:
            raise RefusedActError(f"{words} {verb} déjà à {destination_words(guide, place)}.")
        check_unasked(arrow_map, led, place.question)
        sentence = f"{words} {verb} à {destination_words(guide, place)}."
        rules = LeadRewriting(arrow_map, led, place).propose_rules()
        promise = LeadsTo(tuple(led), place)
        for content in propose_contents(arrow_map, guide, rules, led, place):
            yield Edit(content, promise, sentence)

    arrows = tuple(dict.fromkeys(arrows))
    return propose_edits


def add_destination(
    guide: GuideContent, destination: NewDestination, *, after: str
) -> tuple[GuideContent, Destination]:
    """Returns a guide with what is new of a destination, and where it is."""
    match destination:
        case NewQuestion():
            guide, question = add_question(guide, destination, after=after)
            return guide, Destination(question.key)
        case NewConclusion():
            guide, outcome = add_conclusion(guide, destination)
            return guide, Destination(outcomes=(outcome.key,))
    return guide, destination


class LeadRewriting:
    """The rules of a draft, written again so that some arrows lead to a place."""

    def __init__(self, arrow_map: ArrowMap, arrows: Sequence[Arrow], place: Destination) -> None:
        self._map, self._arrows = arrow_map, arrows
        self._effect = Effect.ASK if place.question else Effect.CONCLUDE
        self._targets = (place.question,) if place.question else place.outcomes

    def propose_rules(self) -> Iterator[Sequence[RuleContent]]:
        """Yields rules, those first that an editor would write by hand."""
        for is_bold, keeps_rules, keeps_asking in product(
            (True, False), (True, False), (False, True)
        ):
            with suppress(UnclearArrowsError):
                yield self._rewrite_rules(
                    is_bold=is_bold, keeps_rules=keeps_rules, keeps_asking=keeps_asking
                )

    def _rewrite_rules(
        self, *, is_bold: bool, keeps_rules: bool, keeps_asking: bool
    ) -> list[RuleContent]:
        """Returns rules that lead the arrows to the place. `is_bold` is explained by `RuleSplit`.

        If `keeps_rules`, rules that decide nothing else get another target, and rules that give one
        of the conclusions stay. If `keeps_asking`, rules that ask stay, and new ones precede them.
        """
        rules = RewrittenRules(self._map)
        missing = dict.fromkeys(self._arrows, self._targets)
        deciding = self._map.rules_of(self._arrows)
        for rule in [one for one in deciding if keeps_rules and self._gives_target(one)]:
            deciding.remove(rule)
            for arrow in missing.keys() & self._map.of_rule[rule.key]:
                missing[arrow] = tuple(key for key in missing[arrow] if key != rule.target)
        for rule in deciding:
            split = RuleSplit(self._map, rule, self._arrows, is_bold=is_bold)
            wanted = {missing[arrow] for arrow in split.arrows}
            if keeps_rules and not split.others and len(wanted) == 1 and any(wanted):
                (targets,) = wanted
                new = [replace(rule, effect=self._effect, target=key) for key in targets]
                rules.replace_rule(rule, new)
                missing |= dict.fromkeys(split.arrows, ())
            elif not keeps_asking or rule.effect is Effect.CONCLUDE:
                rules.replace_rule(rule, split.make_rest())
        for targets in dict.fromkeys(missing.values()):
            if targets:
                arrows = [arrow for arrow in self._arrows if missing[arrow] == targets]
                self._add_rules(rules, arrows, targets)
        return rules.rules

    def _gives_target(self, rule: RuleContent) -> bool:
        return rule.effect is self._effect and rule.target in self._targets

    def _add_rules(
        self, rules: RewrittenRules, arrows: Sequence[Arrow], targets: tuple[str, ...]
    ) -> None:
        regions = regions_of_arrows(self._map, arrows)
        for target in reversed(targets):
            new = [
                RuleContent(
                    target, self._map.regions.write_conditions(region), self._effect, target
                )
                for region in regions
            ]
            if self._effect is Effect.ASK:
                rules.add_asking_rules(new, arrows, regions)
            else:
                rules.add_concluding_rules(new, arrows, has_sisters=len(targets) == 1)
