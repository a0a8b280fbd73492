"""Decision tables of any size, made the same each time: for the tests and the benchmark."""

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
    """20 questions of 5 choices; rules of 1 to 4 conditions, of every operator or `is` alone."""
    chance = random.Random(seed)
    choices = tuple(ChoiceContent(f"choice-{at}", f"Choice {at}") for at in range(CHOICES))
    questions = tuple(
        QuestionContent(f"question-{at}", f"Question {at}", choices) for at in range(QUESTIONS)
    )
    rules = tuple(_rule(at, chance, mixed) for at in range(size))
    return GuideContent("table", "Table", questions, (), rules)


def _rule(at: int, chance: random.Random, mixed: bool) -> RuleContent:
    asked = chance.sample(range(QUESTIONS), chance.randint(1, 4))
    condition = _condition if mixed else _is
    when = tuple(condition(f"question-{question}", chance) for question in asked)
    return RuleContent(f"rule-{at}", when, Effect.CONCLUDE, "outcome")


def _is(question: str, chance: random.Random) -> ConditionContent:
    return ConditionContent(question, Operator.IS, (f"choice-{chance.randrange(CHOICES)}",))


def _condition(question: str, chance: random.Random) -> ConditionContent:
    operator = chance.choice([Operator.IS] * 6 + [Operator.IS_NOT, *Operator])
    listed = chance.sample(range(CHOICES), chance.choice([1, 1, 1, 2, 3]))
    choices = tuple(f"choice-{at}" for at in listed)
    if operator in (Operator.SAME_AS, Operator.DIFFERS_FROM):
        other = (int(question.removeprefix("question-")) + 1) % QUESTIONS
        return ConditionContent(question, operator, other=f"question-{other}")
    if operator in (Operator.IS, Operator.IS_NOT):
        return ConditionContent(question, operator, choices)
    return ConditionContent(question, operator)


def answer_sets(count: int, seed: int = 0) -> Iterator[Answers]:
    """Complete ones, and partial ones of any length."""
    chance = random.Random(seed)
    for _ in range(count):
        answered = chance.sample(
            range(QUESTIONS), chance.choice([QUESTIONS, chance.randint(0, QUESTIONS)])
        )
        yield {f"question-{at}": f"choice-{chance.randrange(CHOICES)}" for at in answered}
