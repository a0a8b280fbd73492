"""What keeps a draft from being published, each with the page where it is mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst, get_text_list

from rules.admin.links import change_url
from rules.document.problems import Problem
from rules.engine.content import GuideContent
from rules.models import Guide
from rules.publication.check import ExampleResult, PublicationCheck, example_failure_sentence
from rules.sentences import quote_text, rule_name


@dataclass(frozen=True, slots=True)
class ProblemLink:
    url: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class ExampleState:
    sentence: str
    wrong: bool


def problem_links(
    guide: Guide, draft: GuideContent, problems: Sequence[Problem]
) -> list[ProblemLink]:
    names = place_titles(draft)
    urls = place_urls(guide)
    found = []
    for problem in problems:
        place = problem.place[:2]
        url, where = urls.get(place, change_url(guide)), names.get(place, "Guide")
        found.append(ProblemLink(url, where, problem.message))
    return found


def problem_counts(check: PublicationCheck) -> str:
    """« 1 point à corriger et 8 cas types en rouge »; empty where nothing keeps from publishing."""
    return get_text_list([*_points(check), *_red(check)], "et")


def save_counts(check: PublicationCheck) -> str:
    """What is said after a save. Of a proof that was cut short the examples only; of none nothing."""
    if check.proof is None:
        return ""
    if not check.proof.complete:
        return get_text_list(_red(check))
    warnings = _counted(len(check.warnings), "avertissement", "avertissements")
    return get_text_list([*_points(check), *_red(check), *warnings], "et")


def _points(check: PublicationCheck) -> list[str]:
    return _counted(check.guide_problem_count, "point à corriger", "points à corriger")


def _red(check: PublicationCheck) -> list[str]:
    return _counted(check.failing_example_count, "cas type en rouge", "cas types en rouge")


def _counted(count: int, one: str, many: str) -> list[str]:
    return [f"{count} {one if count == 1 else many}"] if count else []


def example_states(
    draft: GuideContent, results: Sequence[ExampleResult] | None
) -> list[ExampleState]:
    """Whether each example holds; they run once the draft can be evaluated."""
    if results is None:
        later = ExampleState("sera vérifié quand le reste sera en ordre", wrong=False)
        return [later] * len(draft.examples)
    return [_example_state(draft, result) for result in results]


def _example_state(draft: GuideContent, result: ExampleResult) -> ExampleState:
    if result.holds:
        return ExampleState("donne bien ce qui est attendu", wrong=False)
    return ExampleState(example_failure_sentence(draft, result), wrong=True)


def place_titles(draft: GuideContent) -> dict[tuple[str | int, ...], str]:
    listed = {
        "questions": [f"Question {quote_text(row.title)}" for row in draft.questions],
        "outcomes": [
            f"{'Conclusion' if row.final else 'Conseil'} {quote_text(row.title)}"
            for row in draft.outcomes
        ],
        "rules": [capfirst(rule_name(draft, row)) for row in draft.rules],
        "examples": [f"Cas type {quote_text(row.name)}" for row in draft.examples],
    }
    return {(kind, at): name for kind, names in listed.items() for at, name in enumerate(names)}


def place_urls(guide: Guide) -> dict[tuple[str | int, ...], str]:
    listed = {
        "questions": guide.questions.all(),
        "outcomes": guide.outcomes.all(),
        "rules": guide.rules.all(),
        "examples": guide.examples.all(),
    }
    return {
        (kind, at): change_url(row) for kind, rows in listed.items() for at, row in enumerate(rows)
    }
