"""Evaluates many sets of answers, equal sets once, and names the answers that a guide does not know."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from rules.engine.content import Answers, GuideContent
from rules.engine.resolve import UnknownAnswerError, check_answers
from rules.engine.state import Answer

T = TypeVar("T")

MAX_CACHED = 1_000
"""The number of sets of answers whose evaluations are cached: those of the largest batch."""
UNKNOWN_QUESTION = "Cette question n’est pas dans le guide."


def cache_evaluations(evaluate: Callable[[Answers], T]) -> Callable[[Answers], T]:
    """Returns `evaluate` with a cache: equal answers, in whatever order, are evaluated once.

    Of more sets than `MAX_CACHED`, the cache has those that were used last.
    """

    @lru_cache(MAX_CACHED)
    def evaluate_set(answers: frozenset[Answer]) -> T:
        return evaluate(dict(answers))

    return lambda answers: evaluate_set(frozenset(answers.items()))


def describe_unknown_answers(guide: GuideContent, answers: Answers) -> dict[str, str]:
    """Returns what is wrong with each answer that the guide does not know, by its question."""
    problems = {}
    for question, choice in answers.items():
        try:
            check_answers(guide, {question: choice})
        except UnknownAnswerError as error:
            problems[question] = unknown_answer_sentence(error)
    return problems


def unknown_answer_sentence(error: UnknownAnswerError) -> str:
    if error.choice is None:
        return UNKNOWN_QUESTION
    return f"Cette réponse n’existe pas. Réponses possibles\u00a0: {', '.join(error.allowed)}."
