"""What was tried becomes an example, or what an example expects."""

from collections.abc import Collection

from django.db import transaction

from rules.document.limits import TITLE_LENGTH
from rules.drafts.compiled_drafts import compiled_draft
from rules.drafts.content import draft_read
from rules.drafts.locks import guide_lock
from rules.drafts.rows import example_update, row_create
from rules.engine.content import Answers, GuideContent
from rules.engine.state import State, Status
from rules.models import Choice, Example, Guide, Outcome, Question
from rules.sentences import short_answer_labels


class NotConcludedError(ValueError):
    """Answers that do not lead to a conclusion: there is nothing an example could expect."""


class ExampleExistsError(ValueError):
    """An example has the same answers already."""


@transaction.atomic
def example_create_from_answers(*, guide: Guide, answers: Answers) -> Example:
    """An example of what the draft says to these answers: those on the path, the outcomes found.

    Raises `NotConcludedError`, `ExampleExistsError`, `UnknownAnswerError` and, of an unfinished
    draft, `DocumentError` and `RuleTooComplexError`.
    """
    draft, state = _concluded(guide, answers)
    if identical_example(draft, state) is not None:
        raise ExampleExistsError
    example = Example(guide=guide, name=example_name(draft, state))
    row_create(row=example, title="")
    example_update(
        example=example, answers=_answers(guide, state), outcomes=_outcomes(guide, state)
    )
    return example


@transaction.atomic
def example_update_from_answers(*, guide: Guide, answers: Answers) -> Example:
    """The example of these answers expects from now on what the draft concludes.

    Raises `Example.DoesNotExist`, and what `example_create_from_answers` does.
    """
    draft, state = _concluded(guide, answers)
    at = identical_example(draft, state)
    if at is None:
        raise Example.DoesNotExist
    example = guide.examples.all()[at]
    example_update(
        example=example, answers=_answers(guide, state), outcomes=_outcomes(guide, state)
    )
    return example


def identical_example(draft: GuideContent, state: State) -> int | None:
    """The position of the example whose answers are those on the path."""
    answers = dict(state.answers)
    same = (at for at, example in enumerate(draft.examples) if example.answers == answers)
    return next(same, None)


def example_expects(draft: GuideContent, at: int, state: State) -> bool:
    """Whether the example at this position expects what is concluded."""
    return draft.examples[at].outcomes == tuple(given.outcome for given in state.outcomes)


def example_name(draft: GuideContent, state: State) -> str:
    """« Conclusion (réponses qui ont décidé) », not the name of any other example."""
    outcomes = ", ".join(draft.outcome[given.outcome].title for given in state.outcomes)
    reasons = (reason for given in state.outcomes for reason in given.because)
    decided = {answer for reason in reasons for answer in reason.answers}
    words = short_answer_labels(draft, [answer for answer in state.answers if answer in decided])
    name = f"{outcomes} ({', '.join(words)})" if words else outcomes
    return _free(name, {example.name for example in draft.examples})


def _concluded(guide: Guide, answers: Answers) -> tuple[GuideContent, State]:
    draft = draft_read(guide_lock(guide=guide))
    state = compiled_draft(draft).resolve(answers)
    if state.status is not Status.COMPLETED:
        raise NotConcludedError
    return draft, state


def _free(name: str, taken: Collection[str]) -> str:
    free, number = _cut(name), 2
    while free in taken:
        free, number = _cut(name, f" – {number}"), number + 1
    return free


def _cut(name: str, mark: str = "") -> str:
    room = TITLE_LENGTH - len(mark)
    return f"{name}{mark}" if len(name) <= room else f"{name[: room - 1]}…{mark}"


def _answers(guide: Guide, state: State) -> dict[Question, Choice]:
    given = dict(state.answers)
    choices = Choice.objects.filter(question__guide=guide, question__key__in=given)
    return {
        choice.question: choice
        for choice in choices.select_related("question")
        if given[choice.question.key] == choice.key
    }


def _outcomes(guide: Guide, state: State) -> list[Outcome]:
    rows = {row.key: row for row in Outcome.objects.filter(guide=guide)}
    return [rows[given.outcome] for given in state.outcomes]
