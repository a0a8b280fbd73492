"""Makes the names of parts distinct, and writes lists of names."""

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import replace

from rules.engine.content import GuideContent
from rules.sentences import REFERENCE_MARK, quote_text

QUESTIONS, OUTCOMES = "_questions", "_outcomes"
"""The scopes in which names of questions and titles of outcomes must be distinct.

The scope of a choice's label is the key of its question, which cannot contain a `_`.
"""


def disambiguate_names(old: GuideContent, new: GuideContent) -> tuple[GuideContent, GuideContent]:
    """Returns two guides with names that are distinct in both of them.

    A name that parts with different keys share is followed by the key: « Fin (référence : fin-2) ».
    """
    keys: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for scope, name, key in (*_names_in_guide(old), *_names_in_guide(new)):
        keys[scope, name].add(key)
    shared = {name for name, named in keys.items() if len(named) > 1}
    return _add_keys(old, shared), _add_keys(new, shared)


def _add_keys(guide: GuideContent, shared: Set[tuple[str, str]]) -> GuideContent:
    """Returns a guide in which the key follows each name that parts share within a scope."""
    if not shared:
        return guide

    def distinct_name(scope: str, name: str, key: str) -> str:
        return f"{name}{REFERENCE_MARK}{key})" if (scope, name) in shared else name

    return replace(
        guide,
        questions=tuple(
            replace(
                question,
                title=distinct_name(QUESTIONS, question.title, question.key),
                short=question.short and distinct_name(QUESTIONS, question.short, question.key),
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
        yield QUESTIONS, question.name, question.key
        for choice in question.choices:
            yield question.key, choice.label, choice.key
    for outcome in guide.outcomes:
        yield OUTCOMES, outcome.title, outcome.key


def quoted_list(names: Iterable[str]) -> str:
    """Returns « A », « B », « C »."""
    return ", ".join(map(quote_text, names))
