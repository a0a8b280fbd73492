"""Creates examples from tries, and updates them.

Such an example has the answers of the try to the questions that were asked (its path), and expects
the conclusions that they lead to on the draft.
"""

from django.db import transaction

from diagnostics.answered_guide import AnsweredGuide
from rules.drafts.compiled_drafts import compiled_draft
from rules.drafts.rows import example_update, row_create
from rules.edits.acts.example_acts import example_name
from rules.engine.content import Answers, GuideContent
from rules.engine.state import State, Status
from rules.models import Choice, Example, Guide, Outcome


class NotConcludedError(ValueError):
    """The answers lead to no conclusion, which an example needs."""


class ExampleExistsError(ValueError):
    """An example has the same answers already."""


@transaction.atomic
def example_create_from_answers(*, guide: Guide, draft: GuideContent, answers: Answers) -> Example:
    """Creates an example from the answers of a try. `draft` was read when the guide was locked.

    Raises `NotConcludedError`, `ExampleExistsError` and `UnknownAnswerError`.
    """
    concluded = _answer_draft(draft, answers)
    if find_identical_example(concluded) is not None:
        raise ExampleExistsError
    example = Example(guide=guide, name=example_name(concluded.guide, concluded.state))
    row_create(row=example, title="")
    _set_example(example, guide, concluded.state)
    return example


@transaction.atomic
def example_update_from_answers(*, guide: Guide, draft: GuideContent, answers: Answers) -> Example:
    """Makes the example with these answers expect the conclusions that they lead to on the draft.

    `draft` was read when the guide was locked.
    Raises `Example.DoesNotExist`, `NotConcludedError` and `UnknownAnswerError`.
    """
    concluded = _answer_draft(draft, answers)
    position = find_identical_example(concluded)
    if position is None:
        raise Example.DoesNotExist
    example = guide.examples.all()[position]
    _set_example(example, guide, concluded.state)
    return example


def find_identical_example(answered: AnsweredGuide) -> int | None:
    """Returns the position of the draft's example that has the answers of the path, if any."""
    path = dict(answered.state.answers)
    examples = enumerate(answered.guide.examples)
    return next((position for position, example in examples if example.answers == path), None)


def example_expects_conclusions(answered: AnsweredGuide, position: int) -> bool:
    """True if the draft's example at this position expects the conclusions of the answers."""
    conclusions = tuple(given.outcome for given in answered.state.outcomes)
    return answered.guide.examples[position].outcomes == conclusions


def _answer_draft(draft: GuideContent, answers: Answers) -> AnsweredGuide:
    """Returns the draft with the answers. Raises `NotConcludedError` without a conclusion."""
    answered = AnsweredGuide(compiled_draft(draft), answers)
    if answered.state.status is not Status.COMPLETED:
        raise NotConcludedError
    return answered


def _set_example(example: Example, guide: Guide, state: State) -> None:
    """Gives the example the answers of the state's path and the state's conclusions."""
    keys = dict(state.answers)
    choices = Choice.objects.filter(question__guide=guide, question__key__in=keys)
    outcomes = {outcome.key: outcome for outcome in Outcome.objects.filter(guide=guide)}
    example_update(
        example=example,
        answers={
            choice.question: choice
            for choice in choices.select_related("question")
            if keys[choice.question.key] == choice.key
        },
        outcomes=[outcomes[given.outcome] for given in state.outcomes],
    )
