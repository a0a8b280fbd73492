"""Evaluates the rules of a guide along a path: after each answer, only those that look at it."""

from collections.abc import Iterator
from typing import NamedTuple

from rules.engine.content import Answers, Effect, GuideContent, Match, Operator
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
        self._refuted: dict[Answer, RuleBits] = {}
        self._known_steps: dict[tuple[RuleBits, RuleBits], Step] = {}
        """All steps that were found, so that equal ones are one object, which saves memory."""
        for position, rule in enumerate(guide.rules):
            self._with_effect[rule.effect] |= 1 << position
            if all(condition.operator is not Operator.UNANSWERED for condition in rule.when):
                self._lasting |= 1 << position
            if rule.effect is Effect.ASK:
                self._asking[rule.target] |= 1 << position
            for question in rule.questions:
                self._looking_at[question] |= 1 << position

    def evaluate_start(self) -> LiveRules:
        """Returns what holds before the first answer."""
        every = (1 << len(self._rules)) - 1
        return LiveRules(every, self._rules_holding(every, {}))

    def evaluate_answer(self, before: LiveRules, answer: Answer, answers: Answers) -> LiveRules:
        """Returns what holds after one more answer. `answers` are all answers, with this one."""
        live = before.live & ~self._asking[answer[0]] & ~self._rules_refuted_by(answer)
        changing = live & self._looking_at[answer[0]] & ~(before.holding & self._lasting)
        holding = before.holding & live & ~changing | self._rules_holding(changing, answers)
        return LiveRules(live, holding)

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
            question, choice = answer
            self._refuted[answer] = sum(
                1 << position
                for position in bit_positions(self._looking_at[question])
                if self._rules[position].match is Match.ALL
                and not all(
                    condition_holds(condition, {question: choice})
                    for condition in self._rules[position].when
                    if condition.question == question and not condition.other
                )
            )
        return self._refuted[answer]


def bit_positions(bits: int) -> Iterator[int]:
    """Yields the positions of the bits that are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
