"""Random guides, small enough for brute force to explore all their paths.

Most of them are a random tree of questions, written as rules, in which a few mistakes are then made:
a rule is removed, a condition is changed, or a rule is added.
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
MISTAKE_COUNTS = (0, 0, 1, 1, 2, 3)
MISTAKES = ("drop", "add", "twin", "twin", "condition", "condition", "match", "target")
OUTCOMES = tuple(OutcomeContent(key, key, final=key.startswith("end")) for key in
                 ("end-0", "end-1", "end-2", "tip-0", "tip-1"))  # fmt: skip
COMPARISONS = (Operator.SAME_AS, Operator.DIFFERS_FROM)
CHOICE_LISTS = (Operator.IS, Operator.IS_NOT)

Conditions = tuple[ConditionContent, ...]


@st.composite
def small_guides(draw: st.DrawFn) -> GuideContent:
    return random_guide(random.Random(draw(st.integers(0, 2**64))))


@st.composite
def unfinished_guides(draw: st.DrawFn) -> GuideContent:
    """Draws a random guide with parts that an editor has not finished."""
    chance = random.Random(draw(st.integers(0, 2**64)))
    return leave_unfinished(random_guide(chance), chance)


def leave_unfinished(guide: GuideContent, chance: random.Random) -> GuideContent:
    """Returns a guide with parts that an editor has not finished."""
    for _ in range(chance.randint(1, 3)):
        breakage = chance.choice(
            [_remove_choices, _empty_conditions, _repeat_condition, _turn_outcome]
        )
        guide = breakage(guide, chance) if guide.rules and guide.questions else guide
    return guide


def _remove_choices(guide: GuideContent, chance: random.Random) -> GuideContent:
    """Removes all choices of a question except one or none, wherever they are used."""
    emptied = chance.choice(guide.questions)
    left = emptied.choices[: chance.randint(0, 1)]
    removed = {choice.key for choice in emptied.choices} - {choice.key for choice in left}

    def without_choices(condition: ConditionContent) -> ConditionContent:
        choices = tuple(key for key in condition.choices if key not in removed)
        return (
            replace(condition, choices=choices) if condition.question == emptied.key else condition
        )

    return replace(
        guide,
        questions=tuple(
            replace(question, choices=left) if question is emptied else question
            for question in guide.questions
        ),
        rules=tuple(
            replace(rule, when=tuple(map(without_choices, rule.when))) for rule in guide.rules
        ),
        examples=tuple(
            replace(
                example,
                answers={
                    key: choice
                    for key, choice in example.answers.items()
                    if key != emptied.key or choice not in removed
                },
            )
            for example in guide.examples
        ),
    )


def _empty_conditions(guide: GuideContent, chance: random.Random) -> GuideContent:
    """Makes the conditions of a rule compare with nothing, or removes them all."""
    chosen = chance.choice(guide.rules)
    emptied = tuple(replace(condition, choices=(), other="") for condition in chosen.when)
    return _replace_rule(guide, chosen, emptied if chance.random() < 0.8 else ())


def _repeat_condition(guide: GuideContent, chance: random.Random) -> GuideContent:
    """Repeats the first condition of a rule, until the rule has too many."""
    chosen = chance.choice(guide.rules)
    return _replace_rule(guide, chosen, (*chosen.when, *chosen.when[:1] * 40))


def _turn_outcome(guide: GuideContent, chance: random.Random) -> GuideContent:
    """Makes advice of a conclusion that examples expect, or a conclusion of an advice."""
    turned = chance.choice(guide.outcomes or OUTCOMES)
    effect = Effect.ADVISE if turned.final else Effect.CONCLUDE
    return replace(
        guide,
        outcomes=tuple(
            replace(outcome, final=not outcome.final) if outcome is turned else outcome
            for outcome in guide.outcomes
        ),
        rules=tuple(
            replace(rule, effect=effect)
            if rule.effect is not Effect.ASK and rule.target == turned.key
            else rule
            for rule in guide.rules
        ),
        examples=tuple(
            replace(example, outcomes=(turned.key,) if turned in guide.outcomes else ())
            for example in guide.examples
        ),
    )


def _replace_rule(guide: GuideContent, rule: RuleContent, when: Conditions) -> GuideContent:
    changed = replace(rule, when=when)
    return replace(guide, rules=tuple(changed if one is rule else one for one in guide.rules))


def random_guide(
    chance: random.Random, max_questions: int = MAX_QUESTIONS, max_rules: int = MAX_RULES
) -> GuideContent:
    """Returns a random guide. Few guides have questions and outcomes that no rule uses."""
    count = chance.randint(1, max_questions)
    questions = tuple(_random_question(f"q{index}", chance) for index in range(count))
    rules: list[RuleContent] = []
    if chance.random() < 0.85:
        _grow_rules((), (), list(questions), rules, max_rules, chance)
    for _ in range(chance.choice(MISTAKE_COUNTS) if rules else max_rules):
        _make_mistake(rules, questions, chance)
    named = tuple(replace(rule, key=f"r{index}") for index, rule in enumerate(rules))
    used = {key for rule in rules for key in (rule.target, *questions_of_rule(rule))}
    if chance.random() < 0.1:
        used |= {question.key for question in questions} | {outcome.key for outcome in OUTCOMES}
    used_questions = tuple(question for question in questions if question.key in used)
    outcomes = tuple(outcome for outcome in OUTCOMES if outcome.key in used)
    examples = tuple(_random_example(used_questions, chance) for _ in range(chance.randint(0, 2)))
    return GuideContent("guide", "Guide", used_questions, outcomes, named, examples)


def random_rules_guide(
    chance: random.Random, max_questions: int = MAX_QUESTIONS, max_rules: int = MAX_RULES
) -> GuideContent:
    """Returns a guide whose rules are all random. Most ask, so that many paths are long and cross."""
    questions = tuple(
        _random_question(f"q{index}", chance) for index in range(chance.randint(2, max_questions))
    )
    rules = [random_rule(questions, chance) for _ in range(chance.randint(3, max_rules))]
    for index, rule in enumerate(rules):
        rules[index] = replace(rule, key=f"r{index}")
        if rule.effect is Effect.CONCLUDE and chance.random() < 0.8:
            more = tuple(_random_condition(questions, chance) for _ in range(2))
            rules[index] = replace(rules[index], when=(*rule.when, *more), match=Match.ALL)
    return GuideContent("guide", "Guide", questions, OUTCOMES, tuple(rules))


def add_fleeting_advice(guide: GuideContent, count: int) -> GuideContent:
    """Returns a guide with one more rule for each of its first `count` questions.

    These rules come before all others, and give an advice until the question is answered.
    """
    fleeting = [
        RuleContent(
            f"until-{question.key}",
            (ConditionContent(question.key, Operator.UNANSWERED),),
            Effect.ADVISE,
            "tip-0",
        )
        for question in guide.questions[:count]
    ]
    outcomes = guide.outcomes
    if "tip-0" not in guide.outcome:
        outcomes = (*outcomes, OutcomeContent("tip-0", "tip-0", final=False))
    return replace(guide, outcomes=outcomes, rules=(*fleeting, *guide.rules))


def _random_question(key: str, chance: random.Random) -> QuestionContent:
    """Returns a question with few choices, so that two questions often share some."""
    choices = sorted(chance.sample("abcd", chance.choice([2, 2, 3])))
    return QuestionContent(key, key, tuple(ChoiceContent(letter, letter) for letter in choices))


def _grow_rules(
    when: Conditions,
    asked: tuple[QuestionContent, ...],
    left: Sequence[QuestionContent],
    rules: list[RuleContent],
    max_rules: int,
    chance: random.Random,
) -> None:
    """Adds the rules for visitors whose answers fulfil `when`: a question and those after it, or an end.

    `asked` are the questions on this path, and `left` those that may still be asked.
    """
    if chance.random() < 0.3:
        rules.append(_random_giving_rule(when, Effect.ADVISE, chance))
    if not left or len(rules) > max_rules / 2 or (asked and chance.random() < 0.25):
        rules.append(_random_giving_rule(when, Effect.CONCLUDE, chance))
        return
    question, *rest = chance.sample(left, len(left))
    rules.append(RuleContent("", when, Effect.ASK, question.key))
    for condition in _exclusive_conditions(question, asked, chance):
        _grow_rules((*when, condition), (*asked, question), rest, rules, max_rules, chance)


def _exclusive_conditions(
    question: QuestionContent, asked: Sequence[QuestionContent], chance: random.Random
) -> list[ConditionContent]:
    """Returns one or two conditions. For each answer to the question, exactly one of them holds."""
    if asked and chance.random() < 0.3:
        other = chance.choice(asked).key
        return [ConditionContent(question.key, operator, other=other) for operator in COMPARISONS]
    keys = tuple(choice.key for choice in question.choices)
    cut = chance.randint(0, len(keys) - 1)
    if cut == 0:
        return [ConditionContent(question.key, Operator.ANSWERED)]
    if chance.random() < 0.5:
        return [ConditionContent(question.key, operator, keys[:cut]) for operator in CHOICE_LISTS]
    return [ConditionContent(question.key, Operator.IS, part) for part in (keys[:cut], keys[cut:])]


def _make_mistake(
    rules: list[RuleContent], questions: Sequence[QuestionContent], chance: random.Random
) -> None:
    """Changes or removes a rule, or adds one.

    A "twin" gives a second conclusion under the conditions of another rule.
    """
    mistake = chance.choice(MISTAKES)
    if mistake == "add" or not rules:
        rules.insert(chance.randint(0, len(rules)), random_rule(questions, chance))
        return
    index = chance.randrange(len(rules))
    if mistake == "drop":
        del rules[index]
    elif mistake == "twin":
        ends = [rule for rule in rules if rule.effect is Effect.CONCLUDE] or rules
        when = chance.choice(ends).when
        rules.append(_random_giving_rule(when, Effect.CONCLUDE, chance))
    elif mistake == "condition":
        conditions = list(rules[index].when)
        position = chance.randint(0, len(conditions))
        conditions[position : position + 1] = [_random_condition(questions, chance)]
        rules[index] = replace(rules[index], when=tuple(conditions))
    elif mistake == "match":
        rules[index] = replace(rules[index], match=Match.ANY)
    elif rules[index].effect is Effect.ASK:
        rules[index] = replace(rules[index], target=chance.choice(questions).key)


def random_rule(questions: Sequence[QuestionContent], chance: random.Random) -> RuleContent:
    count = chance.choice([0, 1, 1, 2, 2, 3])
    when = tuple(_random_condition(questions, chance) for _ in range(count))
    match = chance.choice(list(Match))
    if chance.random() < 0.5:
        return RuleContent("", when, Effect.ASK, chance.choice(questions).key, match)
    effect = chance.choice([Effect.ADVISE, Effect.CONCLUDE])
    return replace(_random_giving_rule(when, effect, chance), match=match)


def _random_giving_rule(when: Conditions, effect: Effect, chance: random.Random) -> RuleContent:
    """Returns a rule that gives a random advice or conclusion, according to `effect`."""
    is_final = effect is Effect.CONCLUDE
    outcomes = [outcome.key for outcome in OUTCOMES if outcome.final is is_final]
    return RuleContent("", when, effect, chance.choice(outcomes))


def _random_condition(
    questions: Sequence[QuestionContent], chance: random.Random
) -> ConditionContent:
    operators = [
        operator for operator in Operator if len(questions) > 1 or operator not in COMPARISONS
    ]
    question, operator = chance.choice(questions), chance.choice(operators)
    if operator in CHOICE_LISTS:
        choices = chance.sample(question.choices, chance.randint(1, len(question.choices)))
        return ConditionContent(question.key, operator, tuple(choice.key for choice in choices))
    if operator in COMPARISONS:
        others = [other for other in questions if other.key != question.key]
        return ConditionContent(question.key, operator, other=chance.choice(others).key)
    return ConditionContent(question.key, operator)


def _random_example(questions: Sequence[QuestionContent], chance: random.Random) -> ExampleContent:
    """Returns an example with random answers. It expects nothing, because proofs do not look at it."""
    answers = {question.key: chance.choice(question.choices).key for question in questions}
    return ExampleContent(f"example {chance.randint(1, 3)}", answers, ())
