"""Random guides with hostile keys and labels, to test the engine with hypothesis.

Hypothesis draws the size of a guide and a seed; a random generator with this seed fills the guide.
The keys are hard to distinguish: some have 64 characters and differ in one of them, some have the
same 32-bit hash, some are words that YAML, JSON or the engine use. Labels are any text.
"""

import random

from hypothesis import strategies as st

from rules.engine.content import (
    Answers,
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

HOSTILE_KEYS = (
    "costarring", "liquid",  # the same FNV-1a hash
    "declinate", "macallums",  # the same FNV-1a hash
    "a" * 64, "a" * 63 + "b", "b" + "a" * 63, "a" * 63,
    "0", "1", "01", "1-0", "-", "--", "no", "on", "true", "null", "nan", "1e5",
    "in", "out", "k", "id", "sid", "m", "s", "and", "or", "all", "q0", "p0", "c0", "r0", "f",
)  # fmt: skip
HOSTILE_LABELS = ("", " ", '"', "\\", "$m", '{"$neq": 1}', "\u0000", "é", "🦉", "\u202e", "x" * 300)
MAX_QUESTIONS, MAX_RULES, MAX_CHOICES = 40, 300, 12
OUTCOMES = 6
COMPARISONS = (Operator.SAME_AS, Operator.DIFFERS_FROM)
LISTS = (Operator.IS, Operator.IS_NOT)


@st.composite
def hostile_guides(draw: st.DrawFn) -> GuideContent:
    """Draws well-formed guides. Many have paths that get stuck, so they could not be published."""
    chance = random.Random(draw(st.integers(0, 2**64)))
    labels = draw(st.lists(st.text(max_size=20), min_size=1, max_size=5)) + list(HOSTILE_LABELS)
    size = draw(st.integers(1, MAX_QUESTIONS))
    questions = tuple(_random_question(key, labels, chance) for key in _sample_keys(size, chance))
    outcomes = tuple(
        OutcomeContent(key, chance.choice(labels), final=bool(index % 2))
        for index, key in enumerate(_sample_keys(OUTCOMES, chance))
    )
    count = draw(st.integers(0, MAX_RULES))
    rules = tuple(
        _random_rule(key, questions, outcomes, chance) for key in _sample_keys(count, chance)
    )
    return GuideContent("guide", chance.choice(labels), questions, outcomes, rules)


def answer_set(guide: GuideContent, chance: random.Random) -> Answers:
    """Returns random answers to all, most, half or few of the questions, on the path or not."""
    share = chance.choice([1.0, 0.9, 0.5, 0.1])
    return {
        question.key: chance.choice(question.choices).key
        for question in guide.questions
        if chance.random() <= share
    }


def _sample_keys(count: int, chance: random.Random) -> list[str]:
    pool = [*HOSTILE_KEYS, *(f"key-{index}" for index in range(count))]
    return chance.sample(pool, count)


def _random_question(key: str, labels: list[str], chance: random.Random) -> QuestionContent:
    """Returns a question. Its choices have few different keys, so that answers are often the same."""
    count = chance.randint(2, MAX_CHOICES)
    keys = chance.sample(HOSTILE_KEYS[: MAX_CHOICES + 4], count)
    return QuestionContent(
        key,
        chance.choice(labels),
        tuple(ChoiceContent(choice, chance.choice(labels)) for choice in keys),
    )


def _random_rule(
    key: str,
    questions: tuple[QuestionContent, ...],
    outcomes: tuple[OutcomeContent, ...],
    chance: random.Random,
) -> RuleContent:
    count = chance.choice([0, 1, 1, 2, 2, 3, 4, 8])
    when = tuple(_random_condition(questions, chance) for _ in range(count))
    effect, target = _random_effect(questions, outcomes, chance)
    return RuleContent(key, when, effect, target, chance.choice(list(Match)))


def _random_effect(
    questions: tuple[QuestionContent, ...],
    outcomes: tuple[OutcomeContent, ...],
    chance: random.Random,
) -> tuple[Effect, str]:
    """Returns an effect and its target. Few effects are conclusions, so that paths are long."""
    if chance.random() < 0.7:
        return Effect.ASK, chance.choice(questions).key
    outcome = chance.choice(outcomes)
    return (Effect.CONCLUDE if outcome.final else Effect.ADVISE), outcome.key


def _random_condition(
    questions: tuple[QuestionContent, ...], chance: random.Random
) -> ConditionContent:
    operators = [
        operator for operator in Operator if len(questions) > 1 or operator not in COMPARISONS
    ]
    question, operator = chance.choice(questions), chance.choice(operators)
    if operator in LISTS:
        listed = chance.sample(question.choices, chance.randint(1, len(question.choices)))
        return ConditionContent(question.key, operator, tuple(choice.key for choice in listed))
    if operator in COMPARISONS:
        other = chance.choice([other for other in questions if other.key != question.key])
        return ConditionContent(question.key, operator, other=other.key)
    return ConditionContent(question.key, operator)
