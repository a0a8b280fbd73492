"""The problems of a guide as the admin shows them: with the pages that correct them, and their number.

It also says whether each example holds. The place of a part is its kind and its index in the
document, such as `("rules", 2)`. The place of a problem may be longer: it leads to one field.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst, get_text_list

from rules.admin.act_buttons import ActButton
from rules.admin.links import action_url, change_url, change_urls
from rules.counts import count_label
from rules.document.problems import Place, Problem
from rules.engine.content import GuideContent
from rules.list_pages import LazyRows
from rules.models import Example, Guide, Outcome, Question, Rule
from rules.publication.check import ExampleResult, PublicationCheck, example_failure_sentence
from rules.sentences import quote_text, quoted_question, rule_name

_PROBLEM_NOUN, _EXAMPLE_NOUN = "point{s} à corriger", "cas type{s} en rouge"


@dataclass(frozen=True, slots=True)
class PresentedProblem:
    """A problem as pages list it, with `admin/rules/guide/_problems.html`."""

    where: str
    """The title of the part of the guide that has the problem; empty if the message names it."""
    message: str
    url: str = ""
    """The page that corrects the problem; empty if there is none, as for a version."""
    button: ActButton | None = None
    """The button that mends it, if one act does."""


@dataclass(frozen=True, slots=True)
class ExampleStatus:
    """A sentence that says whether an example holds."""

    sentence: str
    wrong: bool


class ProblemPresenter:
    """Presents the problems of the draft of a guide or, if `guide` is None, of a version.

    A problem leads to the page of the part that has it, or else to the page of the guide.
    """

    def __init__(self, guide: Guide | None, content: GuideContent) -> None:
        self._content = content
        self._links = PartLinks(guide)

    def present_problem(self, place: Place, message: str) -> PresentedProblem:
        return PresentedProblem(
            place_title(self._content, place), message, self._links.find_url(place)
        )

    def present_problems(self, problems: Sequence[Problem]) -> Sequence[PresentedProblem]:
        return LazyRows(
            problems, lambda problem: self.present_problem(problem.place, problem.message)
        )


class PartLinks:
    """The addresses of the pages that edit the parts of a draft. A version has no such pages."""

    def __init__(self, guide: Guide | None) -> None:
        self._guide_url = change_url(guide) if guide else ""
        self._texts_url = action_url(guide, "texts") if guide else ""
        self._urls: dict[object, list[str]] = {}
        if guide:
            self._urls = {
                "questions": change_urls(Question, guide.questions.values_list("pk", flat=True)),
                "outcomes": change_urls(Outcome, guide.outcomes.values_list("pk", flat=True)),
                "rules": change_urls(Rule, guide.rules.values_list("pk", flat=True)),
                "examples": change_urls(Example, guide.examples.values_list("pk", flat=True)),
            }

    def find_url(self, place: Place) -> str:
        """Returns the page of the part that has a place, or of the guide if someone has just deleted it."""
        kind, index = (*place, "", "")[:2]
        if kind in {"title", "introduction", "slug"}:
            return self._texts_url
        urls = self._urls.get(kind, [])
        return urls[index] if isinstance(index, int) and index < len(urls) else self._guide_url


def place_of_part(place: Place) -> Place:
    """Returns the place of the part that has a field: `("rules", 2)` for `("rules", 2, "then")`."""
    return place[:2]


def message_within_part(problem: Problem) -> str:
    """Returns the message of a problem of one part, after the condition, choice or text that has it."""
    match problem.place:
        case (_, _, "when", int(index), *_):
            return f"Condition {index + 1}\u00a0: {problem.message}"
        case (_, _, "for_pupil"):
            return f"Texte pour l’élève\u00a0: {problem.message}"
        case (_, _, "choices", int(index), *_):
            return f"Réponse {index + 1}\u00a0: {problem.message}"
    return str(capfirst(problem.message))


def problem_counts(check: PublicationCheck) -> str:
    """Returns the number of problems, such as « 1 point à corriger et 8 cas types en rouge ».

    It is empty if the draft can be published.
    """
    problems = _count_labels(check.guide_problem_count, _PROBLEM_NOUN)
    examples = _count_labels(check.failing_example_count, _EXAMPLE_NOUN)
    return get_text_list(problems + examples, "et")


def problem_counts_after_save(check: PublicationCheck) -> str:
    """Returns the number of problems and warnings that a page shows after a save.

    If the proof is not complete, what it finds is not counted: it is not all known yet.
    """
    is_proved = check.proof.complete
    known_count = len(check.refusals) + len(check.unfinished)
    problem_count = check.guide_problem_count if is_proved else known_count
    problems = _count_labels(problem_count, _PROBLEM_NOUN)
    examples = _count_labels(check.failing_example_count, _EXAMPLE_NOUN)
    warnings = _count_labels(len(check.warnings) if is_proved else 0, "avertissement{s}")
    return get_text_list(problems + examples + warnings, "et")


def _count_labels(count: int, noun: str) -> list[str]:
    """Returns a list of one label, such as « 2 cas types en rouge »; an empty list if the count is 0."""
    return [count_label(count, noun)] if count else []


def example_statuses(
    draft: GuideContent, results: Sequence[ExampleResult | None]
) -> list[ExampleStatus]:
    """Returns the status of each example of a draft."""
    late = ExampleStatus(
        "n’est pas vérifié\u00a0: les cas types de ce guide demandent trop de temps", wrong=False
    )
    good = ExampleStatus("donne bien ce qui est attendu", wrong=False)
    return [
        ExampleStatus(example_failure_sentence(draft, result), wrong=True)
        if result and not result.holds
        else (good if result else late)
        for result in results
    ]


def place_title(draft: GuideContent, place: Place) -> str:
    """Returns the title of the part that has a place, or else « Guide »."""
    match place:
        case ("questions", int(index), *_) if index < len(draft.questions):
            return f"Question {quoted_question(draft, draft.questions[index].key)}"
        case ("outcomes", int(index), *_) if index < len(draft.outcomes):
            outcome = draft.outcomes[index]
            return f"{'Conclusion' if outcome.final else 'Conseil'} {quote_text(outcome.title)}"
        case ("rules", int(index), *_) if index < len(draft.rules):
            return str(capfirst(rule_name(draft, draft.rules[index])))
        case ("examples", int(index), *_) if index < len(draft.examples):
            return f"Cas type {quote_text(draft.examples[index].name)}"
    return "Guide"
