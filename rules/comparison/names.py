"""Two parts of the same name, told apart by their keys."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from rules.engine.guide import Guide, Question
from rules.sentences import quoted

Names = dict[tuple[str, str], set[str]]
"""The keys of each name; choices are named within their question."""


def told_apart(guide: Guide, other: Guide) -> Guide:
    """The guide, the key beside the name of whatever shares its name in one guide or the other."""
    keys: Names = defaultdict(set)
    for where, name, key in (*_named(guide), *_named(other)):
        keys[where, name].add(key)

    def clear(where: str, name: str, key: str) -> str:
        return name if len(keys[where, name]) == 1 else f"{name} (référence\u00a0: {key})"

    def question(row: Question) -> Question:
        choices = tuple(
            replace(each, label=clear(row.key, each.label, each.key)) for each in row.choices
        )
        return replace(row, title=clear("", row.title, row.key), choices=choices)

    return replace(
        guide,
        questions=tuple(map(question, guide.questions)),
        outcomes=tuple(
            replace(row, title=clear("_outcomes", row.title, row.key)) for row in guide.outcomes
        ),
    )


def listed(names: Iterable[str]) -> str:
    return ", ".join(map(quoted, names))


def _named(guide: Guide) -> Iterable[tuple[str, str, str]]:
    """Where, name, key. No key of a question is empty or has an underscore."""
    for question in guide.questions:
        yield "", question.title, question.key
        for choice in question.choices:
            yield question.key, choice.label, choice.key
    for outcome in guide.outcomes:
        yield "_outcomes", outcome.title, outcome.key
