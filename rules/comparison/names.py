"""Distinct names for parts that have the same name, and names quoted in a list."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from rules.engine.content import GuideContent
from rules.sentences import REFERENCE_MARK, quote_text

QUESTIONS, OUTCOMES = "_questions", "_outcomes"
"""The scopes of two kinds of names. A choice has the key of its question as scope: no key has a `_`."""


def disambiguate_names(guide: GuideContent, other: GuideContent) -> GuideContent:
    """Returns the guide with the key beside each name that two parts share in one guide or in both."""
    keys: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for scope, name, key in (*_names_in_guide(guide), *_names_in_guide(other)):
        keys[scope, name].add(key)

    def distinct_name(scope: str, name: str, key: str) -> str:
        return name if len(keys[scope, name]) == 1 else f"{name}{REFERENCE_MARK}{key})"

    return replace(
        guide,
        questions=tuple(
            replace(
                question,
                title=distinct_name(QUESTIONS, question.title, question.key),
                choices=tuple(
                    replace(choice, label=distinct_name(question.key, choice.label, choice.key))
                    for choice in question.choices
                ),
            )
            for question in guide.questions
        ),
        outcomes=tuple(
            replace(outcome, title=distinct_name(OUTCOMES, outcome.title, outcome.key))
            for outcome in guide.outcomes
        ),
    )


def _names_in_guide(guide: GuideContent) -> Iterable[tuple[str, str, str]]:
    """Yields the scope, the name and the key of each question, choice and outcome."""
    for question in guide.questions:
        yield QUESTIONS, question.title, question.key
        for choice in question.choices:
            yield question.key, choice.label, choice.key
    for outcome in guide.outcomes:
        yield OUTCOMES, outcome.title, outcome.key


def quoted_list(names: Iterable[str]) -> str:
    """« A », « B », « C »."""
    return ", ".join(map(quote_text, names))
