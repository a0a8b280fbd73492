"""Groups the pupils of a class by their question or by what they have to do.

Pupils are known by their number, from 1: their names never leave the browser.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from diagnostics.answered_guide import AnsweredGuide
from rules.engine.content import GuideContent, OutcomeContent, QuestionContent

MAX_PUPILS = 200


@dataclass(frozen=True, slots=True)
class PupilGroup:
    """Pupils with the same question, or with the same conclusions and advice to act upon.

    The outcomes are in the order of a result: what has to be done comes first.
    """

    question: QuestionContent | None
    outcomes: tuple[OutcomeContent, ...]
    pupils: tuple[int, ...]
    """The numbers of the pupils."""

    @property
    def is_stuck(self) -> bool:
        """True if no rule of the guide concludes for these pupils, or asks them a question."""
        return not self.question and not any(outcome.final for outcome in self.outcomes)


def group_pupils(guide: GuideContent, pupils: Iterable[AnsweredGuide]) -> list[PupilGroup]:
    """Returns the groups with a question, then those with conclusions, then those with neither.

    Groups with something to do come before those with nothing to do. Otherwise, questions and
    conclusions are in the order of the guide.
    """
    numbers: dict[tuple[QuestionContent | None, tuple[OutcomeContent, ...]], list[int]] = {}
    for number, pupil in enumerate(pupils, 1):
        given = () if pupil.question else (*pupil.pupil_acts, *pupil.other_conclusions)
        outcomes = tuple(each.outcome for each in given)
        numbers.setdefault((pupil.question, outcomes), []).append(number)
    groups = [
        PupilGroup(question, outcomes, tuple(group))
        for (question, outcomes), group in numbers.items()
    ]
    return sorted(groups, key=lambda group: _rank_of_group(guide, group))


def find_school_acts(guide: GuideContent, pupils: Iterable[AnsweredGuide]) -> list[OutcomeContent]:
    """Returns the advice that the school has to act upon, in the guide's order."""
    found = {given.outcome for pupil in pupils for given in pupil.school_advice}
    return sorted(found, key=guide.outcomes.index)


def _rank_of_group(guide: GuideContent, group: PupilGroup) -> tuple[int, list[int]]:
    if group.question:
        return 0, [guide.questions.index(group.question)]
    has_acts = any(outcome.is_to_do for outcome in group.outcomes)
    kind = 3 if group.is_stuck else 1 if has_acts else 2
    return kind, [guide.outcomes.index(outcome) for outcome in group.outcomes]
