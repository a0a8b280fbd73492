"""A guide beside another."""

from collections.abc import Iterable, Iterator

from rules.comparison.change import PartChange, PartKind, PartName, Sentence, told
from rules.comparison.example_changes import Examples, paired
from rules.comparison.names import told_apart
from rules.comparison.outcome_changes import Outcomes
from rules.comparison.question_changes import Questions
from rules.comparison.rule_changes import Rules
from rules.comparison.text_changes import renaming_sentences, text_change_sentences
from rules.engine.content import GuideContent
from rules.sentences import quote_text, shorten_title


def compare_guides(old: GuideContent, new: GuideContent) -> list[PartChange]:
    """What differs, part by part: the guide, its questions, outcomes, rules and examples.

    Sentences call a part as it was called in `old`. Empty for guides that say the same.
    """
    names = told_apart(old, new), told_apart(new, old)
    return [
        *_guide(old, new),
        *Questions(*names).changes(
            {row.key: row for row in old.questions}, {row.key: row for row in new.questions}
        ),
        *Outcomes(*names).changes(
            {row.key: row for row in old.outcomes}, {row.key: row for row in new.outcomes}
        ),
        *Rules(*names).changes(
            {row.key: row for row in old.rules}, {row.key: row for row in new.rules}
        ),
        *Examples(*names).changes(*paired(old.examples, new.examples)),
    ]


def _guide(old: GuideContent, new: GuideContent) -> Iterable[PartChange]:
    if sentences := tuple(_guide_sentences(old, new)):
        yield PartChange(PartKind.GUIDE, "", new.title, sentences)


def _guide_sentences(old: GuideContent, new: GuideContent) -> Iterator[Sentence]:
    called = PartName(f"le guide {quote_text(shorten_title(old.title))}")
    yield from renaming_sentences(called, old.title, new.title)
    if old.slug != new.slug:
        slugs = f"{quote_text(new.slug)} au lieu de {quote_text(old.slug)}"
        yield told(PartName("l’adresse du guide", "l’adresse"), f"est maintenant {slugs}")
    texts = old.introduction, new.introduction
    yield from text_change_sentences("L’introduction", PartName(""), *texts, feminine=True)
