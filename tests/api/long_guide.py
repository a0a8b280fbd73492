"""A guide of 60 questions and 300 rules, whose batches take long and have large answers."""

from itertools import pairwise
from random import Random
from typing import Any

from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    Effect,
    GuideContent,
    Operator,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)

LONG_SLUG = "long"
CHOICES = ("a", "b", "c")
QUESTIONS = [f"q{number}" for number in range(60)]
ADVICE = [f"conseil-{number}" for number in range(239)]


def long_guide() -> GuideContent:
    """Returns the guide: it asks all its questions in order, and gives more than half of its advice."""
    choices = tuple(ChoiceContent(key, f"Réponse {key}") for key in CHOICES)
    body = "Un **conseil** assez long. " * 8
    outcomes = [OutcomeContent(key, f"Conseil {key}", final=False, body=body) for key in ADVICE]
    asking = [
        RuleContent(f"suite-{key}", (_is_any(key, *CHOICES),), Effect.ASK, following)
        for key, following in pairwise(QUESTIONS)
    ]
    return GuideContent(
        LONG_SLUG,
        "Guide long",
        tuple(QuestionContent(key, f"Question {key}\u00a0?", choices) for key in QUESTIONS),
        (OutcomeContent("fin", "C’est fini", final=True), *outcomes),
        (
            RuleContent("debut", (), Effect.ASK, QUESTIONS[0]),
            *asking,
            RuleContent("fin", (_is_any(QUESTIONS[-1], *CHOICES),), Effect.CONCLUDE, "fin"),
            *(_advice_rule(number, key) for number, key in enumerate(ADVICE)),
        ),
    )


def long_rows(count: int) -> list[dict[str, Any]]:
    """Returns rows whose answers to all questions are drawn, the same ones at each call."""
    random = Random(1)
    return [
        {"id": str(number), "answers": {key: random.choice(CHOICES) for key in QUESTIONS}}
        for number in range(count)
    ]


def _advice_rule(number: int, key: str) -> RuleContent:
    shift = number // len(QUESTIONS)
    two = (CHOICES[shift % 3], CHOICES[(shift + 1) % 3])
    other = QUESTIONS[(number + 7) % len(QUESTIONS)]
    conditions = (
        _is_any(QUESTIONS[number % len(QUESTIONS)], *two),
        ConditionContent(other, Operator.ANSWERED),
    )
    return RuleContent(key, conditions, Effect.ADVISE, key)


def _is_any(question: str, *choices: str) -> ConditionContent:
    return ConditionContent(question, Operator.IS, choices)
