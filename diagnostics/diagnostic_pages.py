"""What the templates show of a diagnostic: a visitor's own, or an editor's try."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from diagnostics.descriptions import (
    TO_DO,
    AnswerGiven,
    Description,
    ExplainedOutcome,
    describe_answers,
    describe_state,
)
from diagnostics.services import NotAskedError
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers, ChoiceContent, GuideContent, Link, QuestionContent, Tone
from rules.engine.state import Status
from rules.proof.state_graph import StateGraph

MISSING = "Choisissez une réponse pour continuer"
UNKNOWN = "Cette réponse n’est pas dans la liste. Choisissez l’une des réponses proposées"

Page = dict[str, object]


@dataclass(frozen=True, slots=True)
class Links:
    """Where the pages lead. Each form is sent by POST, `question` to what shows it too."""

    start: str
    here: str
    """Where the diagnostic stands."""
    question: Callable[[str], str]
    another_pupil: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    question: QuestionContent
    choice: ChoiceContent
    change: str
    """The address where it is changed."""


def wrong_choice_sentence(choice: str) -> str:
    """Of a choice that the question does not have: what its page says."""
    return UNKNOWN if choice else MISSING


def start_page(guide: GuideContent, answers: Answers) -> Page:
    """`answers` are those that its address gives."""
    return {"guide": guide, "given": describe_answers(guide, answers)}


def state_page(
    compiled: CompiledGuide, answers: Answers, links: Links, graph: StateGraph | None = None
) -> tuple[str, Page]:
    """The template for where a diagnostic stands, and what it shows."""
    asked = compiled.resolve(answers).question
    if asked:
        page = question_page(compiled, answers, links, asked, graph=graph)
        return "diagnostics/question.html", page
    return "diagnostics/result.html", _result_page(compiled, answers, links)


def question_page(
    compiled: CompiledGuide,
    answers: Answers,
    links: Links,
    key: str,
    error: str = "",
    graph: StateGraph | None = None,
) -> Page:
    """Raises `NotAskedError` for a question that is neither on the path nor the one asked.

    With the `graph` of the guide, it tells how many questions come after this one.
    """
    guide, state = compiled.guide, compiled.resolve(answers)
    path = [question for question, _ in state.answers]
    if key not in {state.question, *path}:
        raise NotAskedError(state.question)
    at = path.index(key) if key in path else len(path)
    description = describe_state(guide, state)
    return _page(guide, answers, description, links) | {
        "question": guide.question[key],
        "action": links.question(key),
        "number": at + 1,
        "after": _after(guide, graph, dict(state.answers[:at])) if graph else None,
        "back": links.question(path[at - 1]) if at else links.start,
        "checked": dict(state.answers).get(key),
        "is_change": key != state.question,
        **_advice(description, key),
        "error": error,
    }


def _advice(description: Description, shown: str) -> Page:
    """What the last answer brought stands apart, on the page of the question that follows it."""
    newest = _newest_advice(description) if shown == description.state.question else ()
    earlier = [given for given in description.advice if given not in newest]
    return {"newest_advice": newest, "earlier_advice": earlier}


def _after(guide: GuideContent, graph: StateGraph, before: Answers) -> tuple[int, int]:
    """How many questions come after the one that follows these answers, at least and at most."""
    least, most = graph.remaining[graph.state_after(guide, before)]
    return least - 1, most - 1


def _result_page(compiled: CompiledGuide, answers: Answers, links: Links) -> Page:
    guide, state = compiled.guide, compiled.resolve(answers)
    description = describe_state(guide, state)
    advice = description.advice
    steps, notes = _headline_first(description.outcomes)
    return _page(guide, answers, description, links) | {
        "back": links.question(state.answers[-1][0]) if state.answers else links.start,
        "is_stuck": state.status is Status.STUCK,
        "steps": steps,
        "notes": notes,
        "reasons": [*steps, *notes],
        "support_links": _support_links(description),
        "still_to_do": [given for given in advice if given.outcome.tone is Tone.ACTION],
        "earlier_advice": [given for given in advice if given.outcome.tone is not Tone.ACTION],
    }


def _headline_first(
    outcomes: tuple[ExplainedOutcome, ...],
) -> tuple[list[ExplainedOutcome], list[ExplainedOutcome]]:
    """The conclusions to follow, and apart, beside something to do, those that only tell."""
    to_do = [given for given in outcomes if given.outcome.tone in TO_DO] or list(outcomes)
    return to_do, [given for given in outcomes if given not in to_do]


def _support_links(description: Description) -> list[Link]:
    """Where a text for support is to be sent, if a conclusion or the want of one asks for it."""
    if description.state.status is Status.STUCK:
        return [Link("Contacter le support Pix", settings.SUPPORT_URL)]
    outcomes = (given.outcome for given in description.outcomes)
    return [o.link for o in outcomes if o.link and o.tone is Tone.CONTACT]


def _page(guide: GuideContent, answers: Answers, description: Description, links: Links) -> Page:
    set_aside = {question: answers[question] for question in description.state.ignored}
    return {
        "guide": guide,
        "links": links,
        "answers": [_line(given, links) for given in description.answers],
        "set_aside": describe_answers(guide, set_aside),
    }


def _line(answer: AnswerGiven, links: Links) -> AnswerLine:
    return AnswerLine(answer.question, answer.choice, links.question(answer.question.key))


def _newest_advice(description: Description) -> tuple[ExplainedOutcome, ...]:
    """What the last answer brought: the advice of the rules that looked at it."""
    last = description.state.answers[-1:]
    return tuple(
        given
        for given in description.advice
        if any(set(last) & set(reason.answers) for reason in given.because)
    )
