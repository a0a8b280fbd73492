"""Evaluates many sets of answers, equal sets once: pupils often answer alike."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from rules.engine.content import Answers
from rules.engine.state import Answer

T = TypeVar("T")


def cache_evaluations(evaluate: Callable[[Answers], T]) -> Callable[[Answers], T]:
    """Returns `evaluate` with a cache: equal answers, in whatever order, are evaluated once."""

    @cache
    def evaluate_set(answers: frozenset[Answer]) -> T:
        return evaluate(dict(answers))

    return lambda answers: evaluate_set(frozenset(answers.items()))
