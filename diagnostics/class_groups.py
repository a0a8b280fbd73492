"""A class of numbered pupils, sorted by what is asked of them or said to them. No name is known."""

from collections.abc import Iterable
from dataclasses import dataclass

from diagnostics.descriptions import TO_DO, Description
from rules.engine.content import GuideContent, OutcomeContent, QuestionContent, Tone

MAX_PUPILS = 200


@dataclass(frozen=True, slots=True)
class PupilGroup:
    """The pupils, numbered from 1, of whom the same is asked, or to whom the same is said.

    Where neither is, the guide says nothing to their answers.
    """

    question: QuestionContent | None
    outcomes: tuple[OutcomeContent, ...]
    pupils: tuple[int, ...]


def group_pupils(guide: GuideContent, pupils: Iterable[Description]) -> list[PupilGroup]:
    """Those who are asked something first, then those who have ended, each in the guide's order."""
    numbers: dict[tuple[QuestionContent | None, tuple[OutcomeContent, ...]], list[int]] = {}
    for number, pupil in enumerate(pupils, 1):
        said = sorted((given.outcome for given in pupil.outcomes), key=_is_only_told)
        numbers.setdefault((pupil.question, tuple(said)), []).append(number)
    groups = [PupilGroup(*alike, tuple(who)) for alike, who in numbers.items()]
    return sorted(groups, key=lambda group: _place(guide, group))


def group_advice_to_act_upon(
    guide: GuideContent, pupils: Iterable[Description]
) -> list[PupilGroup]:
    """The advice to act upon, in the guide's order, each with those who were given it."""
    numbers: dict[OutcomeContent, list[int]] = {}
    for number, pupil in enumerate(pupils, 1):
        for given in pupil.advice:
            if given.outcome.tone is Tone.ACTION:
                numbers.setdefault(given.outcome, []).append(number)
    groups = [PupilGroup(None, (outcome,), tuple(who)) for outcome, who in numbers.items()]
    return sorted(groups, key=lambda group: _place(guide, group))


def _is_only_told(outcome: OutcomeContent) -> bool:
    return outcome.tone not in TO_DO


def _place(guide: GuideContent, group: PupilGroup) -> tuple[int, list[int]]:
    if group.question:
        return 0, [guide.questions.index(group.question)]
    if group.outcomes:
        return 1, [guide.outcomes.index(outcome) for outcome in group.outcomes]
    return 2, []
