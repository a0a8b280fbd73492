"""Guides that brute force can walk, most of them sound but for a few slips.

Chance grows a tree of questions as rules, then does what editors do: drops a rule, changes a
condition, adds one too many.
"""

import random
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    Effect,
    ExampleContent,
    GuideContent,
    Match,
    Operator,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)
from tests.proof.brute_force import questions_of_rule

MAX_QUESTIONS, MAX_RULES = 5, 12
SLIPS = (0, 0, 1, 1, 2, 3)
OUTCOMES = tuple(OutcomeContent(key, key, final=key.startswith("end")) for key in
                 ("end-0", "end-1", "end-2", "tip-0", "tip-1"))  # fmt: skip
COMPARISONS = (Operator.SAME_AS, Operator.DIFFERS_FROM)
LISTS = (Operator.IS, Operator.IS_NOT)

When = tuple[ConditionContent, ...]


@st.composite
def small_guides(draw: st.DrawFn) -> GuideContent:
    return random_guide(random.Random(draw(st.integers(0, 2**64))))


def random_guide(chance: random.Random) -> GuideContent:
    count = chance.randint(1, MAX_QUESTIONS)
    questions = tuple(_question(f"q{at}", chance) for at in range(count))
    rules: list[RuleContent] = []
    if chance.random() < 0.85:
        _grow((), (), list(questions), rules, chance)
    for _ in range(chance.choice(SLIPS) if rules else MAX_RULES):
        _slip(rules, questions, chance)
    named = tuple(replace(rule, key=f"r{at}") for at, rule in enumerate(rules))
    used = {key for rule in rules for key in (rule.target, *questions_of_rule(rule))}
    if chance.random() < 0.1:
        used |= {q.key for q in questions} | {outcome.key for outcome in OUTCOMES}
    kept = tuple(each for each in questions if each.key in used)
    given = tuple(each for each in OUTCOMES if each.key in used)
    examples = tuple(_example(kept, chance) for _ in range(chance.randint(0, 2)))
    return GuideContent("guide", "Guide", kept, given, named, examples)


def add_fleeting_advice(guide: GuideContent, count: int) -> GuideContent:
    """Rules before all others that give an advice of the guide as long as there is no answer."""
    fleeting = [
        RuleContent(
            f"until-{each.key}",
            (ConditionContent(each.key, Operator.UNANSWERED),),
            Effect.ADVISE,
            "tip-0",
        )
        for each in guide.questions[:count]
    ]
    outcomes = guide.outcomes
    if "tip-0" not in guide.outcome:
        outcomes = (*outcomes, OutcomeContent("tip-0", "tip-0", final=False))
    return replace(guide, outcomes=outcomes, rules=(*fleeting, *guide.rules))


def _question(key: str, chance: random.Random) -> QuestionContent:
    """Of few choices, so that two questions often share some."""
    keys = chance.sample("abcd", chance.choice([2, 2, 3]))
    return QuestionContent(key, key, tuple(ChoiceContent(each, each) for each in sorted(keys)))


def _grow(
    when: When,
    asked: tuple[QuestionContent, ...],
    left: Sequence[QuestionContent],
    rules: list[RuleContent],
    chance: random.Random,
) -> None:
    """A question for those that `when` tells apart, and what follows each kind of answer."""
    if chance.random() < 0.3:
        rules.append(_rule(when, Effect.ADVISE, chance))
    if not left or len(rules) > MAX_RULES / 2 or (asked and chance.random() < 0.25):
        rules.append(_rule(when, Effect.CONCLUDE, chance))
        return
    question, *rest = chance.sample(left, len(left))
    rules.append(RuleContent("", when, Effect.ASK, question.key))
    for term in _split(question, asked, chance):
        _grow((*when, term), (*asked, question), rest, rules, chance)


def _split(
    question: QuestionContent, asked: Sequence[QuestionContent], chance: random.Random
) -> list[ConditionContent]:
    """Conditions of which one holds for each answer to the question."""
    if asked and chance.random() < 0.3:
        other = chance.choice(asked).key
        return [ConditionContent(question.key, each, other=other) for each in COMPARISONS]
    keys = [choice.key for choice in question.choices]
    cut = chance.randint(0, len(keys) - 1)
    if cut == 0:
        return [ConditionContent(question.key, Operator.ANSWERED)]
    if chance.random() < 0.5:
        return [ConditionContent(question.key, each, tuple(keys[:cut])) for each in LISTS]
    return [
        ConditionContent(question.key, Operator.IS, tuple(part))
        for part in (keys[:cut], keys[cut:])
    ]


def _slip(
    rules: list[RuleContent], questions: Sequence[QuestionContent], chance: random.Random
) -> None:
    slip = chance.choice(
        ["drop", "add", "twin", "twin", "condition", "condition", "match", "target"]
    )
    if slip == "add" or not rules:
        rules.insert(chance.randint(0, len(rules)), _any_rule(questions, chance))
        return
    at = chance.randrange(len(rules))
    if slip == "drop":
        del rules[at]
    elif slip == "twin":
        ends = [rule for rule in rules if rule.effect is Effect.CONCLUDE] or rules
        rules.append(_rule(chance.choice(ends).when, Effect.CONCLUDE, chance))
    elif slip == "condition":
        rules[at] = _with_another_condition(rules[at], questions, chance)
    elif slip == "match":
        rules[at] = replace(rules[at], match=Match.ANY)
    elif rules[at].effect is Effect.ASK:
        rules[at] = replace(rules[at], target=chance.choice(questions).key)


def _with_another_condition(
    rule: RuleContent, questions: Sequence[QuestionContent], chance: random.Random
) -> RuleContent:
    """In the place of one that was there, or after them."""
    when = list(rule.when)
    at = chance.randint(0, len(when))
    when[at : at + 1] = [_condition(questions, chance)]
    return replace(rule, when=tuple(when))


def _any_rule(questions: Sequence[QuestionContent], chance: random.Random) -> RuleContent:
    when = tuple(_condition(questions, chance) for _ in range(chance.choice([0, 1, 1, 2, 2, 3])))
    match = chance.choice(list(Match))
    if chance.random() < 0.5:
        return RuleContent("", when, Effect.ASK, chance.choice(questions).key, match)
    effect = chance.choice([Effect.ADVISE, Effect.CONCLUDE])
    return replace(_rule(when, effect, chance), match=match)


def _rule(when: When, effect: Effect, chance: random.Random) -> RuleContent:
    final = effect is Effect.CONCLUDE
    return RuleContent(
        "", when, effect, chance.choice([o.key for o in OUTCOMES if o.final is final])
    )


def _condition(questions: Sequence[QuestionContent], chance: random.Random) -> ConditionContent:
    operators = [each for each in Operator if len(questions) > 1 or each not in COMPARISONS]
    question, operator = chance.choice(questions), chance.choice(operators)
    if operator in LISTS:
        listed = chance.sample(question.choices, chance.randint(1, len(question.choices)))
        return ConditionContent(question.key, operator, tuple(choice.key for choice in listed))
    if operator in COMPARISONS:
        other = chance.choice([each for each in questions if each.key != question.key])
        return ConditionContent(question.key, operator, other=other.key)
    return ConditionContent(question.key, operator)


def _example(questions: Sequence[QuestionContent], chance: random.Random) -> ExampleContent:
    """It need not hold: what it gives is what counts."""
    answers = {question.key: chance.choice(question.choices).key for question in questions}
    return ExampleContent("example", answers, ())
