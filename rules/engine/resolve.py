"""What a guide says to a set of answers: `resolve`, pure and the same everywhere.

Which rules fire is not decided here: `fire` is durable_rules (`rules.engine.compiled`) or,
in tests, the oracle.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from rules.engine.content import Answers, Effect, GuideContent, Match, RuleContent
from rules.engine.operators import condition_holds
from rules.engine.state import Answer, GivenOutcome, Reason, State, Status

Fire = Callable[[Answers], tuple[int, ...]]
"""Answers to the positions of all rules that hold, in rule order."""


class UnknownAnswerError(ValueError):
    """An answer that names no question of the guide, or no choice of its question."""

    def __init__(
        self, question: str, choice: str | None = None, allowed: tuple[str, ...] = ()
    ) -> None:
        super().__init__(question if choice is None else f"{question}: {choice}")
        self.question = question
        self.choice = choice
        """None when the question itself is unknown."""
        self.allowed = allowed
        """The choices of the question, when only the choice is unknown."""


def resolve(guide: GuideContent, answers: Answers, fire: Fire) -> State:
    """The state for these answers. Raises `UnknownAnswerError` before any evaluation."""
    check_answers(guide, answers)
    path: dict[str, str] = {}
    while True:
        now = fire_rules(guide, path, fire)
        if now.question is None or now.question not in answers:
            return _state(guide, answers, path, now)
        path[now.question] = answers[now.question]


class Firing(NamedTuple):
    """What the rules say to one path: asks `question`, or ends where it is None."""

    fired: tuple[int, ...]
    question: str | None


def fire_rules(guide: GuideContent, path: Answers, fire: Fire) -> Firing:
    """Fires all rules once. Each answer of `path` is taken to be on it."""
    fired = fire(path)
    rules = [guide.rules[at] for at in fired]
    return Firing(fired, None if _concludes(rules) else _next_question(rules, path))


def check_answers(guide: GuideContent, answers: Answers) -> None:
    """Raises `UnknownAnswerError` for the first answer that the guide does not know."""
    for key, choice in answers.items():
        question = guide.question.get(key)
        if question is None:
            raise UnknownAnswerError(key)
        allowed = tuple(known.key for known in question.choices)
        if choice not in allowed:
            raise UnknownAnswerError(key, choice, allowed)


def known_answers(guide: GuideContent, answers: Answers) -> Answers:
    """Those of `answers` whose question and choice the guide has, in the guide's order."""
    return {
        question.key: answers[question.key]
        for question in guide.questions
        if any(choice.key == answers.get(question.key) for choice in question.choices)
    }


def _concludes(fired: Iterable[RuleContent]) -> bool:
    return any(rule.effect is Effect.CONCLUDE for rule in fired)


def _next_question(fired: Iterable[RuleContent], path: Mapping[str, str]) -> str | None:
    asked = (rule.target for rule in fired if rule.effect is Effect.ASK)
    return next((question for question in asked if question not in path), None)


def _state(
    guide: GuideContent,
    answers: Answers,
    path: Mapping[str, str],
    now: Firing,
) -> State:
    fired = tuple(guide.rules[at] for at in now.fired)
    outcomes = _given(fired, Effect.CONCLUDE, path)
    status = Status.COMPLETED if outcomes else Status.IN_PROGRESS if now.question else Status.STUCK
    return State(
        status=status,
        answers=tuple(path.items()),
        ignored=tuple(q.key for q in guide.questions if q.key in answers and q.key not in path),
        question=now.question,
        advice=_given(fired, Effect.ADVISE, path),
        outcomes=outcomes,
        fired=tuple(rule.key for rule in fired),
    )


def _given(
    fired: Iterable[RuleContent], effect: Effect, path: Mapping[str, str]
) -> tuple[GivenOutcome, ...]:
    reasons: dict[str, list[Reason]] = {}
    for rule in fired:
        if rule.effect is effect:
            reasons.setdefault(rule.target, []).append(
                Reason(rule.key, deciding_answers(rule, path))
            )
    return tuple(GivenOutcome(outcome, tuple(because)) for outcome, because in reasons.items())


def deciding_answers(rule: RuleContent, path: Mapping[str, str]) -> tuple[Answer, ...]:
    """The answers that made a fired rule hold, in the path's order.

    With `match: any`, only those of the conditions that hold.
    """
    terms = [c for c in rule.when if rule.match is Match.ALL or condition_holds(c, path)]
    named = {key for term in terms for key in (term.question, term.other)}
    return tuple((key, choice) for key, choice in path.items() if key in named)
