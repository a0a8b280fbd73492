"""Random guides that are built to be hard to prove, up to the limits of a guide."""

import random
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

from rules.engine.compiled import MAX_CONDITIONS
from rules.engine.content import (
    ConditionContent,
    Effect,
    ExampleContent,
    GuideContent,
    Match,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)
from tests.engine.guides import (
    ask_when,
    choice_is,
    choice_is_not,
    has_answer,
    make_question,
    same_choice,
)
from tests.engine.guides import other_choice as differs

MAX_QUESTIONS, MAX_CHOICES, MAX_RULES = 200, 200, 10_000
MAX_CONDITION_COUNT = 60_000
"""The number of conditions of a guide of 5 MB, about."""
OUTCOME_COUNT = 30

Pairs = list[tuple[str, str]]


def make_bomb() -> GuideContent:
    """Returns a small guide: twelve rules compare 37 pairs of questions, and three with each other.

    As all questions have two choices, the three cannot all be different, and no rule ever holds.
    """
    names = [f"q{index}" for index in range(77)]
    pairs = [(names[index], names[index + 1]) for index in range(0, 74, 2)]
    triangle = list(combinations(names[74:], 2))
    when = tuple(differs(*pair) for pair in [*pairs, *triangle])
    rules = [RuleContent("", when, Effect.ADVISE, f"tip{index}") for index in range(12)]
    return make_guide_of([make_question(name, "a", "b") for name in names], rules)


def random_hard_guide(
    chance: random.Random,
    *,
    max_questions: int = MAX_QUESTIONS,
    max_choices: int = MAX_CHOICES,
    max_rules: int = MAX_RULES,
) -> GuideContent:
    """Returns a guide whose rules compare many questions, look at many choices, or are very many."""
    questions = _random_questions(chance, max_questions, max_choices)
    names = [question.key for question in questions]
    rule_count = min(chance.choice((1, 12, 150, 1_000, MAX_RULES)), max_rules)
    most = max(1, min(MAX_CONDITIONS, MAX_CONDITION_COUNT // rule_count))
    effects = chance.choice(([Effect.ADVISE], [Effect.ADVISE, Effect.CONCLUDE], [Effect.ASK]))
    rules = []
    for _ in range(rule_count):
        count = chance.randint(1, chance.choice((most, min(most, 6))))
        when = _random_conditions(questions, count, chance)
        effect = chance.choice(effects)
        outcome = (
            f"{'end' if effect is Effect.CONCLUDE else 'tip'}{chance.randrange(OUTCOME_COUNT)}"
        )
        target = chance.choice(names) if effect is Effect.ASK else outcome
        rules.append(RuleContent("", when, effect, target, chance.choice(list(Match))))
    return make_guide_of(questions, rules, chance.choice((0, 0, 3, 1_000)))


def make_guide_of(
    questions: Sequence[QuestionContent], rules: Sequence[RuleContent], example_count: int = 0
) -> GuideContent:
    """Returns a guide that asks all questions one after the other, and has these rules besides."""
    names = [question.key for question in questions]
    asking = [ask_when(names[0]), *(ask_when(key, has_answer(one)) for one, key in pairwise(names))]
    end = RuleContent("", (has_answer(names[-1]),), Effect.CONCLUDE, "end")
    numbered = tuple(
        RuleContent(f"r{index}", rule.when, rule.effect, rule.target, rule.match)
        for index, rule in enumerate([*asking, *rules, end])
    )
    final = {rule.target: rule.effect is Effect.CONCLUDE for rule in numbered}
    outcomes = (OutcomeContent(key, key, is_final) for key, is_final in final.items())
    given = tuple(outcome for outcome in outcomes if outcome.key not in names)
    first_answers = {question.key: question.choices[0].key for question in questions}
    examples = tuple(
        ExampleContent(f"example {index}", first_answers, ("end",))
        for index in range(example_count)
    )
    return GuideContent("hard", "Hard", tuple(questions), given, numbered, examples)


def _random_questions(
    chance: random.Random, max_questions: int, max_choices: int
) -> list[QuestionContent]:
    count = min(chance.choice((3, 4, 10, 20, 60, 77, MAX_QUESTIONS)), max_questions)
    most = min(chance.choice((2, 2, 3, 4, 8, MAX_CHOICES)), max_choices)
    shift = chance.choice((0, 0, 1))
    """The choices of each question begin so many after those of the one before."""
    return [
        make_question(
            f"q{index}",
            *(f"c{number + shift * index}" for number in range(chance.randint(2, most))),
        )
        for index in range(count)
    ]


def _random_conditions(
    questions: Sequence[QuestionContent], count: int, chance: random.Random
) -> tuple[ConditionContent, ...]:
    """Returns as many conditions, most of which compare questions; `count` may be 0."""
    size = chance.randint(3, min(40, len(questions))) if len(questions) > 3 else len(questions)
    names = [question.key for question in chance.sample(questions, size)]
    pairs = chance.choice(SHAPES)(names)
    equal_part = chance.choice((0, 0, 0.1, 0.5))
    conditions = [
        (same_choice if chance.random() < equal_part else differs)(*pair)
        for pair in (chance.sample(pairs, count) if len(pairs) > count else pairs)
    ]
    while len(conditions) < count:
        question = chance.choice(questions)
        some = chance.sample(question.choices, chance.randint(1, len(question.choices)))
        keys = [choice.key for choice in some]
        conditions.append(chance.choice((choice_is, choice_is_not))(question.key, *keys))
    return tuple(conditions)


def _cycle_pairs(names: Sequence[str]) -> Pairs:
    return [*pairwise(names), (names[-1], names[0])]


def _star_pairs(names: Sequence[str]) -> Pairs:
    return [(names[0], name) for name in names[1:]]


def _clique_pairs(names: Sequence[str]) -> Pairs:
    return list(combinations(names[:9], 2))


def _triangle_pairs(names: Sequence[str]) -> Pairs:
    return [
        pair
        for index in range(0, len(names) - 2, 3)
        for pair in combinations(names[index : index + 3], 2)
    ]


SHAPES: tuple[Callable[[Sequence[str]], Pairs], ...] = (
    _cycle_pairs,
    _star_pairs,
    _clique_pairs,
    _triangle_pairs,
)
