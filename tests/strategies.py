"""Guides that no person would write: hypothesis draws their size and a seed, chance fills them.

Keys are at their limits and alike: 64 characters, one character apart, alike to a 32-bit
hash, words of the engine. Labels are any text.
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
    "costarring", "liquid",  # one FNV-1a hash
    "declinate", "macallums",  # one FNV-1a hash
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
    """Well-formed, not always publishable: many get stuck or never conclude."""
    chance = random.Random(draw(st.integers(0, 2**64)))
    labels = draw(st.lists(st.text(max_size=20), min_size=1, max_size=5)) + list(HOSTILE_LABELS)
    size = draw(st.integers(1, MAX_QUESTIONS))
    questions = tuple(_question(key, labels, chance) for key in _keys(size, chance))
    outcomes = tuple(
        OutcomeContent(key, chance.choice(labels), final=bool(at % 2))
        for at, key in enumerate(_keys(OUTCOMES, chance))
    )
    count = draw(st.integers(0, MAX_RULES))
    rules = tuple(_rule(key, questions, outcomes, chance) for key in _keys(count, chance))
    return GuideContent("guide", chance.choice(labels), questions, outcomes, rules)


def answer_set(guide: GuideContent, chance: random.Random) -> Answers:
    """Complete, partial or hardly begun; on the path or off it."""
    share = chance.choice([1.0, 0.9, 0.5, 0.1])
    return {
        question.key: chance.choice(question.choices).key
        for question in guide.questions
        if chance.random() <= share
    }


def _keys(count: int, chance: random.Random) -> list[str]:
    pool = [*HOSTILE_KEYS, *(f"key-{at}" for at in range(count))]
    return chance.sample(pool, count)


def _question(key: str, labels: list[str], chance: random.Random) -> QuestionContent:
    """Choices are drawn from few keys, so that answers to two questions are often the same."""
    count = chance.randint(2, MAX_CHOICES)
    keys = chance.sample(HOSTILE_KEYS[: MAX_CHOICES + 4], count)
    return QuestionContent(
        key,
        chance.choice(labels),
        tuple(ChoiceContent(each, chance.choice(labels)) for each in keys),
    )


def _rule(
    key: str,
    questions: tuple[QuestionContent, ...],
    outcomes: tuple[OutcomeContent, ...],
    chance: random.Random,
) -> RuleContent:
    count = chance.choice([0, 1, 1, 2, 2, 3, 4, 8])
    when = tuple(_condition(questions, chance) for _ in range(count))
    effect, target = _effect(questions, outcomes, chance)
    return RuleContent(key, when, effect, target, chance.choice(list(Match)))


def _effect(
    questions: tuple[QuestionContent, ...],
    outcomes: tuple[OutcomeContent, ...],
    chance: random.Random,
) -> tuple[Effect, str]:
    """Few rules conclude: paths are long."""
    if chance.random() < 0.7:
        return Effect.ASK, chance.choice(questions).key
    outcome = chance.choice(outcomes)
    return (Effect.CONCLUDE if outcome.final else Effect.ADVISE), outcome.key


def _condition(questions: tuple[QuestionContent, ...], chance: random.Random) -> ConditionContent:
    operators = [each for each in Operator if len(questions) > 1 or each not in COMPARISONS]
    question, operator = chance.choice(questions), chance.choice(operators)
    if operator in LISTS:
        listed = chance.sample(question.choices, chance.randint(1, len(question.choices)))
        return ConditionContent(question.key, operator, tuple(choice.key for choice in listed))
    if operator in COMPARISONS:
        other = chance.choice([each for each in questions if each.key != question.key])
        return ConditionContent(question.key, operator, other=other.key)
    return ConditionContent(question.key, operator)
