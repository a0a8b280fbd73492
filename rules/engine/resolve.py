"""Works out the state of a diagnostic from its answers.

The caller gives a function that finds the rules which fire: in production that of a compiled guide
(`rules.engine.compiled`), in some tests the oracle.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from rules.engine.content import Answers, Effect, GuideContent, Match, RuleContent
from rules.engine.operators import condition_holds
from rules.engine.state import Answer, GivenOutcome, Reason, State, Status

Fire = Callable[[Answers], tuple[int, ...]]
"""A function that returns the positions of all rules that hold for a set of answers, in order."""


class UnknownAnswerError(ValueError):
    """An answer names a question that the guide does not have, or a choice that its question does not."""

    def __init__(
        self, question: str, choice: str | None = None, allowed: tuple[str, ...] = ()
    ) -> None:
        super().__init__(question if choice is None else f"{question}: {choice}")
        self.question = question
        self.choice = choice
        """The unknown choice; None if the question itself is unknown."""
        self.allowed = allowed
        """The keys of the question's choices; empty if the question is unknown."""


def resolve(guide: GuideContent, answers: Answers, fire: Fire) -> State:
    """Returns the state of a diagnostic with these answers. Raises `UnknownAnswerError`."""
    return _state_of_firing(guide, answers, *follow_answers(guide, answers, fire))


def follow_answers(
    guide: GuideContent, answers: Answers, fire: Fire
) -> tuple[dict[str, str], "Firing"]:
    """Returns the path of these answers, and what fires at its end. Raises `UnknownAnswerError`.

    The path begins empty. While the rules that fire for it ask a question which has an answer, this
    answer is added to the path.
    """
    check_answers(guide, answers)
    path: dict[str, str] = {}
    while True:
        firing = fire_rules(guide, path, fire)
        if firing.question is None or firing.question not in answers:
            return path, firing
        path[firing.question] = answers[firing.question]


class Firing(NamedTuple):
    """The rules that hold for a path, and what follows.

    `fired` are their positions, in order. `question` is the key of the question that they ask next,
    or None if the path ends here.
    """

    fired: tuple[int, ...]
    question: str | None


def fire_rules(guide: GuideContent, path: Answers, fire: Fire) -> Firing:
    """Returns the rules that fire for a path, and the question that they ask.

    If one of these rules concludes, the path ends. Otherwise, the question is that of the first rule
    whose question is not on the path yet.
    """
    fired = fire(path)
    rules = [guide.rules[position] for position in fired]
    if any(rule.effect is Effect.CONCLUDE for rule in rules):
        return Firing(fired, None)
    asked = (rule.target for rule in rules if rule.effect is Effect.ASK)
    return Firing(fired, next((question for question in asked if question not in path), None))


def check_answers(guide: GuideContent, answers: Answers) -> None:
    """Raises `UnknownAnswerError` if the guide does not have one of the questions or choices."""
    for key, choice in answers.items():
        question = guide.question.get(key)
        if question is None:
            raise UnknownAnswerError(key)
        if choice not in question.choice:
            raise UnknownAnswerError(key, choice, tuple(question.choice))


def known_answers(guide: GuideContent, answers: Answers) -> Answers:
    """Returns the answers whose question and choice the guide has, in the order of the guide."""
    return {
        question.key: answers[question.key]
        for question in guide.questions
        if answers.get(question.key) in question.choice
    }


def ignored_questions(guide: GuideContent, answers: Answers, path: Answers) -> tuple[str, ...]:
    """Returns the keys of the questions whose answers are off the path, in the order of the guide."""
    return tuple(q.key for q in guide.questions if q.key in answers and q.key not in path)


def _state_of_firing(
    guide: GuideContent, answers: Answers, path: Mapping[str, str], firing: Firing
) -> State:
    fired = tuple(guide.rules[position] for position in firing.fired)
    outcomes = _given_outcomes(fired, Effect.CONCLUDE, path)
    unfinished = Status.IN_PROGRESS if firing.question else Status.STUCK
    return State(
        status=Status.COMPLETED if outcomes else unfinished,
        answers=tuple(path.items()),
        ignored=ignored_questions(guide, answers, path),
        question=firing.question,
        advice=_given_outcomes(fired, Effect.ADVISE, path),
        outcomes=outcomes,
        fired=tuple(rule.key for rule in fired),
    )


def _given_outcomes(
    fired: Iterable[RuleContent], effect: Effect, path: Mapping[str, str]
) -> tuple[GivenOutcome, ...]:
    """Returns the advice or the conclusions that the fired rules give, according to `effect`.

    Each outcome is returned once, with all the rules that give it, in rule order.
    """
    reasons: dict[str, list[Reason]] = {}
    for rule in fired:
        if rule.effect is effect:
            reasons.setdefault(rule.target, []).append(
                Reason(rule.key, deciding_answers(rule, path))
            )
    return tuple(GivenOutcome(outcome, tuple(because)) for outcome, because in reasons.items())


def deciding_answers(rule: RuleContent, path: Mapping[str, str]) -> tuple[Answer, ...]:
    """Returns the answers that made a fired rule hold, in the order of the path.

    With `match: any`, only the conditions that hold count.
    """
    held = [
        condition
        for condition in rule.when
        if rule.match is Match.ALL or condition_holds(condition, path)
    ]
    named = {key for condition in held for key in condition.questions}
    return tuple((key, choice) for key, choice in path.items() if key in named)
