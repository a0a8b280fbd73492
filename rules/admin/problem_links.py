"""The problems that keep a draft from being published, each with the page where it is mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst, get_text_list

from rules.admin.links import change_url
from rules.document.problems import Problem
from rules.engine.content import GuideContent
from rules.models import Guide
from rules.publication.check import ExampleResult, PublicationCheck, example_failure_sentence
from rules.sentences import quote_text, rule_name

_POINTS, _EXAMPLES = "point{s} à corriger", "cas type{s} en rouge"


@dataclass(frozen=True, slots=True)
class ProblemLink:
    """A problem, with the part of the draft where it is and the page of that part."""

    url: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class ExampleState:
    """Whether an example holds, in a sentence."""

    sentence: str
    wrong: bool


def problem_links(
    guide: Guide, draft: GuideContent, problems: Sequence[Problem]
) -> list[ProblemLink]:
    titles, urls = place_titles(draft), place_urls(guide)
    links = []
    for problem in problems:
        place = problem.place[:2]
        url, where = urls.get(place, change_url(guide)), titles.get(place, "Guide")
        links.append(ProblemLink(url, where, problem.message))
    return links


def problem_counts(check: PublicationCheck) -> str:
    """Returns « 1 point à corriger et 8 cas types en rouge »; empty if the draft can be published."""
    points = _count_label(check.guide_problem_count, _POINTS)
    return get_text_list(points + _count_label(check.failing_example_count, _EXAMPLES), "et")


def save_counts(check: PublicationCheck) -> str:
    """Returns the counts that are shown after a save.

    They leave out what an unfinished proof found, and are empty if there is no proof.
    """
    if check.proof is None:
        return ""
    examples = _count_label(check.failing_example_count, _EXAMPLES)
    if not check.proof.complete:
        return get_text_list(examples)
    points = _count_label(check.guide_problem_count, _POINTS)
    warnings = _count_label(len(check.warnings), "avertissement{s}")
    return get_text_list(points + examples + warnings, "et")


def _count_label(count: int, noun: str) -> list[str]:
    """Returns a count and its noun, of which `{s}` is the plural; nothing if the count is 0."""
    return [f"{count} {noun.format(s='' if count == 1 else 's')}"] if count else []


def example_states(
    draft: GuideContent, results: Sequence[ExampleResult] | None
) -> list[ExampleState]:
    """Returns whether each example holds; there are no results until the draft can be evaluated."""
    if results is None:
        unknown = ExampleState("sera vérifié quand le reste sera en ordre", wrong=False)
        return [unknown] * len(draft.examples)
    return [
        ExampleState("donne bien ce qui est attendu", wrong=False)
        if result.holds
        else ExampleState(example_failure_sentence(draft, result), wrong=True)
        for result in results
    ]


def place_titles(draft: GuideContent) -> dict[tuple[str | int, ...], str]:
    """Returns the title of each part of a draft, by its place in the document."""
    titles = {
        "questions": [f"Question {quote_text(row.title)}" for row in draft.questions],
        "outcomes": [
            f"{'Conclusion' if row.final else 'Conseil'} {quote_text(row.title)}"
            for row in draft.outcomes
        ],
        "rules": [capfirst(rule_name(draft, row)) for row in draft.rules],
        "examples": [f"Cas type {quote_text(row.name)}" for row in draft.examples],
    }
    return {
        (kind, index): title
        for kind, listed in titles.items()
        for index, title in enumerate(listed)
    }


def place_urls(guide: Guide) -> dict[tuple[str | int, ...], str]:
    """Returns the page that edits each part of a draft, by its place in the document."""
    rows = {
        "questions": guide.questions.all(),
        "outcomes": guide.outcomes.all(),
        "rules": guide.rules.all(),
        "examples": guide.examples.all(),
    }
    return {
        (kind, index): change_url(row)
        for kind, listed in rows.items()
        for index, row in enumerate(listed)
    }
