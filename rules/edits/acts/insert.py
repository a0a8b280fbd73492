"""Inserts a question on arrows: visitors answer it, and go on as before."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import product

from rules.edits.acts.new_parts import NewQuestion, add_question
from rules.edits.arrows import Arrow
from rules.edits.edit import Act, Edit, MappedDraft
from rules.edits.promises import AsksOnTheWay
from rules.edits.rewriting.answer_regions import Conditions, UnclearArrowsError
from rules.edits.rewriting.arrow_map import ArrowMap
from rules.edits.rewriting.arrow_regions import regions_of_arrows
from rules.edits.rewriting.arrow_words import (
    arrows_words,
    check_arrows,
    check_destination,
    check_unasked,
)
from rules.edits.rewriting.conjunctions import TooManyConjunctionsError
from rules.edits.rewriting.guards import add_guards, guards_of_rules, guards_on_arrows
from rules.edits.rewriting.muted_answers import mute_question
from rules.edits.rewriting.rewritten_rules import RewrittenRules
from rules.edits.rewriting.rule_splitting import RuleSplit
from rules.edits.rewriting.shortest_paths import propose_contents
from rules.engine.content import Effect, ExampleContent, GuideContent, Match, RuleContent
from rules.engine.resolve import known_answers
from rules.parcours.live_rules import RuleEvaluation
from rules.parcours.stops import Destination
from rules.sentences import quoted_question


def insert_question(
    arrows: Sequence[Arrow], question: str | NewQuestion, *, answer_in_examples: str = ""
) -> Act:
    """Returns the act that inserts a question on some arrows: an existing one, by its key, or a new one.

    The examples that take one of the arrows get the answer `answer_in_examples`: the key of a choice
    or, if the question is new, its label. They stay as they are if it is empty.
    """

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        arrow_map = ArrowMap(draft)
        check_arrows(arrow_map, arrows)
        guide, inserted, choice = find_inserted_question(
            draft.guide, question, answer_in_examples, after=arrows[0].question
        )
        check_unasked(arrow_map, arrows, inserted)
        if choice:
            examples = answer_examples(arrow_map, arrows, (inserted, choice))
            guide = replace(guide, examples=examples)
        words = arrows_words(arrow_map, arrows)
        place = f"après {words}" if words else "au début du parcours"
        sentence = f"{quoted_question(guide, inserted)} est posée {place}."
        rules = InsertRewriting(draft, arrow_map, arrows, inserted).propose_rules()
        promise = AsksOnTheWay(tuple(arrows), inserted)
        for content in propose_contents(arrow_map, guide, rules, arrows, Destination(inserted)):
            yield Edit(content, promise, sentence)

    arrows = tuple(dict.fromkeys(arrows))
    return propose_edits


def find_inserted_question(
    guide: GuideContent, question: str | NewQuestion, answer: str, *, after: str
) -> tuple[GuideContent, str, str]:
    """Returns a guide with the question to insert, and the keys of the question and of an answer.

    Raises `RefusedActError` if it should exist already, and does not.
    """
    if isinstance(question, NewQuestion):
        guide, new = add_question(guide, question, after=after)
        return guide, new.key, {one.label: one.key for one in new.choices}.get(answer, "")
    check_destination(guide, Destination(question))
    return guide, question, answer


class InsertRewriting:
    """The rules of a draft, written again so that a question is asked on some arrows."""

    def __init__(
        self, draft: MappedDraft, arrow_map: ArrowMap, arrows: Sequence[Arrow], question: str
    ) -> None:
        self._draft, self._map = draft, arrow_map
        self._arrows, self._question = arrows, question

    def propose_rules(self) -> Iterator[Sequence[RuleContent]]:
        """Yields rules that ask the question on the arrows; rules that conclude there wait for it.

        If the rules of the arrows decide no other ones, the question may be asked where they hold, which
        is said first if it is said with fewer rules than for each region.
        """
        try:
            regions = regions_of_arrows(self._map, self._arrows)
        except UnclearArrowsError:
            return
        write = self._map.regions.write_conditions
        asked = [[self._make_asking_rule(write(region)) for region in regions]]
        deciding = self._find_rules_of_these_arrows()
        if 0 < len(deciding) < len(regions):
            asked.insert(0, [self._make_asking_rule(rule.when, rule.match) for rule in deciding])
        for keep_rules, asking, is_bold in product(self._ways_to_wait, asked, (True, False)):
            with suppress(UnclearArrowsError, TooManyConjunctionsError):
                rules = RewrittenRules(self._map)
                keep_rules(rules)
                self._delay_conclusions(rules, is_bold=is_bold)
                rules.add_asking_rules(asking, self._arrows, regions)
                idle = self._find_idle_rules()
                yield [rule for rule in rules.rules if rule.key not in idle]

    @property
    def _ways_to_wait(self) -> Sequence[Callable[[RewrittenRules], None]]:
        """What keeps rules from acting on the answer to the question, the best first: nothing is needed.

        Rules may wait until visitors come to where the question was asked until now (`guards`). If they
        never come there, rules may be kept from acting on its answer altogether (`muted_answers`).
        """
        ways: list[Callable[[RewrittenRules], None]] = [lambda rules: None]
        if self._question not in self._map.guide.question:
            return ways
        for find_guards, to_advice in [
            (guards_of_rules, False),
            (guards_on_arrows, False),
            (guards_on_arrows, True),
        ]:
            with suppress(TooManyConjunctionsError):
                if guards := find_guards(self._draft, self._question):
                    ways.append(partial(self._add_guards, guards, to_advice))
        following = {self._map.case_of(arrow).destination.question for arrow in self._arrows}
        after = following.union(*map(self._map.questions_after, filter(None, following)))
        if self._question not in after:
            ways.append(partial(mute_question, self._map, self._question, self._arrows))
        return ways

    def _add_guards(
        self, guards: Sequence[Conditions], to_advice: bool, rules: RewrittenRules
    ) -> None:
        guarded = add_guards(
            self._map.regions, self._map.draft, self._question, guards, to_advice=to_advice
        )
        rules.replace_rules([*guarded])

    def _find_rules_of_these_arrows(self) -> list[RuleContent]:
        """Returns rules that decide all of the arrows, and no others; none if there are no such rules."""
        found, covered, arrows = list[RuleContent](), set[Arrow](), set(self._arrows)
        for rule in self._map.rules_of(self._arrows):
            decided = set(self._map.of_rule[rule.key])
            if decided <= arrows and not decided <= covered:
                found.append(rule)
                covered |= decided
        return found if covered == arrows else []

    def _find_idle_rules(self) -> set[str]:
        """Returns the keys of the rules that ask the question only of visitors who took the arrows before."""
        found, waiting = {""}, [""]
        while waiting:
            question = waiting.pop()
            following = {
                case.destination.question
                for arrow, (line, case) in self._map.cases.items()
                if line.question == question and arrow not in self._arrows
            }
            waiting += following - found
            found |= following
        return {
            rule.key
            for rule in self._map.guide.rules
            if (rule.effect, rule.target) == (Effect.ASK, self._question)
            and (decided := self._map.of_rule[rule.key])
            and not any(one in self._arrows or one.question in found for one in decided)
        }

    def _make_asking_rule(self, when: Conditions, match: Match = Match.ALL) -> RuleContent:
        return RuleContent(self._question, when, Effect.ASK, self._question, match)

    def _delay_conclusions(self, rules: RewrittenRules, *, is_bold: bool) -> None:
        """Makes the rules that conclude on the arrows wait there until the question has an answer."""
        for rule in self._map.rules_of(self._arrows):
            if rule.effect is Effect.CONCLUDE:
                split = RuleSplit(self._map, rule, self._arrows, is_bold=is_bold)
                rules.replace_rule(rule, [*split.make_rest(), *split.make_part(self._question)])


def answer_examples(
    arrow_map: ArrowMap, arrows: Sequence[Arrow], answer: tuple[str, str]
) -> tuple[ExampleContent, ...]:
    """Returns the examples. Those that take one of the arrows get an answer if they have none."""
    evaluation = RuleEvaluation(arrow_map.guide)
    question, choice = answer
    taken = frozenset(arrows)
    return tuple(
        replace(example, answers={**example.answers, question: choice})
        if question not in example.answers and takes_arrow(arrow_map, evaluation, example, taken)
        else example
        for example in arrow_map.effort.watch_time(arrow_map.draft.examples)
    )


def count_examples_on_arrows(draft: MappedDraft, arrows: Sequence[Arrow]) -> int:
    """Returns the number of examples whose paths take one of the arrows."""
    arrow_map = ArrowMap(draft)
    evaluation, taken = RuleEvaluation(arrow_map.guide), frozenset(arrows)
    return sum(
        takes_arrow(arrow_map, evaluation, example, taken) for example in draft.guide.examples
    )


def takes_arrow(
    arrow_map: ArrowMap,
    evaluation: RuleEvaluation,
    example: ExampleContent,
    arrows: Collection[Arrow],
) -> bool:
    """True if the path of an example takes one of the arrows."""
    guide, path, line = arrow_map.guide, dict[str, str](), ("", "")
    answers = known_answers(guide, example.answers)
    while True:
        deciding = evaluation.find_step(0, evaluation.evaluate_path(path).holding).deciding
        keys = tuple(guide.rules[position].key for position in deciding)
        if Arrow(*line, keys) in arrows:
            return True
        asked = guide.rules[deciding[0]] if deciding else None
        if asked is None or asked.effect is not Effect.ASK or asked.target not in answers:
            return False
        line = (asked.target, answers[asked.target])
        path[line[0]] = line[1]
