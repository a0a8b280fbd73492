"""Builds the content of a guide's page: the parts of its draft, and why it cannot be published yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model, QuerySet

from rules.admin.links import add_url, change_urls, list_url
from rules.admin.presented_problems import example_statuses, problem_counts
from rules.counts import count_label
from rules.list_pages import LazyRows
from rules.models import Example, Guide, Outcome, Question, Rule
from rules.proof.bounds import QUICK_BOUND
from rules.proof.finding_sentences import stop_clause
from rules.publication.review import PublicationReview
from rules.sentences import rule_sentence

Row = TypeVar("Row", bound=Model)
Part = TypeVar("Part")

_SECTION_TITLES: dict[type[Model], str] = {
    Question: "Questions",
    Outcome: "Conseils et conclusions",
    Rule: "Règles",
    Example: "Cas types",
}
_ORDERED_MODELS = {Question, Rule}


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """A part of a draft, as the page of the guide lists it."""

    url: str
    text: str
    detail: str = ""
    wrong: bool = False
    """True for an example that fails."""


@dataclass(frozen=True, slots=True)
class OverviewSection:
    """All the parts of one kind in a draft."""

    title: str
    anchor: str
    lines: Sequence[OverviewLine]
    url_to_add: str
    """The page that adds a part; empty for a user who may not add one."""
    url_to_order: str
    """The page on which the parts are put in order; empty if their order does not matter."""


def guide_overview(guide: Guide, user: User | AnonymousUser) -> dict[str, object]:
    """Returns the context of the page of a guide."""
    review = PublicationReview(guide, bound=QUICK_BOUND)
    sections = []
    for model, lines in _lines_by_model(review).items():
        name = str(model._meta.model_name)
        sections.append(
            OverviewSection(
                _SECTION_TITLES[model],
                anchor=name,
                lines=lines,
                url_to_add=add_url(model, guide) if user.has_perm(f"rules.add_{name}") else "",
                url_to_order=list_url(model, guide) if model in _ORDERED_MODELS else "",
            )
        )
    proof = review.check.proof
    return {
        "check": review.check,
        "proof_stop": stop_clause(proof.stopped_by) if proof.stopped_by else "",
        "problem_counts": problem_counts(review.check),
        "review": review,
        "sections": sections,
    }


def _lines_by_model(review: PublicationReview) -> dict[type[Model], Sequence[OverviewLine]]:
    guide, draft = review.guide, review.draft
    statuses = example_statuses(draft, review.check.examples)
    return {
        Question: _make_lines(
            guide.questions.all(),
            draft.questions,
            lambda url, question: OverviewLine(
                url,
                question.name,
                count_label(len(question.choices), "réponse{s}"),
            ),
        ),
        Outcome: _make_lines(
            guide.outcomes.all(),
            draft.outcomes,
            lambda url, outcome: OverviewLine(
                url, outcome.title, "conclusion" if outcome.final else "conseil"
            ),
        ),
        Rule: _make_lines(
            guide.rules.all(),
            draft.rules,
            lambda url, rule: OverviewLine(url, rule_sentence(draft, rule)),
        ),
        Example: _make_lines(
            guide.examples.all(),
            list(zip(draft.examples, statuses, strict=True)),
            lambda url, checked: OverviewLine(
                url, checked[0].name, checked[1].sentence, checked[1].wrong
            ),
        ),
    }


def _make_lines(
    rows: QuerySet[Row], parts: Sequence[Part], make_line: Callable[[str, Part], OverviewLine]
) -> Sequence[OverviewLine]:
    """Returns the lines of the parts of one kind, whose rows are in the same order."""
    urls = change_urls(rows.model, rows.values_list("pk", flat=True))
    return LazyRows(
        list(zip(urls, parts, strict=False)), lambda url_and_part: make_line(*url_and_part)
    )
