"""Random guides with any number of rules. The same seed gives the same guide."""

import random
from collections.abc import Iterator

from rules.engine.content import (
    Answers,
    ChoiceContent,
    ConditionContent,
    Effect,
    GuideContent,
    Operator,
    QuestionContent,
    RuleContent,
)

QUESTIONS, CHOICES = 20, 5


def make_table(size: int, seed: int = 0, *, mixed: bool = True) -> GuideContent:
    """Returns a guide of 20 questions with 5 choices each, and `size` rules with 1 to 4 conditions.

    The conditions have all operators if `mixed`, and otherwise the operator `is` only.
    """
    chance = random.Random(seed)
    choices = tuple(ChoiceContent(f"choice-{index}", f"Choice {index}") for index in range(CHOICES))
    questions = tuple(
        QuestionContent(f"question-{index}", f"Question {index}", choices)
        for index in range(QUESTIONS)
    )
    rules = tuple(_random_rule(index, chance, mixed) for index in range(size))
    return GuideContent("table", "Table", questions, (), rules)


def _random_rule(index: int, chance: random.Random, mixed: bool) -> RuleContent:
    asked = chance.sample(range(QUESTIONS), chance.randint(1, 4))
    condition = _random_condition if mixed else _random_is_condition
    when = tuple(condition(f"question-{question}", chance) for question in asked)
    return RuleContent(f"rule-{index}", when, Effect.CONCLUDE, "outcome")


def _random_is_condition(question: str, chance: random.Random) -> ConditionContent:
    return ConditionContent(question, Operator.IS, (f"choice-{chance.randrange(CHOICES)}",))


def _random_condition(question: str, chance: random.Random) -> ConditionContent:
    operator = chance.choice([Operator.IS] * 6 + [Operator.IS_NOT, *Operator])
    listed = chance.sample(range(CHOICES), chance.choice([1, 1, 1, 2, 3]))
    choices = tuple(f"choice-{index}" for index in listed)
    if operator in (Operator.SAME_AS, Operator.DIFFERS_FROM):
        other = (int(question.removeprefix("question-")) + 1) % QUESTIONS
        return ConditionContent(question, operator, other=f"question-{other}")
    if operator in (Operator.IS, Operator.IS_NOT):
        return ConditionContent(question, operator, choices)
    return ConditionContent(question, operator)


def answer_sets(count: int, seed: int = 0) -> Iterator[Answers]:
    """Yields `count` random sets of answers, about half of them to all questions."""
    chance = random.Random(seed)
    for _ in range(count):
        answered = chance.sample(
            range(QUESTIONS), chance.choice([QUESTIONS, chance.randint(0, QUESTIONS)])
        )
        yield {f"question-{index}": f"choice-{chance.randrange(CHOICES)}" for index in answered}
