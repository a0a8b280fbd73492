"""A class of numbered pupils in groups: the same question is asked, or the same conclusions given.

No name is known here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from diagnostics.descriptions import TONES_TO_ACT_UPON, Description
from rules.engine.content import GuideContent, OutcomeContent, QuestionContent, Tone

MAX_PUPILS = 200


@dataclass(frozen=True, slots=True)
class PupilGroup:
    """The numbers, from 1, of the pupils who have the same question or the same outcomes.

    A group with neither holds the pupils whose answers the guide does not foresee.
    """

    question: QuestionContent | None
    outcomes: tuple[OutcomeContent, ...]
    pupils: tuple[int, ...]


def group_pupils(guide: GuideContent, pupils: Iterable[Description]) -> list[PupilGroup]:
    """Returns the groups with a question first, then the ended ones, each in the guide's order."""
    numbers: dict[tuple[QuestionContent | None, tuple[OutcomeContent, ...]], list[int]] = {}
    for number, pupil in enumerate(pupils, 1):
        conclusions = sorted(
            (given.outcome for given in pupil.outcomes),
            key=lambda outcome: outcome.tone not in TONES_TO_ACT_UPON,
        )
        numbers.setdefault((pupil.question, tuple(conclusions)), []).append(number)
    groups = [
        PupilGroup(question, outcomes, tuple(group))
        for (question, outcomes), group in numbers.items()
    ]
    return sorted(groups, key=lambda group: _order_in_guide(guide, group))


def group_advice_to_act_upon(
    guide: GuideContent, pupils: Iterable[Description]
) -> list[PupilGroup]:
    """Returns a group for each advice to act upon, in the guide's order."""
    numbers: dict[OutcomeContent, list[int]] = {}
    for number, pupil in enumerate(pupils, 1):
        for given in pupil.advice:
            if given.outcome.tone is Tone.ACTION:
                numbers.setdefault(given.outcome, []).append(number)
    groups = [PupilGroup(None, (outcome,), tuple(group)) for outcome, group in numbers.items()]
    return sorted(groups, key=lambda group: _order_in_guide(guide, group))


def _order_in_guide(guide: GuideContent, group: PupilGroup) -> tuple[int, list[int]]:
    if group.question:
        return 0, [guide.questions.index(group.question)]
    if group.outcomes:
        return 1, [guide.outcomes.index(outcome) for outcome in group.outcomes]
    return 2, []
