"""The rules of a guide without one of its questions: conditions on the question are decided.

It then has the same answer for all visitors, or none.
"""

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import replace
from functools import partial

from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.engine.content import (
    ConditionContent,
    Effect,
    GuideContent,
    Match,
    Operator,
    RuleContent,
)
from rules.parcours.requirements import remaining_condition
from rules.proof.bounds import THOROUGH_BOUND, Effort
from rules.proof.satisfiability import find_unsatisfiable_rules

NO_CHOICE = ""
"""Stands for the choice of a question that has no answer."""
OTHER_CHOICE = "*"
"""Stands for an answer that is none of the choices of its question."""


def leave_out_question(
    guide: GuideContent, question: str, rules: Iterable[RuleContent]
) -> GuideContent:
    """Returns a guide with other rules, which do not name a question, and without this question.

    Rules that could not be evaluated because of a condition on the question are left out, since
    they would begin to hold without it.
    """
    changed = replace(
        guide,
        questions=tuple(part for part in guide.questions if part.key != question),
        rules=tuple(rules),
        examples=tuple(
            replace(
                example,
                answers={key: one for key, one in example.answers.items() if key != question},
            )
            if question in example.answers
            else example
            for example in guide.examples
        ),
    )
    return drop_needless_rules(guide, changed, question)


def decide_rules(guide: GuideContent, question: str, choice: str) -> Iterator[RuleContent]:
    """Yields the rules of a guide that may still hold if everyone gives a question the same answer.

    The rules that ask the question are left out.
    """
    for rule in guide.rules:
        decided = decide_rule(guide, rule, question, choice)
        if decided and (rule.effect, rule.target) != (Effect.ASK, question):
            yield decided


def decide_rule(
    guide: GuideContent, rule: RuleContent, question: str, choice: str
) -> RuleContent | None:
    """Returns what remains of a rule once a question has its answer; None if it can never hold."""
    return simplify_rule(rule, partial(decide_condition, guide, question, choice))


def simplify_rule(
    rule: RuleContent, decide: Callable[[ConditionContent], ConditionContent | bool]
) -> RuleContent | None:
    """Returns what remains of a rule once some conditions are decided; None if it can never hold."""
    decided = [decide(term) for term in rule.when]
    if decided == [*rule.when]:
        return rule
    when = tuple(dict.fromkeys(term for term in decided if not isinstance(term, bool)))
    if rule.match is Match.ALL:
        return None if False in decided else replace(rule, when=when)
    if True in decided:
        return replace(rule, when=())
    return replace(rule, when=when) if when else None


def decide_condition(
    guide: GuideContent, question: str, choice: str, condition: ConditionContent
) -> ConditionContent | bool:
    """Returns what remains of a condition once a question has its answer: a condition, or its value."""
    if question not in condition.questions:
        return condition
    if choice == NO_CHOICE:
        return condition.operator is Operator.UNANSWERED
    return remaining_condition(guide, condition, (question, choice))


def without_advice_on(guide: GuideContent, question: str) -> GuideContent:
    """Returns a guide whose rules give no advice because of an answer to a question.

    Advice that no rule gives any more is gone too, unless an example expects it.
    """

    def decide_advice(condition: ConditionContent) -> ConditionContent | bool:
        is_answer = question in condition.questions
        return condition if condition.operator is Operator.UNANSWERED or not is_answer else False

    decided = (
        simplify_rule(rule, decide_advice) if rule.effect is Effect.ADVISE else rule
        for rule in guide.rules
    )
    rules = tuple(filter(None, decided))
    expected = {key for example in guide.examples for key in example.outcomes}
    lost = {rule.target for rule in guide.rules} - {rule.target for rule in rules} - expected
    outcomes = tuple(outcome for outcome in guide.outcomes if outcome.key not in lost)
    return replace(guide, outcomes=outcomes, rules=rules)


def drop_needless_rules(older: GuideContent, newer: GuideContent, question: str) -> GuideContent:
    """Removes what an edit of a question, or of its choices, leaves of rules to no use."""
    newer = drop_finished_rules(older, newer)
    return drop_repeated_rules(older, drop_contradictory_rules(older, newer, question))


def drop_contradictory_rules(
    older: GuideContent, newer: GuideContent, question: str
) -> GuideContent:
    """Removes the rules that no answers make hold any more, since a question has changed."""
    looking = {
        rule.key
        for rule in newer.rules
        if question in rule.questions or older.rule.get(rule.key) != rule
    }
    now = keys_of_unsatisfiable_rules(newer, looking)
    fallen = now - keys_of_unsatisfiable_rules(older, now)
    return replace(newer, rules=tuple(rule for rule in newer.rules if rule.key not in fallen))


def keys_of_unsatisfiable_rules(guide: GuideContent, keys: Set[str]) -> set[str]:
    """Returns the keys, of some rules of a guide, of those that no answers make hold."""
    rules = tuple(rule for rule in guide.rules if rule.key in keys)
    evaluated = leave_out_unfinished_parts(replace(guide, rules=rules))
    found = find_unsatisfiable_rules(evaluated, Effort(THOROUGH_BOUND)).unsatisfiable
    return {rules[position].key for position in found}


def drop_finished_rules(older: GuideContent, newer: GuideContent) -> GuideContent:
    """Removes the rules that could not be evaluated in an older content, and would be in the newer."""
    unfinished = {rule.key for rule in leave_out_unfinished_parts(older).rules if rule.is_left_out}
    if not unfinished:
        return newer
    rules = tuple(
        rule
        for rule, evaluated in zip(
            newer.rules, leave_out_unfinished_parts(newer).rules, strict=True
        )
        if evaluated.is_left_out or rule.key not in unfinished
    )
    return replace(newer, rules=rules)


def drop_repeated_rules(older: GuideContent, newer: GuideContent) -> GuideContent:
    """Removes the rules that say the same as an earlier one, if an edit has changed one of the two."""
    rules: dict[object, RuleContent] = {}
    for rule in newer.rules:
        is_changed = older.rule.get(rule.key) != rule
        match = rule.match if len(rule.when) > 1 else Match.ALL
        says: object = (frozenset(rule.when), match, rule.effect, rule.target)
        if says in rules and not is_changed and older.rule.get(rules[says].key) == rules[says]:
            says = rule.key
        rules.setdefault(says, rule)
    return replace(newer, rules=tuple(rules.values()))
