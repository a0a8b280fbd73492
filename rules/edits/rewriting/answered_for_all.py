"""The contents of a guide without a question that everyone is taken to answer in the same way.

What held once the question was answered must not hold before visitors come to where it was asked. A
content is proposed for each kind of guard (`guards`) that can say this.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress

from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.edits.edit import MappedDraft
from rules.edits.rewriting.answer_regions import AnswerRegions, Conditions
from rules.edits.rewriting.conjunctions import (
    TooManyConjunctionsError,
    conjunctions_of_rule,
    join_conjunctions,
    simplify_conjunctions,
    write_rules,
)
from rules.edits.rewriting.decided_rules import (
    NO_CHOICE,
    decide_rule,
    leave_out_question,
    without_advice_on,
)
from rules.edits.rewriting.guards import guards_of_rules, guards_on_arrows
from rules.engine.content import Effect, GuideContent, Operator, RuleContent
from rules.engine.state import Answer

FindGuards = Callable[[MappedDraft, str], Sequence[Conditions]]
NeedsGuard = Callable[[Conditions], bool]


def contents_as_if_answered(
    draft: MappedDraft, question: str, choice: str, *, loses_advice: bool = False
) -> Iterator[GuideContent]:
    """Yields contents without the question, the most readable first. Not all keep every path.

    If `loses_advice`, no advice is given because of the answer. Contents whose rules would be far too
    many to read are left out.
    """
    guide = without_advice_on(draft.guide, question) if loses_advice else draft.guide
    regions = AnswerRegions(guide, draft.effort)
    order = {stop.question: number for number, stop in enumerate(draft.parcours.stops)}

    def is_early(conjunction: Conditions) -> bool:
        return not _names_later_question(order, question, conjunction)

    def needs_guard(conjunction: Conditions) -> bool:
        return True

    ways: list[tuple[FindGuards, NeedsGuard]] = [
        (guards_of_rules, is_early),
        (lambda *_: [()], is_early),
        (guards_of_rules, needs_guard),
        (guards_on_arrows, is_early),
        (guards_on_arrows, needs_guard),
    ]
    is_never_asked = draft.parcours.is_complete and question not in order
    found: list[GuideContent] = []
    for find_guards, needs in ways[-1:] if is_never_asked else ways:
        with suppress(TooManyConjunctionsError):
            guards = find_guards(draft, question)
            rules = _rules_with_guards(regions, guide, (question, choice), guards, needs)
            content = leave_out_question(guide, question, rules)
            if content not in found:
                found.append(content)
                yield content


def _rules_with_guards(
    regions: AnswerRegions,
    guide: GuideContent,
    answer: Answer,
    guards: Sequence[Conditions],
    needs_guard: NeedsGuard,
) -> Iterator[RuleContent]:
    """Yields the rules of a guide without a question, and with guards where there was a condition on it."""
    question, choice = answer
    taken = set(guide.rule)
    unfinished = {rule.key for rule in leave_out_unfinished_parts(guide).rules if rule.is_left_out}
    for rule in guide.rules:
        if (rule.effect, rule.target) == (Effect.ASK, question):
            continue
        before = decide_rule(guide, rule, question, NO_CHOICE)
        after = decide_rule(guide, rule, question, choice)
        if before == after or rule.key in unfinished:
            yield from filter(None, [after])
            continue
        conjunctions = list(conjunctions_of_rule(before) if before else ())
        for one in conjunctions_of_rule(after) if after else ():
            own_guards = guards if needs_guard(one) else [()]
            for guard in own_guards:
                conjunctions += join_conjunctions(regions, guard, one)
        yield from write_rules(rule, simplify_conjunctions(regions, conjunctions), taken)


def _names_later_question(order: Mapping[str, int], question: str, conjunction: Conditions) -> bool:
    """True if a conjunction requires an answer to a question that visitors come to later."""
    here = order.get(question, -1)
    return any(
        order.get(key, -1) > here
        for condition in conjunction
        if condition.operator is not Operator.UNANSWERED
        for key in condition.questions
    )
