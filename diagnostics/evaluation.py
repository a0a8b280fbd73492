"""Evaluates many sets of answers to one version, equal sets once: pupils often answer alike."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from diagnostics.descriptions import Description, describe_state
from rules.engine.content import Answers
from rules.engine.state import Answer
from rules.models import Version
from rules.publication.stored_proofs import version_graph
from rules.publication.versions import compiled_version

T = TypeVar("T")


def version_evaluator(version: Version) -> Callable[[Answers], Description]:
    """Returns a function that describes the state to which a set of answers leads on the version.

    That function stores nothing and may raise `UnknownAnswerError`.
    """
    compiled, graph = compiled_version(version), version_graph(version)
    return lambda answers: describe_state(compiled.guide, compiled.resolve(answers), graph)


def cache_evaluations(evaluate: Callable[[Answers], T]) -> Callable[[Answers], T]:
    """Returns `evaluate` with a cache: equal answers, in whatever order, are evaluated once."""

    @cache
    def evaluate_set(answers: frozenset[Answer]) -> T:
        return evaluate(dict(answers))

    return lambda answers: evaluate_set(frozenset(answers.items()))
