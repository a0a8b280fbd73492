"""A state in words: what the API answers and what the pages show."""

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

TO_DO = frozenset({Tone.ACTION, Tone.CONTACT})
"""Of conclusions, these are the headline: the others stand after them."""


@dataclass(frozen=True, slots=True)
class Because:
    """A rule that gave an outcome, as a sentence, and the answers that decided."""

    rule: str
    sentence: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class ExplainedOutcome:
    outcome: OutcomeContent
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    question: QuestionContent
    choice: ChoiceContent


@dataclass(frozen=True, slots=True)
class Description:
    """A state with the guide's own words in place of keys."""

    state: State
    answers: tuple[AnswerGiven, ...]
    question: QuestionContent | None
    advice: tuple[ExplainedOutcome, ...]
    outcomes: tuple[ExplainedOutcome, ...]
    remaining: tuple[int, int] | None
    """How many questions are still to be answered, at least and at most, where that is known."""


def describe_state(
    guide: GuideContent, state: State, graph: StateGraph | None = None
) -> Description:
    """`graph` are the states of the guide as they were proved."""
    return Description(
        state=state,
        answers=describe_answers(guide, dict(state.answers)),
        question=guide.question[state.question] if state.question else None,
        advice=tuple(_advice(guide, given) for given in state.advice),
        outcomes=tuple(_advice(guide, given) for given in state.outcomes),
        remaining=_remaining(guide, state, graph),
    )


def describe_answers(guide: GuideContent, answers: Answers) -> tuple[AnswerGiven, ...]:
    return tuple(
        AnswerGiven(guide.question[question], guide.question[question].find_choice(choice))
        for question, choice in answers.items()
    )


def _remaining(
    guide: GuideContent, state: State, graph: StateGraph | None
) -> tuple[int, int] | None:
    if state.question is None:
        return 0, 0
    return graph.remaining[graph.state_after(guide, dict(state.answers))] if graph else None


def _advice(guide: GuideContent, given: GivenOutcome) -> ExplainedOutcome:
    return ExplainedOutcome(
        guide.outcome[given.outcome],
        tuple(
            Because(reason.rule, rule_sentence(guide, guide.rule[reason.rule]), reason.answers)
            for reason in given.because
        ),
    )
