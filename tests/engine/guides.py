"""Builders of questions, conditions and rules, for guides that fit on a few lines."""

from collections.abc import Iterable

from rules.engine.compiled import CompiledGuide
from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    Effect,
    GuideContent,
    Match,
    Operator,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)


def make_question(key: str, *choices: str) -> QuestionContent:
    """Returns a question with these choices, by default `a`, `b` and `c`."""
    return QuestionContent(
        key, key, tuple(ChoiceContent(choice, choice) for choice in choices or ("a", "b", "c"))
    )


def choice_is(key: str, *choices: str) -> ConditionContent:
    return ConditionContent(key, Operator.IS, choices)


def choice_is_not(key: str, *choices: str) -> ConditionContent:
    return ConditionContent(key, Operator.IS_NOT, choices)


def same_choice(key: str, other: str) -> ConditionContent:
    return ConditionContent(key, Operator.SAME_AS, other=other)


def other_choice(key: str, other: str) -> ConditionContent:
    return ConditionContent(key, Operator.DIFFERS_FROM, other=other)


def has_answer(key: str) -> ConditionContent:
    return ConditionContent(key, Operator.ANSWERED)


def has_no_answer(key: str) -> ConditionContent:
    return ConditionContent(key, Operator.UNANSWERED)


def ask_when(target: str, *when: ConditionContent, match: Match = Match.ALL) -> RuleContent:
    return RuleContent(f"ask-{target}", when, Effect.ASK, target, match)


def advise_when(target: str, *when: ConditionContent, match: Match = Match.ALL) -> RuleContent:
    return RuleContent(f"advise-{target}", when, Effect.ADVISE, target, match)


def conclude_when(target: str, *when: ConditionContent, match: Match = Match.ALL) -> RuleContent:
    return RuleContent(f"conclude-{target}", when, Effect.CONCLUDE, target, match)


def numbered_rules(
    conditions: Iterable[tuple[ConditionContent, ...]], match: Match = Match.ALL
) -> list[RuleContent]:
    """Returns a rule for each tuple of conditions; all of them give the same conclusion."""
    return [
        RuleContent(f"rule-{index}", when, Effect.CONCLUDE, "end", match)
        for index, when in enumerate(conditions)
    ]


def compile_guide(
    questions: Iterable[QuestionContent], rules: Iterable[RuleContent]
) -> CompiledGuide:
    """Compiles a guide of these questions and rules, with the outcomes that the rules give."""
    rules = tuple(rules)
    given = {rule.target: rule.effect is Effect.CONCLUDE for rule in rules if rule.effect != "ask"}
    outcomes = tuple(OutcomeContent(key, key, final) for key, final in given.items())
    return CompiledGuide(GuideContent("guide", "Guide", tuple(questions), outcomes, rules))
