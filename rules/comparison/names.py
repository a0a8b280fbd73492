"""Two parts of the same name, told apart by their keys."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from rules.engine.content import GuideContent, QuestionContent
from rules.sentences import REFERENCE_MARK, quote_text

Names = dict[tuple[str, str], set[str]]
"""The keys of each name; choices are named within their question, by its key."""

QUESTIONS, OUTCOMES = "_questions", "_outcomes"
"""No key has an underscore."""


def told_apart(guide: GuideContent, other: GuideContent) -> GuideContent:
    """The guide, the key beside the name of whatever shares its name in one guide or the other."""
    keys: Names = defaultdict(set)
    for where, name, key in (*_named(guide), *_named(other)):
        keys[where, name].add(key)
    return replace(
        guide,
        questions=tuple(_question(keys, row) for row in guide.questions),
        outcomes=tuple(
            replace(row, title=_clear(keys, OUTCOMES, row.title, row.key)) for row in guide.outcomes
        ),
    )


def _question(keys: Names, row: QuestionContent) -> QuestionContent:
    choices = (
        replace(each, label=_clear(keys, row.key, each.label, each.key)) for each in row.choices
    )
    title = _clear(keys, QUESTIONS, row.title, row.key)
    return replace(row, title=title, choices=tuple(choices))


def _clear(keys: Names, where: str, name: str, key: str) -> str:
    return name if len(keys[where, name]) == 1 else f"{name}{REFERENCE_MARK}{key})"


def listed(names: Iterable[str]) -> str:
    return ", ".join(map(quote_text, names))


def _named(guide: GuideContent) -> Iterable[tuple[str, str, str]]:
    """Where, name, key."""
    for question in guide.questions:
        yield QUESTIONS, question.title, question.key
        for choice in question.choices:
            yield question.key, choice.label, choice.key
    for outcome in guide.outcomes:
        yield OUTCOMES, outcome.title, outcome.key
