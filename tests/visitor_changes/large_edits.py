"""Edits of large guides, such as an editor makes."""

from collections.abc import Callable
from dataclasses import replace

from rules.engine.content import Effect, GuideContent, OutcomeContent, RuleContent
from tests.engine.guides import choice_is, conclude_when, has_answer, make_question

NEW = "new"


def change_nothing(guide: GuideContent) -> GuideContent:
    return guide


def change_wording(guide: GuideContent) -> GuideContent:
    """Changes the title of the question in the middle."""
    return _with_title(guide, len(guide.questions) // 2)


def insert_question(guide: GuideContent) -> GuideContent:
    """Inserts a question before the one in the middle; its answers change nothing."""
    rules = [*guide.rules]
    index = _middle_asking_rule(guide)
    asking = replace(rules[index], key=f"{NEW}-rule", target=NEW)
    rules[index] = replace(rules[index], when=(*rules[index].when, has_answer(NEW)))
    if rules[index].match == "any":
        rules[index] = replace(rules[index], when=(has_answer(NEW),))
    rules.insert(index, asking)
    questions = (*guide.questions, make_question(NEW, "a", "b"))
    return replace(guide, questions=questions, rules=tuple(rules))


def lead_choice_elsewhere(guide: GuideContent) -> GuideContent:
    """Makes one choice of the question in the middle end the diagnostic."""
    question = guide.rules[_middle_asking_rule(guide)].target
    rule = replace(conclude_when(NEW, choice_is(question, "a")), key=f"{NEW}-rule")
    outcomes = (*guide.outcomes, OutcomeContent(NEW, NEW, final=True))
    return replace(guide, outcomes=outcomes, rules=(*guide.rules, rule))


def lead_choice_to_last_outcome(guide: GuideContent) -> GuideContent:
    """Makes one choice of the question in the middle end with a conclusion that other paths have."""
    led = lead_choice_elsewhere(guide)
    last = next(outcome.key for outcome in reversed(guide.outcomes) if outcome.final)
    return replace(led, rules=(*guide.rules, replace(led.rules[-1], target=last)))


def insert_question_that_matters(guide: GuideContent) -> GuideContent:
    """Inserts a question before the one in the middle; one of its answers ends the diagnostic."""
    inserted = insert_question(guide)
    rule = replace(conclude_when(NEW, choice_is(NEW, "a")), key=f"{NEW}-end")
    outcomes = (*guide.outcomes, OutcomeContent(NEW, NEW, final=True))
    return replace(inserted, outcomes=outcomes, rules=(*inserted.rules, rule))


def move_advice_rule(guide: GuideContent) -> GuideContent:
    """Places the first advice rule after all others."""
    index = next(i for i, rule in enumerate(guide.rules) if rule.effect is Effect.ADVISE)
    rules = [*guide.rules]
    rules.append(rules.pop(index))
    return replace(guide, rules=tuple(rules))


def move_question(guide: GuideContent) -> GuideContent:
    """Asks the question in the middle before the one that comes before it.

    The conditions of rules about one of them that ask other questions are exchanged with it.
    """
    middle = len(guide.questions) // 2
    one, other = guide.questions[middle - 1].key, guide.questions[middle].key
    exchanged = {one: other, other: one}
    rules = [
        replace(
            rule,
            target=exchanged.get(rule.target, rule.target),
            when=tuple(
                replace(term, question=exchanged.get(term.question, term.question))
                for term in rule.when
            ),
        )
        if rule.effect is Effect.ASK
        else rule
        for rule in guide.rules
    ]
    return replace(guide, rules=tuple(rules))


def add_advice(guide: GuideContent) -> GuideContent:
    """Gives advice for one choice of the question in the middle."""
    question = guide.rules[_middle_asking_rule(guide)].target
    rule = RuleContent(f"{NEW}-rule", (choice_is(question, "a"),), Effect.ADVISE, NEW)
    outcomes = (*guide.outcomes, OutcomeContent(NEW, NEW, final=False))
    return replace(guide, outcomes=outcomes, rules=(rule, *guide.rules))


EDITS: dict[str, Callable[[GuideContent], GuideContent]] = {
    "identical": change_nothing,
    "one wording": change_wording,
    "question inserted": insert_question,
    "and ends some": insert_question_that_matters,
    "advice rule moved": move_advice_rule,
    "questions exchanged": move_question,
    "advice added": add_advice,
    "choice led elsewhere": lead_choice_elsewhere,
    "choice led to known end": lead_choice_to_last_outcome,
}


def _middle_asking_rule(guide: GuideContent) -> int:
    asking = [index for index, rule in enumerate(guide.rules) if rule.effect is Effect.ASK]
    return asking[len(asking) // 2]


def _with_title(guide: GuideContent, index: int) -> GuideContent:
    questions = [*guide.questions]
    questions[index] = replace(questions[index], title=f"{questions[index].title}, changed")
    return replace(guide, questions=tuple(questions))
