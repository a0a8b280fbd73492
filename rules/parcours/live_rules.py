"""Evaluates the rules of a guide along a path: after each answer, only those that look at it."""

from collections.abc import Hashable, Iterator
from itertools import takewhile
from typing import NamedTuple

from rules.engine.content import (
    Answers,
    ConditionContent,
    Effect,
    GuideContent,
    Match,
    Operator,
    RuleContent,
)
from rules.engine.operators import condition_holds
from rules.engine.oracle import rule_holds
from rules.engine.state import Answer

RuleBits = int
"""A set of rules, with a bit for each position: such sets are compared and joined fast."""
Rules = tuple[int, ...]
"""The positions of some rules, in order."""


class LiveRules(NamedTuple):
    """The rules that may still have an effect at the end of a path, and those that hold there.

    No answer has refuted them, and if they ask a question, it has no answer yet.
    """

    live: RuleBits
    holding: RuleBits


class Step(NamedTuple):
    """What follows an answer, or the start of the guide."""

    deciding: Rules
    """The rule that asks the next question, or all rules that conclude; empty at a dead end."""
    advice: Rules
    """The advice rules that begin to fire."""


class RuleEvaluation:
    """Evaluates the rules of one guide."""

    def __init__(self, guide: GuideContent) -> None:
        self._rules = guide.rules
        self._looking_at: dict[str, RuleBits] = {question.key: 0 for question in guide.questions}
        self._asking: dict[str, RuleBits] = {question.key: 0 for question in guide.questions}
        self._with_effect: dict[Effect, RuleBits] = dict.fromkeys(Effect, 0)
        self._lasting: RuleBits = 0
        """The rules that hold for good once they hold: none of their conditions requires no answer."""
        self._conditions: dict[str, dict[ConditionContent, RuleBits]] = {
            question.key: {} for question in guide.questions
        }
        """For each question, the conditions about it alone, with the rules that require them."""
        self._awaiting: dict[str, RuleBits] = {question.key: 0 for question in guide.questions}
        """For each question, the rules that do not hold before it has an answer."""
        self._compared: set[str] = set()
        """The questions that conditions compare with another one."""
        self._refuted: dict[Answer, RuleBits] = {}
        self._representatives: dict[Answer, Answer] = {}
        self._firsts: dict[Hashable, Answer] = {}
        """The first of the answers that no rule tells apart, by what the rules find in them."""
        self._known_steps: dict[tuple[RuleBits, RuleBits], Step] = {}
        """All steps that were found, so that equal ones are one object, which saves memory."""
        self._last_path: list[Answer] = []
        self._along_last_path: list[LiveRules] = []
        """What holds before the last path that was evaluated, and after each of its answers."""
        for position, rule in enumerate(guide.rules):
            self._add_rule(1 << position, rule)
        self._not_awaiting = {question: ~awaiting for question, awaiting in self._awaiting.items()}

    def _add_rule(self, bit: RuleBits, rule: RuleContent) -> None:
        self._with_effect[rule.effect] |= bit
        if all(condition.operator is not Operator.UNANSWERED for condition in rule.when):
            self._lasting |= bit
        if rule.effect is Effect.ASK:
            self._asking[rule.target] |= bit
        for question in rule.questions:
            self._looking_at[question] |= bit
        for condition in () if rule.is_left_out else rule.when:
            self._add_condition(condition, bit if rule.match is Match.ALL else 0)

    def _add_condition(self, condition: ConditionContent, requiring: RuleBits) -> None:
        """Adds a condition, with the rule that requires it: none if the rule needs only one of several."""
        if condition.operator is not Operator.UNANSWERED:
            for question in condition.questions:
                self._awaiting[question] |= requiring
        if condition.other:
            self._compared.update(condition.questions)
        else:
            about = self._conditions[condition.question]
            about[condition] = about.get(condition, 0) | requiring

    def representative_answer(self, answer: Answer) -> Answer:
        """Returns the first answer to the same question that no rule tells apart from an answer."""
        if answer not in self._representatives:
            question, choice = answer
            held = (condition_holds(one, dict([answer])) for one in self._conditions[question])
            kind = question, tuple(held), choice if question in self._compared else ""
            self._representatives[answer] = self._firsts.setdefault(kind, answer)
        return self._representatives[answer]

    def evaluate_start(self) -> LiveRules:
        """Returns what holds before the first answer."""
        every = (1 << len(self._rules)) - 1
        return LiveRules(every, self._rules_holding(every, {}))

    def evaluate_path(self, path: Answers) -> LiveRules:
        """Returns what holds after a path. What it has in common with the last one is not done again."""
        along = self._along_last_path or [self.evaluate_start()]
        answers = [*path.items()]
        shared = sum(
            1
            for _ in takewhile(
                lambda pair: pair[0] == pair[1], zip(answers, self._last_path, strict=False)
            )
        )
        del along[shared + 1 :]
        before = dict(answers[:shared])
        for answer in answers[shared:]:
            before[answer[0]] = answer[1]
            along.append(self.evaluate_answer(along[-1], answer, before))
        self._last_path, self._along_last_path = answers, along
        return along[-1]

    def fire(self, path: Answers) -> Rules:
        """Returns the positions of the rules that hold for a path, except those that ask for its answers."""
        return tuple(bit_positions(self.evaluate_path(path).holding))

    def evaluate_answer(self, before: LiveRules, answer: Answer, answers: Answers) -> LiveRules:
        """Returns what holds after one more answer. `answers` are all answers, with this one."""
        live = before.live & ~self._asking[answer[0]] & ~self._rules_refuted_by(answer)
        changing = live & self._looking_at[answer[0]] & ~(before.holding & self._lasting)
        holding = before.holding & live & ~changing
        if changing.bit_count() > len(self._not_awaiting):  # fewer are evaluated as fast
            for question, others in self._not_awaiting.items():
                if question not in answers:
                    changing &= others
        return LiveRules(live, holding | self._rules_holding(changing, answers))

    def find_step(self, before: RuleBits, after: RuleBits) -> Step:
        """Returns what follows, from the rules that held before an answer and those after it."""
        asking = after & self._with_effect[Effect.ASK]
        first_asking = asking & -asking
        concluding = after & self._with_effect[Effect.CONCLUDE]
        begun = after & ~before & self._with_effect[Effect.ADVISE]
        deciding = concluding or first_asking
        if (deciding, begun) not in self._known_steps:
            step = Step(tuple(bit_positions(deciding)), tuple(bit_positions(begun)))
            self._known_steps[deciding, begun] = step
        return self._known_steps[deciding, begun]

    def _rules_holding(self, rules: RuleBits, answers: Answers) -> RuleBits:
        positions = bit_positions(rules)
        return sum(1 << one for one in positions if rule_holds(self._rules[one], answers))

    def _rules_refuted_by(self, answer: Answer) -> RuleBits:
        """Returns the rules that do not hold, whatever follows, because of a condition on one answer."""
        if answer not in self._refuted:
            refuted = 0
            for condition, rules in self._conditions[answer[0]].items():
                if rules and not condition_holds(condition, dict([answer])):
                    refuted |= rules
            self._refuted[answer] = refuted
        return self._refuted[answer]


def bit_positions(bits: int) -> Iterator[int]:
    """Yields the positions of the bits that are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
