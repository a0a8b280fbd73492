"""Groups the pupils of a class by their question, their conclusions or their advice.

Pupils are known by their number, from 1: their names never leave the browser.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from diagnostics.answered_guide import AnsweredGuide
from rules.engine.content import GuideContent, OutcomeContent, QuestionContent

MAX_PUPILS = 200


@dataclass(frozen=True, slots=True)
class PupilGroup:
    """Pupils with the same question, or with the same outcomes.

    A group without question and outcomes has the pupils for whom no rule of the guide concludes.
    """

    question: QuestionContent | None
    outcomes: tuple[OutcomeContent, ...]
    pupils: tuple[int, ...]
    """The numbers of the pupils."""


def group_pupils(guide: GuideContent, pupils: Iterable[AnsweredGuide]) -> list[PupilGroup]:
    """Returns the groups with a question, then those with conclusions, then those with neither.

    Questions and conclusions are in the order of the guide.
    """
    numbers: dict[tuple[QuestionContent | None, tuple[OutcomeContent, ...]], list[int]] = {}
    for number, pupil in enumerate(pupils, 1):
        outcomes = [given.outcome for given in pupil.outcomes]
        conclusions = sorted(outcomes, key=lambda outcome: outcome.comes_last)
        numbers.setdefault((pupil.question, tuple(conclusions)), []).append(number)
    groups = [
        PupilGroup(question, outcomes, tuple(group))
        for (question, outcomes), group in numbers.items()
    ]
    return sorted(groups, key=lambda group: _order_in_guide(guide, group))


def group_advice_to_act_upon(
    guide: GuideContent, pupils: Iterable[AnsweredGuide]
) -> list[PupilGroup]:
    """Returns the pupils who got each advice that asks for an action, in the guide's order."""
    numbers: dict[OutcomeContent, list[int]] = {}
    for number, pupil in enumerate(pupils, 1):
        for given in pupil.advice:
            if given.outcome.is_to_do:
                numbers.setdefault(given.outcome, []).append(number)
    groups = [PupilGroup(None, (outcome,), tuple(group)) for outcome, group in numbers.items()]
    return sorted(groups, key=lambda group: _order_in_guide(guide, group))


def _order_in_guide(guide: GuideContent, group: PupilGroup) -> tuple[int, list[int]]:
    if group.question:
        return 0, [guide.questions.index(group.question)]
    if group.outcomes:
        return 1, [guide.outcomes.index(outcome) for outcome in group.outcomes]
    return 2, []
