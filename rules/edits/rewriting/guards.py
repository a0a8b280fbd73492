"""Conditions that visitors have come to where a question is asked.

A *guard* is a series of conditions that must all hold: those of a rule that asks the question or, to be
exact, those of the arrows that lead to it.
"""

from collections.abc import Iterator, Sequence

from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.edits.arrows import guide_arrows
from rules.edits.edit import MappedDraft
from rules.edits.rewriting.answer_regions import AnswerRegions, Conditions
from rules.edits.rewriting.conjunctions import (
    conjunctions_of_rule,
    join_conjunctions,
    simplify_conjunctions,
    write_rules,
)
from rules.edits.rewriting.decided_rules import NO_CHOICE, decide_rule
from rules.engine.content import ConditionContent, Effect, GuideContent, Operator, RuleContent
from rules.parcours.stops import Line


def guards_of_rules(draft: MappedDraft, question: str) -> Sequence[Conditions]:
    """Returns what holds where a question is asked: the conditions of the rules that ask it.

    Raises `TooManyConjunctionsError`, like `guards_on_arrows`.
    """
    rules = leave_out_unfinished_parts(draft.guide).rules
    asking = (rules[position] for position in draft.guide.rules_asking.get(question, ()))
    guards = (_conjunctions_before(draft.guide, rule, question) for rule in asking)
    return simplify_conjunctions(
        AnswerRegions(draft.guide, draft.effort), [one for found in guards for one in found]
    )


def guards_on_arrows(draft: MappedDraft, question: str) -> Sequence[Conditions]:
    """Returns what holds after the arrows that lead to a question: also the answers of their lines."""
    regions = AnswerRegions(draft.guide, draft.effort)
    guards = [
        joined
        for _, line, case in guide_arrows(draft.guide, draft.parcours)
        if case.destination.question == question
        for position in case.rules
        for one in _conjunctions_before(draft.guide, draft.guide.rules[position], question)
        for joined in join_conjunctions(regions, _answer_of_line(line), one)
    ]
    return simplify_conjunctions(regions, guards)


def _conjunctions_before(
    guide: GuideContent, rule: RuleContent, question: str
) -> Sequence[Conditions]:
    """Returns the conjunctions of which a rule requires one while a question has no answer."""
    decided = None if rule.is_left_out else decide_rule(guide, rule, question, NO_CHOICE)
    return conjunctions_of_rule(decided) if decided else ()


def _answer_of_line(line: Line) -> Conditions:
    if not line.question:
        return ()
    return (ConditionContent(line.question, Operator.IS, (line.choice,)),)


def add_guards(
    regions: AnswerRegions,
    guide: GuideContent,
    question: str,
    guards: Sequence[Conditions],
    *,
    to_advice: bool,
) -> Iterator[RuleContent]:
    """Yields the rules of a guide. What an answer to a question decides also requires one of some guards.

    Rules that give advice stay as they are unless `to_advice`. Raises `TooManyConjunctionsError`.
    """
    taken = set(guide.rule)
    for rule, evaluated in zip(guide.rules, leave_out_unfinished_parts(guide).rules, strict=True):
        conjunctions = conjunctions_of_rule(rule)
        awaiting = [one for one in conjunctions if _requires_answer(one, question)]
        is_advice = rule.effect is Effect.ADVISE
        if not awaiting or evaluated.is_left_out or (is_advice and not to_advice):
            yield rule
            continue
        guarded = [
            joined
            for one in awaiting
            for guard in guards
            for joined in join_conjunctions(regions, one, guard)
        ]
        others = [one for one in conjunctions if one not in awaiting]
        yield from write_rules(rule, simplify_conjunctions(regions, [*others, *guarded]), taken)


def _requires_answer(conjunction: Conditions, question: str) -> bool:
    return any(
        question in condition.questions and condition.operator is not Operator.UNANSWERED
        for condition in conjunction
    )
