"""Random edits of guides: what editors do to questions, choices, rules, outcomes and texts."""

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import count

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
from tests.proof.small_guides import OUTCOMES, random_guide, random_rule

ALL_OUTCOMES = (
    *OUTCOMES,
    *(OutcomeContent(key, key, final=False) for key in ("tip-2", "tip-3")),
)
EDIT_COUNTS = (1, 1, 1, 2, 2, 3, 5)


def random_pair(seed: int) -> tuple[GuideContent, GuideContent]:
    """Returns a random guide, and the same guide after some edits."""
    chance = random.Random(seed)
    guide = random_guide(chance) if chance.random() < 0.6 else random_chain(chance)
    older = add_advice(replace(guide, outcomes=ALL_OUTCOMES, examples=()), chance)
    newer = older
    for _ in range(chance.choice(EDIT_COUNTS)):
        newer = chance.choice(EDITS)(newer, chance)
    return (older, newer) if chance.random() < 0.8 else (newer, older)


def random_chain(chance: random.Random) -> GuideContent:
    """Returns a guide whose questions follow each other in the order of the rules that ask them."""
    questions = tuple(
        QuestionContent(key, key, tuple(map(ChoiceContent, letters, letters)))
        for key, letters in (
            (f"q{index}", chance.choice(["ab", "ab", "abc"]))
            for index in range(chance.randint(2, 5))
        )
    )
    rules = [_asking_rule(question.key, questions, chance) for question in questions]
    last = ConditionContent(questions[-1].key, Operator.ANSWERED)
    concluding = RuleContent("", (last,), Effect.CONCLUDE, "end-0")
    if chance.random() < 0.5:
        other = random_rule(questions, chance)
        rules.insert(0, replace(concluding, when=(last, *other.when), target="end-1"))
    return _with_rules(GuideContent("guide", "Guide", questions, (), ()), [*rules, concluding])


def _asking_rule(
    key: str, questions: tuple[QuestionContent, ...], chance: random.Random
) -> RuleContent:
    when = random_rule(questions, chance).when[:1] if chance.random() < 0.2 else ()
    return RuleContent("", when, Effect.ASK, key)


def add_advice(guide: GuideContent, chance: random.Random) -> GuideContent:
    """Adds some rules that give advice, wherever among the others."""
    rules = list(guide.rules)
    for _ in range(chance.choice([0, 2, 4, 6]) if guide.questions else 0):
        other = random_rule(guide.questions, chance)
        rule = replace(other, effect=Effect.ADVISE, target=f"tip-{chance.randrange(4)}")
        rules.insert(chance.randint(0, len(rules)), rule)
    return _with_rules(guide, rules)


def insert_question(guide: GuideContent, chance: random.Random) -> GuideContent:
    """Asks a new question before a question that the guide asks already."""
    numbers = count(len(guide.questions))
    key = next(key for number in numbers if (key := f"new-{number}") not in guide.question)
    choices = tuple(ChoiceContent(letter, letter) for letter in "abc"[: chance.choice([2, 3])])
    questions = (*guide.questions, QuestionContent(key, key, choices))
    asking = [index for index, rule in enumerate(guide.rules) if rule.effect is Effect.ASK]
    rules = list(guide.rules)
    if asking:
        index = chance.choice(asking)
        rule = rules[index]
        answered = ConditionContent(key, Operator.ANSWERED)
        if chance.random() < 0.5 and rule.match is Match.ALL:
            rules[index] = replace(rule, when=(*rule.when, answered))
        rules.insert(index, replace(rule, target=key))
        if chance.random() < 0.4:
            rules.append(random_rule(questions, chance))
    return _with_rules(replace(guide, questions=questions), rules)


def remove_question(guide: GuideContent, chance: random.Random) -> GuideContent:
    """Removes a question: its conditions, and the rules that ask it, go with it."""
    if len(guide.questions) < 2:
        return guide
    gone = chance.choice(guide.questions).key
    rules = [
        replace(rule, when=tuple(one for one in rule.when if gone not in (one.question, one.other)))
        for rule in guide.rules
        if rule.target != gone
    ]
    questions = tuple(question for question in guide.questions if question.key != gone)
    return _with_rules(replace(guide, questions=questions), rules)


def move_question(guide: GuideContent, chance: random.Random) -> GuideContent:
    """Exchanges two questions in the rules that ask them."""
    if len(guide.questions) < 2:
        return guide
    one, other = (question.key for question in chance.sample(guide.questions, 2))
    exchanged = {one: other, other: one}
    rules = [
        replace(rule, target=exchanged.get(rule.target, rule.target))
        if rule.effect is Effect.ASK
        else rule
        for rule in guide.rules
    ]
    return _with_rules(guide, rules)


