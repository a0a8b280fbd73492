"""A new choice that acts as another one does: in every rule, also in those that compare two questions."""

from collections.abc import Sequence
from dataclasses import replace

from rules.document.keys import unused_key
from rules.document.unfinished_drafts import is_finished
from rules.edits.acts.act_series import SERIES_BOUND, compile_draft
from rules.edits.rewriting.choice_conditions import holds_with_answer, narrow_rule
from rules.engine.content import ConditionContent, GuideContent, Match, Operator, RuleContent
from rules.engine.operators import condition_holds
from rules.proof.findings import FindingKind
from rules.proof.prove import prove_guide

OPERATOR_OF_COMPARISON = {Operator.SAME_AS: Operator.IS, Operator.DIFFERS_FROM: Operator.IS_NOT}
"""What stands for a comparison with a question whose answer is known."""


def compared_questions(guide: GuideContent, question: str) -> set[str]:
    """Returns the keys of the questions that rules compare with a question."""
    conditions = (condition for rule in guide.rules for condition in rule.when)
    return {other_question(condition, question) for condition in conditions} - {""}


def other_question(condition: ConditionContent, question: str) -> str:
    """Returns the key of the question that a condition compares with this one; empty if none is."""
    if not condition.other or question not in condition.questions:
        return ""
    return condition.other if condition.question == question else condition.question


class LikeChoice:
    """A new choice of a question, and the one that it is like. No other question has its key.

    A rule that names the other choice names the new one too. A comparison is only true of equal keys:
    beside a rule that compares the question with another one stands a rule for the new choice.
    """

    def __init__(self, guide: GuideContent, question: str, key: str, like: str) -> None:
        self._guide, self._question, self._key, self._like = guide, question, key, like
        self._is_new = ConditionContent(question, Operator.IS, (key,))

    def make_rules(self, rule: RuleContent) -> list[RuleContent]:
        """Returns the rules that stand for a rule, all with its key."""
        rule = replace(rule, when=tuple(map(self._name_choice, rule.when)))
        if not any(map(self._tells_apart, rule.when)):
            return [rule]
        if not all(is_finished(self._guide, condition) for condition in rule.when):
            return [rule]
        if rule.match is Match.ANY and len(rule.when) > 1:
            return self._split_alternatives(rule)
        return self._split_conditions(replace(rule, match=Match.ALL))

    def _name_choice(self, condition: ConditionContent) -> ConditionContent:
        if condition.question != self._question or self._like not in condition.choices:
            return condition
        return replace(condition, choices=(*condition.choices, self._key))

    def _tells_apart(self, condition: ConditionContent) -> bool:
        """True if a condition compares the question with one that has the other choice too."""
        return bool(self._other_question(condition)) and not self._is_never_equal(condition)

    def _other_question(self, condition: ConditionContent) -> str:
        """Returns the key of the question that is compared with this one; empty if none is."""
        return other_question(condition, self._question)

    def _is_never_equal(self, condition: ConditionContent) -> bool:
        """True if no answer to the question that is compared with this one is the other choice."""
        other = self._other_question(condition)
        return bool(other) and self._like not in self._guide.question[other].choice

    def _split_conditions(self, rule: RuleContent) -> list[RuleContent]:
        """Returns the rule, without the new choice if it may hold with it, and one for the new choice."""
        alone = tuple(one for one in rule.when if one.questions == (self._question,))
        compared = [one for one in rule.when if self._other_question(one)]
        held = replace(rule, when=alone)
        if not holds_with_answer(self._guide, held, self._question, self._key) or any(
            one.operator is Operator.SAME_AS and self._is_never_equal(one) for one in compared
        ):
            return [rule]
        when = self._join_conditions(
            [self._write_for_new(one) for one in rule.when if one not in alone]
        )
        sisters = [replace(rule, when=(self._is_new, *when))] if when else []
        if any(one.operator is Operator.SAME_AS for one in compared):
            return [rule, *sisters]
        narrow = narrow_rule(self._guide, rule, self._question, [self._key])
        return [narrow, *sisters] if narrow else sisters

    def _join_conditions(self, when: Sequence[ConditionContent]) -> Sequence[ConditionContent]:
        """Returns conditions that say the same, with one about each question; none if they never hold."""
        joined = dict[object, ConditionContent]()
        for condition in dict.fromkeys(when):
            key = condition if condition.other else condition.question
            known = joined.setdefault(key, condition)
            if known is not condition:
                both = [
                    choice
                    for choice in self._guide.question[condition.question].choice
                    if condition_holds(known, {condition.question: choice})
                    and condition_holds(condition, {condition.question: choice})
                ]
                if not both:
                    return ()
                joined[key] = ConditionContent(condition.question, Operator.IS, tuple(both))
        return [*joined.values()]

    def _write_for_new(self, condition: ConditionContent) -> ConditionContent:
        """Returns what a condition says about visitors with the new choice."""
        if not self._tells_apart(condition):
            return condition
        operator = OPERATOR_OF_COMPARISON[condition.operator]
        return ConditionContent(self._other_question(condition), operator, (self._like,))

    def _split_alternatives(self, rule: RuleContent) -> list[RuleContent]:
        """Returns the rule, of which any condition must hold, with rules for its comparisons."""
        alternatives, beside = list[ConditionContent](), list[RuleContent]()
        for condition in rule.when:
            one = replace(rule, when=(condition,), match=Match.ALL)
            first, *others = self._split_conditions(one) if self._tells_apart(condition) else [one]
            if first.when == one.when:
                alternatives.append(condition)
            else:
                beside.append(first)
            beside += others
        rest = [replace(rule, when=tuple(alternatives))] if alternatives else []
        return [*rest, *beside]


def add_like_rules(guide: GuideContent, question: str, key: str, like: str) -> GuideContent:
    """Returns a guide in whose rules a new choice acts as another one does."""
    choice, rules = LikeChoice(guide, question, key, like), list[RuleContent]()
    taken = set(guide.rule)
    for rule in guide.rules:
        for index, made in enumerate(choice.make_rules(rule)):
            key_of_made = unused_key(made.key, taken=taken, fallback="rule") if index else made.key
            taken.add(key_of_made)
            rules.append(replace(made, key=key_of_made))
    return replace(guide, rules=tuple(rules))


def drop_idle_rules(before: GuideContent, guide: GuideContent) -> GuideContent:
    """Returns a guide without those of the rules that are new in it which no visitor fires."""
    if guide.rule.keys() == before.rule.keys():
        return guide
    findings = prove_guide(compile_draft(guide), SERIES_BOUND).findings
    idle = {
        finding.place[1]
        for finding in findings
        if finding.kind in (FindingKind.UNREACHABLE, FindingKind.UNSATISFIABLE)
        and finding.place[:1] == ("rules",)
    }
    rules = (
        rule
        for position, rule in enumerate(guide.rules)
        if rule.key in before.rule or position not in idle
    )
    return replace(guide, rules=tuple(rules))
