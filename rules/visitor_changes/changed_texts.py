"""The texts that visitors read and that differ between two contents of a guide."""

from collections.abc import Iterator
from dataclasses import replace

from rules.engine.content import GuideContent, QuestionContent
from rules.visitor_changes.differences import ChangedText


def find_changed_texts(older: GuideContent, newer: GuideContent) -> Iterator[ChangedText]:
    """Yields the parts that both contents have and whose texts differ for visitors.

    What only editors read does not count.
    """
    if (older.title, older.introduction) != (newer.title, newer.introduction):
        yield ChangedText("", "")
    for question in newer.questions:
        before = older.question.get(question.key)
        if before and _what_visitors_read(before, question) != _what_visitors_read(
            question, before
        ):
            yield ChangedText("questions", question.key)
    for outcome in newer.outcomes:
        if outcome.key in older.outcome and older.outcome[outcome.key] != outcome:
            yield ChangedText("outcomes", outcome.key)


def _what_visitors_read(question: QuestionContent, other: QuestionContent) -> QuestionContent:
    """Returns a question with the choices that both have, without what only editors read."""
    choices = (choice for choice in question.choices if choice.key in other.choice)
    return replace(
        question, short="", choices=tuple(replace(choice, aliases=()) for choice in choices)
    )
