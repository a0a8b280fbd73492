"""Small guides, written in one line each."""

from collections.abc import Iterable

from rules.engine.compiled import CompiledGuide
from rules.engine.guide import (
    Choice,
    Condition,
    Effect,
    Guide,
    Match,
    Operator,
    Outcome,
    Question,
    Rule,
)


def question(key: str, *choices: str) -> Question:
    """Of choices `a`, `b` and `c` where none are named."""
    return Question(key, key, tuple(Choice(each, each) for each in choices or ("a", "b", "c")))


def is_(key: str, *choices: str) -> Condition:
    return Condition(key, Operator.IS, choices)


def is_not(key: str, *choices: str) -> Condition:
    return Condition(key, Operator.IS_NOT, choices)


def same(key: str, other: str) -> Condition:
    return Condition(key, Operator.SAME_AS, other=other)


def differs(key: str, other: str) -> Condition:
    return Condition(key, Operator.DIFFERS_FROM, other=other)


def answered(key: str) -> Condition:
    return Condition(key, Operator.ANSWERED)


def unanswered(key: str) -> Condition:
    return Condition(key, Operator.UNANSWERED)


def ask(target: str, *when: Condition, match: Match = Match.ALL) -> Rule:
    return Rule(f"ask-{target}", when, Effect.ASK, target, match)


def advise(target: str, *when: Condition, match: Match = Match.ALL) -> Rule:
    return Rule(f"advise-{target}", when, Effect.ADVISE, target, match)


def conclude(target: str, *when: Condition, match: Match = Match.ALL) -> Rule:
    return Rule(f"conclude-{target}", when, Effect.CONCLUDE, target, match)


def numbered(conditions: Iterable[tuple[Condition, ...]], match: Match = Match.ALL) -> list[Rule]:
    """Rules that differ by their conditions only."""
    return [
        Rule(f"rule-{at}", when, Effect.CONCLUDE, "end", match)
        for at, when in enumerate(conditions)
    ]


def compiled(questions: Iterable[Question], rules: Iterable[Rule]) -> CompiledGuide:
    """With the outcomes that the rules give."""
    rules = tuple(rules)
    given = {rule.target: rule.effect is Effect.CONCLUDE for rule in rules if rule.effect != "ask"}
    outcomes = tuple(Outcome(key, key, final) for key, final in given.items())
    return CompiledGuide(Guide("guide", "Guide", tuple(questions), outcomes, rules))