def add_choice(guide: GuideContent, chance: random.Random) -> GuideContent:
    question = chance.choice(guide.questions) if guide.questions else None
    if question is None or "e" in question.choice:
        return guide
    return _with_question(
        guide, replace(question, choices=(*question.choices, ChoiceContent("e", "e")))
    )


def remove_choice(guide: GuideContent, chance: random.Random) -> GuideContent:
    many = [question for question in guide.questions if len(question.choices) > 2]
    if not many:
        return guide
    question = chance.choice(many)
    gone = chance.choice(question.choices).key
    remaining = tuple(choice for choice in question.choices if choice.key != gone)
    rules = []
    for rule in guide.rules:
        when = tuple(_without_choice(one, question.key, gone) for one in rule.when)
        if all(one.choices or one.operator not in (Operator.IS, Operator.IS_NOT) for one in when):
            rules.append(replace(rule, when=when))
    return _with_rules(_with_question(guide, replace(question, choices=remaining)), rules)


def move_rule(guide: GuideContent, chance: random.Random) -> GuideContent:
    rules = list(guide.rules)
    if rules:
        rules.insert(chance.randint(0, len(rules) - 1), rules.pop(chance.randrange(len(rules))))
    return _with_rules(guide, rules)


def ask_first_or_last(guide: GuideContent, chance: random.Random) -> GuideContent:
    """Moves a rule that asks a question before or after all others."""
    asking = [rule for rule in guide.rules if rule.effect is Effect.ASK]
    if not asking:
        return guide
    moved = chance.choice(asking)
    others = [rule for rule in guide.rules if rule is not moved]
    return _with_rules(guide, [moved, *others] if chance.random() < 0.5 else [*others, moved])


def remove_rule(guide: GuideContent, chance: random.Random) -> GuideContent:
    rules = list(guide.rules)
    if rules:
        del rules[chance.randrange(len(rules))]
    return _with_rules(guide, rules)


def add_rule(guide: GuideContent, chance: random.Random) -> GuideContent:
    if not guide.questions:
        return guide
    rules = list(guide.rules)
    rules.insert(chance.randint(0, len(rules)), random_rule(guide.questions, chance))
    return _with_rules(guide, rules)


def change_rule(guide: GuideContent, chance: random.Random) -> GuideContent:
    """Gives a rule the conditions or the effect of a random rule."""
    if not guide.rules or not guide.questions:
        return guide
    rules, index = list(guide.rules), chance.randrange(len(guide.rules))
    other = random_rule(guide.questions, chance)
    rules[index] = (
        replace(rules[index], when=other.when, match=other.match)
        if chance.random() < 0.5
        else replace(rules[index], effect=other.effect, target=other.target)
    )
    return _with_rules(guide, rules)


def replace_outcome(guide: GuideContent, chance: random.Random) -> GuideContent:
    """Gives an outcome of the same kind instead of another one, in all rules or in one of them."""
    giving = [rule for rule in guide.rules if rule.effect is not Effect.ASK]
    if not giving:
        return guide
    one = chance.choice(giving)
    is_final = one.effect is Effect.CONCLUDE
    target = chance.choice([outcome.key for outcome in ALL_OUTCOMES if outcome.final is is_final])
    everywhere = chance.random() < 0.5
    rules = [
        replace(rule, target=target)
        if rule is one or (everywhere and rule.effect is one.effect and rule.target == one.target)
        else rule
        for rule in guide.rules
    ]
    return _with_rules(guide, rules)


def change_label(guide: GuideContent, chance: random.Random) -> GuideContent:
    if not guide.questions:
        return guide
    question = chance.choice(guide.questions)
    first, *others = question.choices
    return _with_question(
        guide, replace(question, choices=(replace(first, label=f"{first.label}+"), *others))
    )


Edit = Callable[[GuideContent, random.Random], GuideContent]
EDITS: tuple[Edit, ...] = (
    insert_question,
    insert_question,
    remove_question,
    move_question,
    add_choice,
    remove_choice,
    ask_first_or_last,
    move_rule,
    move_rule,
    remove_rule,
    add_rule,
    change_rule,
    replace_outcome,
    change_label,
)


def _without_choice(condition: ConditionContent, question: str, choice: str) -> ConditionContent:
    if condition.question != question:
        return condition
    remaining = tuple(key for key in condition.choices if key != choice)
    return replace(condition, choices=remaining)


def _with_question(guide: GuideContent, changed: QuestionContent) -> GuideContent:
    questions = tuple(changed if one.key == changed.key else one for one in guide.questions)
    return replace(guide, questions=questions)


def _with_rules(guide: GuideContent, rules: list[RuleContent]) -> GuideContent:
    named = (replace(rule, key=f"r{index}") for index, rule in enumerate(rules))
    return replace(guide, rules=tuple(named))
