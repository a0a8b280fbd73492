"""Reads the form of a whole class, which contains all answers, since nothing is stored.

- `combien`: the number of pupils. `modifier`: the number of the pupil whose answers to change.
- `ecole-QUESTION`: an answer about the school.
- `eleve-NUMBER`: the answers of a pupil, as pairs `question:choice` separated by spaces. The field
  may be sent several times: a later pair replaces an earlier one of the same question.
- `tous-QUESTION`: the answer of the pupils whose pair for this question has no choice (`question:`).
"""

import re
from dataclasses import dataclass

from django.http import QueryDict

from diagnostics.class_groups import MAX_PUPILS
from rules.engine.content import Answers, GuideContent, Scope
from rules.engine.resolve import known_answers

WRONG_COUNT = f"Indiquez un nombre d’élèves, de 1 à {MAX_PUPILS}"
FEWER_PUPILS = "Des élèves ne peuvent pas être retirés\u00a0: recommencez pour en avoir moins"


@dataclass(frozen=True, slots=True)
class ClassForm:
    """A form as it was sent, without the answers that the guide does not know."""

    school: Answers
    pupils: tuple[Answers, ...]
    count: str
    """The number of pupils or, if it is wrong, the text that was typed."""
    error: str
    modified: int | None
    """The number, from 1, of the pupil whose answers the next page lets the teacher change."""

    @property
    def carried(self) -> list[str]:
        """The values of the hidden fields `eleve-NUMBER` of the next form, one for each pupil."""
        return [
            " ".join(f"{key}:{choice}" for key, choice in answers.items())
            for answers in self.pupils
        ]


def read_class_form(guide: GuideContent, sent: QueryDict) -> ClassForm:
    """Reads a form. Its number of pupils may grow but not shrink, which would lose answers."""
    typed = sent.get("combien", "")
    numbers = range(1, MAX_PUPILS + 1)
    already = max((number for number in numbers if f"eleve-{number}" in sent), default=0)
    wanted, modified = _pupil_number(typed), _pupil_number(sent.get("modifier", ""))
    count = max(wanted or 0, already)
    error = WRONG_COUNT if wanted is None else FEWER_PUPILS if wanted < already else ""
    school = {q.key: sent.get(f"ecole-{q.key}", "") for q in guide.questions}
    return ClassForm(
        school=_known_answers_of_scope(guide, Scope.SCHOOL, school),
        pupils=tuple(_answers_of_pupil(guide, sent, number) for number in range(1, count + 1)),
        count=str(count) if wanted else typed,
        error=error,
        modified=modified if modified and modified <= count else None,
    )


def _pupil_number(text: str) -> int | None:
    """Returns the number in the text if it is from 1 to `MAX_PUPILS`, or `None`."""
    number = int(text) if re.fullmatch(r"\s*[0-9]{1,3}\s*", text) else 0
    return number if 1 <= number <= MAX_PUPILS else None


def _answers_of_pupil(guide: GuideContent, sent: QueryDict, number: int) -> Answers:
    answers = {}
    for pair in " ".join(sent.getlist(f"eleve-{number}")).split():
        question, _, choice = pair.partition(":")
        answers[question] = choice or sent.get(f"tous-{question}", "")
    return _known_answers_of_scope(guide, Scope.PUPIL, answers)


def _known_answers_of_scope(guide: GuideContent, scope: Scope, answers: Answers) -> Answers:
    known = known_answers(guide, answers).items()
    return {key: choice for key, choice in known if guide.question[key].scope is scope}
