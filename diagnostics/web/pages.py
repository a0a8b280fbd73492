"""What the templates show of a diagnostic."""

from django.http import Http404

from diagnostics.descriptions import Advice, Description, describe
from diagnostics.models import Session
from diagnostics.selectors import session_state
from diagnostics.services import NotAskedError
from rules.engine.guide import Tone
from rules.engine.state import Status
from rules.runtime import compiled_version

Page = dict[str, object]


def diagnostic_page(session: Session) -> tuple[str, Page]:
    """The template for where a diagnostic stands, and what it shows."""
    description = _described(session)
    if description.question:
        page = _question_page(session, description, description.question.key)
        return "diagnostics/question.html", page
    return "diagnostics/result.html", _result_page(session, description)


def question_page(session: Session, key: str, error: str = "") -> Page:
    """Raises `NotAskedError` for a question that is neither on the path nor the one asked."""
    if key not in compiled_version(session.version).guide.question:
        raise Http404
    return _question_page(session, _described(session), key) | {"error": error}


def _question_page(session: Session, description: Description, key: str) -> Page:
    asked = description.state.question
    path = [question for question, _ in description.state.answers]
    if key not in {asked, *path}:
        raise NotAskedError(asked)
    at = path.index(key) if key in path else len(path)
    newest = _newest_advice(description) if key == asked else ()
    return _page(session, description) | {
        "question": compiled_version(session.version).guide.question[key],
        "number": at + 1,
        "previous": path[at - 1] if at else None,
        "checked": dict(description.state.answers).get(key),
        "is_change": key != asked,
        "newest_advice": newest,
        "earlier_advice": [given for given in description.advice if given not in newest],
    }


def _result_page(session: Session, description: Description) -> Page:
    advice = description.advice
    return _page(session, description) | {
        "previous": next((question for question, _ in reversed(description.state.answers)), None),
        "is_stuck": description.state.status is Status.STUCK,
        "outcomes": description.outcomes,
        "still_to_do": [given for given in advice if given.outcome.tone is Tone.ACTION],
        "earlier_advice": [given for given in advice if given.outcome.tone is not Tone.ACTION],
    }


def _page(session: Session, description: Description) -> Page:
    return {
        "session": session,
        "guide": compiled_version(session.version).guide,
        "answers": description.answers,
    }


def _described(session: Session) -> Description:
    return describe(compiled_version(session.version).guide, session_state(session))


def _newest_advice(description: Description) -> tuple[Advice, ...]:
    """What the last answer brought: the advice of the rules that looked at it."""
    last = description.state.answers[-1:]
    return tuple(
        given
        for given in description.advice
        if any(set(last) & set(reason.answers) for reason in given.because)
    )
