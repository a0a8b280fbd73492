"""Builds the values that the templates show of a diagnostic, be it a visitor's or an editor's try.

The path of a diagnostic is the list of the questions asked and answered so far.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from diagnostics.descriptions import (
    TONES_TO_ACT_UPON,
    Description,
    ExplainedOutcome,
    describe_answers,
    describe_state,
)
from diagnostics.services import QuestionNotAskedError
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers, ChoiceContent, GuideContent, Link, QuestionContent, Tone
from rules.engine.state import Status
from rules.proof.state_graph import StateGraph

CHOICE_MISSING = "Choisissez une réponse pour continuer"
CHOICE_UNKNOWN = "Cette réponse n’est pas dans la liste. Choisissez l’une des réponses proposées"

Page = dict[str, object]


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses that the pages link to."""

    start: str
    here: str
    """The page of the question being asked, or of the result."""
    question: Callable[[str], str]
    """Returns the page of the question with a given key; its form is sent there by POST."""
    another_pupil: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer on the path. `change` is the address of the page that changes it."""

    question: QuestionContent
    choice: ChoiceContent
    change: str


def wrong_choice_sentence(choice: str) -> str:
    """Returns the error for a choice that is missing (empty), or that the question does not have."""
    return CHOICE_UNKNOWN if choice else CHOICE_MISSING


def start_page(guide: GuideContent, answers: Answers) -> Page:
    """Returns what a start page shows. `answers` come from its address, where a link put them."""
    return {"guide": guide, "given": describe_answers(guide, answers)}


def state_page(
    compiled: CompiledGuide, answers: Answers, links: Links, graph: StateGraph | None = None
) -> tuple[str, Page]:
    """Returns the template of a question or of a result, and what that page shows."""
    key = compiled.resolve(answers).question
    if key:
        page = question_page(compiled, answers, links, key, graph=graph)
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
    """Returns what the page of a question shows.

    `graph` has all states of the guide: without it, the page does not say how many questions are
    left. Raises `QuestionNotAskedError` if the question is neither on the path nor being asked.
    """
    guide, state = compiled.guide, compiled.resolve(answers)
    path = [question for question, _ in state.answers]
    if key not in {state.question, *path}:
        raise QuestionNotAskedError(state.question)
    position = path.index(key) if key in path else len(path)
    description = describe_state(guide, state)
    newest = _advice_of_last_answer(description) if key == state.question else ()
    after = None
    if graph:
        least, most = graph.remaining[graph.state_after(guide, dict(state.answers[:position]))]
        after = (least - 1, most - 1)
    return _common_part(guide, answers, description, links) | {
        "question": guide.question[key],
        "action": links.question(key),
        "number": position + 1,
        "after": after,
        "back": links.question(path[position - 1]) if position else links.start,
        "checked": dict(state.answers).get(key),
        "is_change": key != state.question,
        "newest_advice": newest,
        "earlier_advice": [given for given in description.advice if given not in newest],
        "error": error,
    }


def _result_page(compiled: CompiledGuide, answers: Answers, links: Links) -> Page:
    """Returns what the page of a result shows.

    The conclusions to act upon are shown as numbered steps, and the other conclusions as notes. If
    there is none to act upon, all are shown as steps.
    """
    guide, state = compiled.guide, compiled.resolve(answers)
    description = describe_state(guide, state)
    advice = description.advice
    outcomes = description.outcomes
    steps = [given for given in outcomes if given.outcome.tone in TONES_TO_ACT_UPON]
    steps = steps or list(outcomes)
    notes = [given for given in outcomes if given not in steps]
    return _common_part(guide, answers, description, links) | {
        "back": links.question(state.answers[-1][0]) if state.answers else links.start,
        "is_stuck": state.status is Status.STUCK,
        "steps": steps,
        "notes": notes,
        "reasons": [*steps, *notes],
        "support_links": _support_links(description),
        "still_to_do": [given for given in advice if given.outcome.tone is Tone.ACTION],
        "earlier_advice": [given for given in advice if given.outcome.tone is not Tone.ACTION],
    }


def _support_links(description: Description) -> list[Link]:
    """Returns links to support, if a conclusion sends the visitor there or no rule concludes."""
    if description.state.status is Status.STUCK:
        return [Link("Contacter le support Pix", settings.SUPPORT_URL)]
    outcomes = (given.outcome for given in description.outcomes)
    return [o.link for o in outcomes if o.link and o.tone is Tone.CONTACT]


def _common_part(
    guide: GuideContent, answers: Answers, description: Description, links: Links
) -> Page:
    """Returns what the pages of questions and of results both show.

    `set_aside` are the answers off the path, which do not count at present.
    """
    set_aside = {question: answers[question] for question in description.state.ignored}
    return {
        "guide": guide,
        "links": links,
        "answers": [
            AnswerLine(given.question, given.choice, links.question(given.question.key))
            for given in description.answers
        ],
        "set_aside": describe_answers(guide, set_aside),
    }


def _advice_of_last_answer(description: Description) -> tuple[ExplainedOutcome, ...]:
    """Returns the advice given by rules that hold because of the last answer."""
    last = description.state.answers[-1:]
    return tuple(
        given
        for given in description.advice
        if any(set(last) & set(reason.answers) for reason in given.because)
    )
