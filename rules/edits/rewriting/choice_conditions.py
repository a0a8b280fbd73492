"""Some choices of a question: their names, and the conditions of rules widened or narrowed by them."""

from collections.abc import Sequence
from dataclasses import replace

from rules.document.unfinished_drafts import is_finished
from rules.edits.edit import RefusedActError
from rules.edits.rewriting.answer_regions import AnswerRegions
from rules.engine.content import (
    ConditionContent,
    GuideContent,
    Match,
    Operator,
    RuleContent,
)
from rules.engine.operators import condition_holds
from rules.proof.bounds import THOROUGH_BOUND, Effort
from rules.sentences import quote_text

QUESTION_HAS_CHANGED = "Cette question a changé entre-temps\u00a0: relisez ses réponses."


def check_choices(guide: GuideContent, question: str, choices: Sequence[str]) -> None:
    """Raises `RefusedActError` if the guide no longer has the question or one of its choices."""
    found = guide.question.get(question)
    if found is None or not {*choices} <= found.choice.keys():
        raise RefusedActError(QUESTION_HAS_CHANGED)


def quoted_choices(guide: GuideContent, question: str, choices: Sequence[str]) -> str:
    """Returns the quoted labels of some choices: « Mail », « Identifiant » et « Aucune »."""
    known = guide.question[question].choice
    quoted = [quote_text(known[choice].label) for choice in choices]
    return " et ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))


def holds_with_answer(guide: GuideContent, rule: RuleContent, question: str, choice: str) -> bool:
    """True if a rule holds whenever the question has this answer, whatever the other answers are."""
    if not all(is_finished(guide, condition) for condition in rule.when):
        return False
    held = (
        condition.questions == (question,) and condition_holds(condition, {question: choice})
        for condition in rule.when
    )
    return not rule.when or (all(held) if rule.match is Match.ALL else any(held))


def widen_rule(
    guide: GuideContent, rule: RuleContent, question: str, choices: Sequence[str]
) -> RuleContent | None:
    """Returns a rule that also holds whenever the question has one of these answers.

    Returns None if a condition that names choices of the question cannot be widened to that.
    """
    if rule.match is Match.ALL and len(rule.when) != 1:
        return None
    for index, condition in enumerate(rule.when):
        if condition.question == question:
            wider = widen_condition(guide, condition, choices)
            when = (*rule.when[:index], wider, *rule.when[index + 1 :])
            if wider != condition and all(is_finished(guide, each) for each in when):
                return replace(rule, when=when)
    return None


def widen_condition(
    guide: GuideContent, condition: ConditionContent, choices: Sequence[str]
) -> ConditionContent:
    """Returns a condition that also holds for these choices, if it is about named choices."""
    if condition.operator not in (Operator.IS, Operator.IS_NOT):
        return condition
    regions = AnswerRegions(guide, Effort(THOROUGH_BOUND))
    accepted = regions.accepted_answers(condition).union(choices)
    return regions.write_answers(condition.question, accepted, (condition,)) or condition


def narrow_rule(
    guide: GuideContent, rule: RuleContent, question: str, choices: Sequence[str]
) -> RuleContent | None:
    """Returns a rule that holds as before, but not with these answers; None if it never holds then.

    Returns the rule itself if it does not look at these answers, or if a rule cannot say it.
    """
    looking = [condition for condition in rule.when if question in condition.questions]
    alone = [condition for condition in looking if not condition.other]
    if rule.match is Match.ANY:
        return rule if looking != alone else _narrow_any(guide, rule, question, choices)
    held = [
        choice
        for choice in choices
        if all(condition_holds(condition, {question: choice}) for condition in alone)
    ]
    if not looking or not held:
        return rule
    if not alone:
        excluded = ConditionContent(question, Operator.IS_NOT, tuple(held))
        return replace(rule, when=(*rule.when, excluded))
    operators = [Operator.IS, Operator.IS_NOT, Operator.ANSWERED]
    narrowed = min(alone, key=lambda condition: operators.index(condition.operator))
    narrower = narrow_condition(guide, narrowed, held)
    if narrower is None:
        return None
    index = rule.when.index(narrowed)
    return replace(rule, when=(*rule.when[:index], narrower, *rule.when[index + 1 :]))


def _narrow_any(
    guide: GuideContent, rule: RuleContent, question: str, choices: Sequence[str]
) -> RuleContent | None:
    """Narrows each condition of a rule that needs only one of them."""
    when = tuple(
        narrow_condition(guide, condition, choices)
        if condition.question == question and condition.operator is not Operator.UNANSWERED
        else condition
        for condition in rule.when
    )
    left = tuple(condition for condition in when if condition)
    return replace(rule, when=left) if left or not rule.when else None


def narrow_condition(
    guide: GuideContent, condition: ConditionContent, choices: Sequence[str]
) -> ConditionContent | None:
    """Returns a condition that holds as before, but not for these choices; None if it never holds then.

    The condition looks at the answer of one question alone, and requires one.
    """
    regions = AnswerRegions(guide, Effort(THOROUGH_BOUND))
    left = regions.accepted_answers(condition).difference(choices)
    return regions.write_answers(condition.question, left, (condition,)) if left else None
