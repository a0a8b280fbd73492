"""Guides of which many rules share the same conditions.

durable_rules evaluates some shared conditions once for all rules, and others once for each rule
(`rules.engine.term_tree`).
"""

import random
from collections.abc import Callable, Iterable

from rules.engine.content import (
    Answers,
    ConditionContent,
    Effect,
    GuideContent,
    Match,
    QuestionContent,
    RuleContent,
)
from tests.engine.guides import (
    choice_is,
    choice_is_not,
    has_answer,
    has_no_answer,
    make_question,
    numbered_rules,
    other_choice,
    same_choice,
)

Conditions = tuple[ConditionContent, ...]

COUNTS = (1, 64, 65, 66, 100, 255, 256, 300)
"""Numbers of rules near the limits of durable_rules."""
CHOICES = tuple(f"choice-{index}" for index in range(20))
SHARED_CONDITIONS = {
    "is": choice_is("question-0", "choice-0"),
    "list": choice_is("question-0", "choice-0", "choice-1"),
    "is not": choice_is_not("question-0", "choice-2"),
    "same as": same_choice("question-0", "question-1"),
    "differs from": other_choice("question-0", "question-1"),
    "answered": has_answer("question-0"),
    "unanswered": has_no_answer("question-0"),
}


def make_questions(count: int) -> tuple[QuestionContent, ...]:
    return tuple(make_question(f"question-{index}", *CHOICES) for index in range(count))


def two_choices(number: int) -> Conditions:
    """Returns conditions that do not hold together with those of another number."""
    return (
        choice_is("question-2", CHOICES[number % len(CHOICES)]),
        choice_is("question-3", CHOICES[number // len(CHOICES)]),
    )


def nine_lists(number: int) -> Conditions:
    """Returns conditions with lists that do not hold together with those of another number."""
    return tuple(
        (choice_is if number >> bit & 1 else choice_is_not)(f"question-{bit + 2}", *CHOICES[:2])
        for bit in range(9)
    )


def sharing_rules(
    shared: ConditionContent, own: Callable[[int], Conditions], count: int
) -> Iterable[RuleContent]:
    """Returns rules that all have the condition `shared`, besides `own` conditions by their number."""
    return numbered_rules((shared, *own(number)) for number in range(count))


def make_sharing_guide(count: int, seed: int) -> GuideContent:
    """Returns a guide of `count` rules that share one to three conditions of any kind.

    The other conditions of its rules are like `two_choices`, like `nine_lists`, or of any kind.
    """
    chance = random.Random(seed)
    questions = make_questions(chance.choice([11, 12, 30]))
    shared = [_random_condition(questions, chance) for _ in range(chance.randint(1, 3))]

    def random_conditions(_: int) -> Conditions:
        return tuple(_random_condition(questions, chance) for _ in range(chance.randint(0, 4)))

    own = chance.choice([two_choices, nine_lists, random_conditions])
    any_share = chance.choice([0, 0, 0.1])
    rules = (
        RuleContent(
            f"rule-{number}",
            (*shared, *own(number)),
            Effect.CONCLUDE,
            "end",
            Match.ANY if chance.random() < any_share else Match.ALL,
        )
        for number in range(count)
    )
    return GuideContent("guide", "Guide", questions, (), tuple(rules))


def _random_condition(
    questions: tuple[QuestionContent, ...], chance: random.Random
) -> ConditionContent:
    question, other = (question.key for question in chance.sample(questions, 2))
    listed = chance.sample(CHOICES, chance.randint(1, 4))
    return chance.choice(
        [
            choice_is(question, chance.choice(CHOICES)),
            choice_is(question, "choice-0", *listed),
            choice_is_not(question, *listed),
            same_choice(question, other),
            other_choice(question, other),
            has_answer(question),
            has_no_answer(question),
        ]
    )


def similar_answers(guide: GuideContent, chance: random.Random) -> Answers:
    """Returns answers to most questions, often the same one, so that many conditions hold at once."""
    share = chance.choice([1.0, 0.9, 0.6])
    return {
        question.key: (
            question.choices[0] if chance.random() < share else chance.choice(question.choices)
        ).key
        for question in guide.questions
        if chance.random() < 0.95
    }
