"""What the templates show of a diagnostic: a visitor's own, or an editor's try."""

from collections.abc import Callable
from dataclasses import dataclass

from diagnostics.descriptions import Advice, AnswerGiven, Description, describe
from diagnostics.services import NotAskedError
from rules.engine.guide import Answers, Choice, Guide, Question, Tone
from rules.engine.state import State, Status
from rules.proof.states import StateGraph

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
    question: Question
    choice: Choice
    change: str
    """The address where it is changed."""


def what_is_wrong(choice: str) -> str:
    """Of a choice that the question does not have: what its page says."""
    return UNKNOWN if choice else MISSING


def standing_page(
    guide: Guide, state: State, links: Links, graph: StateGraph | None = None
) -> tuple[str, Page]:
    """The template for where a diagnostic stands, and what it shows."""
    if state.question:
        page = question_page(guide, state, links, state.question, graph=graph)
        return "diagnostics/question.html", page
    return "diagnostics/result.html", _result_page(guide, state, links)


def question_page(
    guide: Guide,
    state: State,
    links: Links,
    key: str,
    error: str = "",
    graph: StateGraph | None = None,
) -> Page:
    """Raises `NotAskedError` for a question that is neither on the path nor the one asked.

    With the `graph` of the guide, it tells how many questions come after this one.
    """
    path = [question for question, _ in state.answers]
    if key not in {state.question, *path}:
        raise NotAskedError(state.question)
    at = path.index(key) if key in path else len(path)
    description = describe(guide, state)
    return _page(guide, description, links) | {
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


def _after(guide: Guide, graph: StateGraph, before: Answers) -> tuple[int, int]:
    """How many questions come after the one that follows these answers, at least and at most."""
    least, most = graph.remaining[graph.after(guide, before)]
    return least - 1, most - 1


def _result_page(guide: Guide, state: State, links: Links) -> Page:
    description = describe(guide, state)
    advice = description.advice
    return _page(guide, description, links) | {
        "back": links.question(state.answers[-1][0]) if state.answers else links.start,
        "is_stuck": state.status is Status.STUCK,
        "outcomes": description.outcomes,
        "still_to_do": [given for given in advice if given.outcome.tone is Tone.ACTION],
        "earlier_advice": [given for given in advice if given.outcome.tone is not Tone.ACTION],
    }


def _page(guide: Guide, description: Description, links: Links) -> Page:
    lines = [_line(answer, links) for answer in description.answers]
    return {"guide": guide, "links": links, "answers": lines}


def _line(answer: AnswerGiven, links: Links) -> AnswerLine:
    return AnswerLine(answer.question, answer.choice, links.question(answer.question.key))


def _newest_advice(description: Description) -> tuple[Advice, ...]:
    """What the last answer brought: the advice of the rules that looked at it."""
    last = description.state.answers[-1:]
    return tuple(
        given
        for given in description.advice
        if any(set(last) & set(reason.answers) for reason in given.because)
    )
