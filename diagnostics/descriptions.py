"""The state of a diagnostic with the guide's texts in place of keys, for the API and the pages."""

from dataclasses import dataclass

from rules.engine.content import (
    Answers,
    ChoiceContent,
    GuideContent,
    OutcomeContent,
    QuestionContent,
    Tone,
)
from rules.engine.state import Answer, GivenOutcome, State
from rules.proof.state_graph import StateGraph
from rules.sentences import rule_sentence

TONES_TO_ACT_UPON = frozenset({Tone.ACTION, Tone.CONTACT})
"""The result page shows the conclusions with these tones first."""


@dataclass(frozen=True, slots=True)
class Because:
    """A rule that gave an outcome, as a sentence, with the answers that made it hold."""

    rule: str
    sentence: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class ExplainedOutcome:
    """An advice or a conclusion that was given, with the rules that gave it."""

    outcome: OutcomeContent
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """A question with the choice that answers it."""

    question: QuestionContent
    choice: ChoiceContent


@dataclass(frozen=True, slots=True)
class Description:
    """A state whose questions, choices and outcomes are those of the guide, in place of their keys."""

    state: State
    answers: tuple[AnswerGiven, ...]
    question: QuestionContent | None
    advice: tuple[ExplainedOutcome, ...]
    outcomes: tuple[ExplainedOutcome, ...]
    remaining: tuple[int, int] | None
    """The smallest and the largest number of questions left, or `None` without a complete proof."""


def describe_state(
    guide: GuideContent, state: State, graph: StateGraph | None = None
) -> Description:
    """Describes a state. `graph` has all states of the guide, and is needed to know `remaining`."""
    remaining: tuple[int, int] | None = None
    if state.question is None:
        remaining = (0, 0)
    elif graph:
        remaining = graph.remaining[graph.state_after(guide, dict(state.answers))]
    return Description(
        state=state,
        answers=describe_answers(guide, dict(state.answers)),
        question=guide.question[state.question] if state.question else None,
        advice=tuple(_explain_outcome(guide, given) for given in state.advice),
        outcomes=tuple(_explain_outcome(guide, given) for given in state.outcomes),
        remaining=remaining,
    )


def describe_answers(guide: GuideContent, answers: Answers) -> tuple[AnswerGiven, ...]:
    return tuple(
        AnswerGiven(guide.question[question], guide.question[question].find_choice(choice))
        for question, choice in answers.items()
    )


def _explain_outcome(guide: GuideContent, given: GivenOutcome) -> ExplainedOutcome:
    return ExplainedOutcome(
        guide.outcome[given.outcome],
        tuple(
            Because(reason.rule, rule_sentence(guide, guide.rule[reason.rule]), reason.answers)
            for reason in given.because
        ),
    )
