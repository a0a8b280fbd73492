"""Works out the state of a diagnostic from its answers: `resolve`, pure and the same everywhere.

It does not decide which rules fire: `fire` does, which is durable_rules (`rules.engine.compiled`)
or, in tests, the oracle.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from rules.engine.content import Answers, Effect, GuideContent, Match, RuleContent
from rules.engine.operators import condition_holds
from rules.engine.state import Answer, GivenOutcome, Reason, State, Status

Fire = Callable[[Answers], tuple[int, ...]]
"""A function that returns, for some answers, the positions of all rules that hold, in order."""


class UnknownAnswerError(ValueError):
    """An answer names no question of the guide, or no choice of its question."""

    def __init__(
        self, question: str, choice: str | None = None, allowed: tuple[str, ...] = ()
    ) -> None:
        super().__init__(question if choice is None else f"{question}: {choice}")
        self.question = question
        self.choice = choice
        """The unknown choice; None if the question itself is unknown."""
        self.allowed = allowed
        """The choices of the question, if only the choice is unknown."""


def resolve(guide: GuideContent, answers: Answers, fire: Fire) -> State:
    """Returns the state for these answers. Raises `UnknownAnswerError` before any evaluation.

    The path grows by one answer at a time: all rules fire, and while they ask a question that has
    an answer, this answer joins the path.
    """
    check_answers(guide, answers)
    path: dict[str, str] = {}
    while True:
        firing = fire_rules(guide, path, fire)
        if firing.question is None or firing.question not in answers:
            return _state_of_firing(guide, answers, path, firing)
        path[firing.question] = answers[firing.question]


class Firing(NamedTuple):
    """The result of firing all rules once: the positions of those that hold, in rule order.

    `question` is the question that they ask next; None if the path ends here.
    """

    fired: tuple[int, ...]
    question: str | None


def fire_rules(guide: GuideContent, path: Answers, fire: Fire) -> Firing:
    """Fires all rules once, for a path whose answers were all asked for.

    A rule that concludes ends the path. Otherwise the first rule that asks a question which is
    not on the path asks it.
    """
    fired = fire(path)
    rules = [guide.rules[position] for position in fired]
    if any(rule.effect is Effect.CONCLUDE for rule in rules):
        return Firing(fired, None)
    asked = (rule.target for rule in rules if rule.effect is Effect.ASK)
    return Firing(fired, next((question for question in asked if question not in path), None))


def check_answers(guide: GuideContent, answers: Answers) -> None:
    """Raises `UnknownAnswerError` for the first answer that the guide does not have."""
    for key, choice in answers.items():
        question = guide.question.get(key)
        if question is None:
            raise UnknownAnswerError(key)
        allowed = tuple(known.key for known in question.choices)
        if choice not in allowed:
            raise UnknownAnswerError(key, choice, allowed)


def known_answers(guide: GuideContent, answers: Answers) -> Answers:
    """Returns the answers whose question and choice the guide has, in the guide's order."""
    return {
        question.key: answers[question.key]
        for question in guide.questions
        if any(choice.key == answers.get(question.key) for choice in question.choices)
    }


def _state_of_firing(
    guide: GuideContent, answers: Answers, path: Mapping[str, str], firing: Firing
) -> State:
    fired = tuple(guide.rules[position] for position in firing.fired)
    outcomes = _given_outcomes(fired, Effect.CONCLUDE, path)
    unfinished = Status.IN_PROGRESS if firing.question else Status.STUCK
    return State(
        status=Status.COMPLETED if outcomes else unfinished,
        answers=tuple(path.items()),
        ignored=tuple(q.key for q in guide.questions if q.key in answers and q.key not in path),
        question=firing.question,
        advice=_given_outcomes(fired, Effect.ADVISE, path),
        outcomes=outcomes,
        fired=tuple(rule.key for rule in fired),
    )


def _given_outcomes(
    fired: Iterable[RuleContent], effect: Effect, path: Mapping[str, str]
) -> tuple[GivenOutcome, ...]:
    """Returns the outcomes that the fired rules of one effect give, each once, in rule order."""
    reasons: dict[str, list[Reason]] = {}
    for rule in fired:
        if rule.effect is effect:
            reasons.setdefault(rule.target, []).append(
                Reason(rule.key, deciding_answers(rule, path))
            )
    return tuple(GivenOutcome(outcome, tuple(because)) for outcome, because in reasons.items())


def deciding_answers(rule: RuleContent, path: Mapping[str, str]) -> tuple[Answer, ...]:
    """Returns the answers that made a fired rule hold, in the order of the path.

    With `match: any`, these are the answers of the conditions that hold.
    """
    held = [
        condition
        for condition in rule.when
        if rule.match is Match.ALL or condition_holds(condition, path)
    ]
    named = {key for condition in held for key in (condition.question, condition.other)}
    return tuple((key, choice) for key, choice in path.items() if key in named)
