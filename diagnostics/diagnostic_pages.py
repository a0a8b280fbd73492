"""Builds the values that the templates show of a diagnostic, be it a visitor's or an editor's try.

The path of a diagnostic is the list of the questions asked and answered so far.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from diagnostics.answered_guide import AnsweredGuide, describe_answers
from rules.engine.content import ChoiceContent, Link, QuestionContent, Tone
from rules.engine.state import Status

CHOICE_MISSING = "Choisissez une réponse pour continuer"
CHOICE_UNKNOWN = "Cette réponse n’est pas dans la liste. Choisissez l’une des réponses proposées"

Context = dict[str, object]


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


def start_page(answered: AnsweredGuide) -> Context:
    """Returns what a start page shows. The answers come from its address, where a link put them."""
    guide = answered.guide
    return {"guide": guide, "given": describe_answers(guide, answered.answers)}


def state_page(answered: AnsweredGuide, links: Links) -> tuple[str, Context]:
    """Returns the template of a question or of a result, and what that page shows."""
    key = answered.state.question
    if key:
        return "diagnostics/question.html", question_page(answered, links, key)
    return "diagnostics/result.html", _result_page(answered, links)


def question_page(answered: AnsweredGuide, links: Links, key: str, error: str = "") -> Context:
    """Returns what the page of a question shows, with an `error` about the choice, if any.

    Raises `QuestionNotAskedError` if the question is neither on the path nor being asked.
    """
    asked = answered.find_asked_question(key)
    newest = () if asked.choice else answered.newest_advice
    acts = [given for given in newest if given.outcome.is_to_do]
    earlier = [given for given in answered.advice if given not in newest]
    return _common_part(answered, links) | {
        "question": asked.question,
        "action": links.question(key),
        "number": asked.number,
        "after": asked.after,
        "back": links.question(asked.previous) if asked.previous else links.start,
        "checked": asked.choice,
        "is_change": asked.choice is not None,
        "newest_acts": acts,
        "newest_advice": [given for given in newest if given not in acts],
        "earlier_acts": [given for given in earlier if given.outcome.is_to_do],
        "reminders": [given for given in earlier if not given.outcome.is_to_do],
        "error": error,
    }


def _result_page(answered: AnsweredGuide, links: Links) -> Context:
    """Returns what the page of a result shows, in the order in which visitors act.

    What the school has to do comes first, then what has to be done for the pupil, then the other
    conclusions. If nobody has anything to do, these conclusions take the place of what is to be done.
    """
    state, school, acts = answered.state, answered.school_advice, answered.pupil_acts
    others = answered.other_conclusions
    has_acts = bool(school or acts)
    return _common_part(answered, links) | {
        "back": links.question(state.answers[-1][0]) if state.answers else links.start,
        "is_stuck": state.status is Status.STUCK,
        "is_about_pupil": answered.is_about_pupil,
        "has_acts": has_acts,
        "school_steps": school,
        "steps": acts if has_acts else others,
        "notes": others if has_acts else (),
        "first_step": len(school) + 1,
        "reasons": [*school, *acts, *others],
        "support_links": _support_links(answered),
        "reminders": [
            given
            for given in answered.advice
            if not given.outcome.is_to_do and given.outcome.tone is not Tone.SUCCESS
        ],
    }


def _support_links(answered: AnsweredGuide) -> list[Link]:
    """Returns links to support, if a conclusion sends the visitor there or no rule concludes."""
    if answered.state.status is Status.STUCK:
        return [Link("Contacter le support Pix", settings.SUPPORT_URL)]
    outcomes = (given.outcome for given in answered.outcomes)
    return [o.link for o in outcomes if o.link and o.tone is Tone.CONTACT]


def _common_part(answered: AnsweredGuide, links: Links) -> Context:
    """Returns what the pages of questions and of results both show."""
    return {
        "guide": answered.guide,
        "links": links,
        "answers": [
            AnswerLine(given.question, given.choice, links.question(given.question.key))
            for given in answered.path
        ],
        "ignored": answered.ignored,
    }
