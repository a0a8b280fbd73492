"""New questions and conclusions, which editors create where they lead an arrow. Their keys are made here."""

from dataclasses import dataclass, replace

from rules.document.keys import unused_key
from rules.engine.content import (
    ChoiceContent,
    GuideContent,
    OutcomeContent,
    QuestionContent,
    Scope,
    Tone,
)


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question that an act adds to a guide."""

    title: str
    choices: tuple[str, ...] = ()
    """The labels of its choices."""
    scope: Scope = Scope.PUPIL
    short: str = ""


@dataclass(frozen=True, slots=True)
class NewConclusion:
    """A conclusion that an act adds to a guide."""

    title: str
    tone: Tone = Tone.INFO


def add_question(
    guide: GuideContent, new: NewQuestion, *, after: str = ""
) -> tuple[GuideContent, QuestionContent]:
    """Returns a guide with a new question, and the question.

    It comes after the question with the key `after`, or last if there is none.
    """
    question = QuestionContent(
        unused_key(new.title, taken=guide.question, fallback="question"),
        new.title,
        make_choices(new.choices),
        scope=new.scope,
        short=new.short,
    )
    keys = [*guide.question]
    place = keys.index(after) + 1 if after else len(keys)
    questions = (*guide.questions[:place], question, *guide.questions[place:])
    return replace(guide, questions=questions), question


def make_choices(labels: tuple[str, ...]) -> tuple[ChoiceContent, ...]:
    """Returns choices with these labels, and with keys made from them."""
    choices: dict[str, ChoiceContent] = {}
    for label in labels:
        key = unused_key(label, taken=choices, fallback="choice")
        choices[key] = ChoiceContent(key, label)
    return tuple(choices.values())


def add_conclusion(guide: GuideContent, new: NewConclusion) -> tuple[GuideContent, OutcomeContent]:
    """Returns a guide with a new conclusion, which comes last, and the conclusion."""
    key = unused_key(new.title, taken=guide.outcome, fallback="outcome")
    outcome = OutcomeContent(key, new.title, final=True, tone=new.tone)
    return replace(guide, outcomes=(*guide.outcomes, outcome)), outcome
