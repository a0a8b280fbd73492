"""Many sets of answers to one guide: a class has few that differ, each is worked out once."""

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
    """What a version says to answers. Stores nothing; raises `UnknownAnswerError`."""
    compiled, graph = compiled_version(version), version_graph(version)
    return lambda answers: describe_state(compiled.guide, compiled.resolve(answers), graph)


def evaluate_once_each(evaluate: Callable[[Answers], T]) -> Callable[[Answers], T]:
    """The same, remembered for as long as it is held: answers alike, in any order, are one."""

    @cache
    def remembered(answers: frozenset[Answer]) -> T:
        return evaluate(dict(answers))

    return lambda answers: remembered(frozenset(answers.items()))
