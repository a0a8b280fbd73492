"""The comparison of two guides, part by part."""

from collections.abc import Iterator

from rules.comparison.change_sentences import (
    PartChange,
    PartKind,
    PartName,
    Sentence,
    sentence_about,
)
from rules.comparison.example_changes import ExampleComparison, RowIdsOfExamples, pair_examples
from rules.comparison.names import disambiguate_names
from rules.comparison.outcome_changes import OutcomeComparison
from rules.comparison.question_changes import QuestionComparison
from rules.comparison.rule_changes import RuleComparison
from rules.comparison.text_changes import (
    limit_steps,
    renaming_sentences,
    text_change_sentences,
)
from rules.engine.content import GuideContent
from rules.sentences import quote_text, shorten_title


@limit_steps()
def compare_guides(
    old: GuideContent, new: GuideContent, row_ids: RowIdsOfExamples | None = None
) -> list[PartChange]:
    """Returns the changed parts: the guide itself, its questions, outcomes, rules and examples.

    The list is empty for equal guides. Sentences name parts as in `old`, except new parts.
    `row_ids` say which examples are the same, if they are known (see `pair_examples`).
    """
    guides = disambiguate_names(old, new)
    own_sentences = tuple(_sentences_about_guide(old, new))
    own_change = PartChange(PartKind.GUIDE, "", new.title, own_sentences)
    return [
        *([own_change] if own_sentences else []),
        *QuestionComparison(*guides).compare_parts(
            {part.key: part for part in old.questions}, {part.key: part for part in new.questions}
        ),
        *OutcomeComparison(*guides).compare_parts(
            {part.key: part for part in old.outcomes}, {part.key: part for part in new.outcomes}
        ),
        *RuleComparison(*guides).compare_parts(
            {part.key: part for part in old.rules}, {part.key: part for part in new.rules}
        ),
        *ExampleComparison(*guides).compare_parts(
            *pair_examples(old.examples, new.examples, row_ids)
        ),
    ]


def _sentences_about_guide(old: GuideContent, new: GuideContent) -> Iterator[Sentence]:
    """Yields the sentences about the title, the slug and the introduction."""
    name = PartName(f"le guide {quote_text(shorten_title(old.title))}")
    yield from renaming_sentences(name, old.title, new.title)
    if old.slug != new.slug:
        slugs = f"{quote_text(new.slug)} au lieu de {quote_text(old.slug)}"
        address = PartName("l’adresse du guide", "l’adresse")
        yield sentence_about(address, f"est maintenant {slugs}")
    texts = old.introduction, new.introduction
    yield from text_change_sentences("L’introduction", PartName(""), *texts, feminine=True)
