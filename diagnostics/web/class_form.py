"""The form of a whole class: it carries all answers, since nothing is stored.

`ecole-QUESTION` is an answer about the school. `eleve-NUMBER` is all that is known of a pupil, as
`question:choice` pairs, sent several times: later pairs change earlier ones, and a pair without a
choice is a question left without an answer, which takes that of `tous-QUESTION`.
"""

import re
from dataclasses import dataclass

from django.http import QueryDict

from diagnostics.class_groups import MAX_PUPILS
from rules.engine.content import Answers, GuideContent, Scope
from rules.engine.resolve import known_answers

WRONG_COUNT = f"Indiquez un nombre d’élèves, de 1 à {MAX_PUPILS}"
FEWER = "Des élèves ne peuvent pas être retirés\u00a0: recommencez pour en avoir moins"


@dataclass(frozen=True, slots=True)
class ClassForm:
    """What was sent, without what the guide does not know."""

    school: Answers
    pupils: tuple[Answers, ...]
    count: str
    """The number of pupils; where it is wrong, as it was typed."""
    error: str
    modified: int | None
    """The pupil whose answers are to be shown again."""

    @property
    def kept(self) -> list[str]:
        """What the next form carries of each pupil."""
        return [" ".join(f"{key}:{choice}" for key, choice in own.items()) for own in self.pupils]


def read_class_form(guide: GuideContent, sent: QueryDict) -> ClassForm:
    """Pupils may be added, never taken away: a slip of the finger would lose their answers."""
    typed, already = sent.get("combien", ""), _pupils_sent(sent)
    asked, modified = _number(typed), _number(sent.get("modifier", ""))
    count = max(asked or 0, already)
    return ClassForm(
        school=_known(
            guide, Scope.SCHOOL, {q.key: _one(sent, "ecole", q.key) for q in guide.questions}
        ),
        pupils=tuple(_pupil(guide, sent, number) for number in range(1, count + 1)),
        count=str(count) if asked else typed,
        error=_wrong_count(asked, already),
        modified=modified if modified and modified <= count else None,
    )


def _wrong_count(asked: int | None, already: int) -> str:
    if asked is None:
        return WRONG_COUNT
    return FEWER if asked < already else ""


def _number(text: str) -> int | None:
    number = int(text) if re.fullmatch(r"\s*[0-9]{1,3}\s*", text) else 0
    return number if 1 <= number <= MAX_PUPILS else None


def _pupils_sent(sent: QueryDict) -> int:
    numbers = range(1, MAX_PUPILS + 1)
    return max((number for number in numbers if f"eleve-{number}" in sent), default=0)


def _pupil(guide: GuideContent, sent: QueryDict, number: int) -> Answers:
    pairs = " ".join(sent.getlist(f"eleve-{number}")).split()
    given = {}
    for pair in pairs:
        question, _, choice = pair.partition(":")
        given[question] = choice or _one(sent, "tous", question)
    return _known(guide, Scope.PUPIL, given)


def _one(sent: QueryDict, name: str, question: str) -> str:
    return sent.get(f"{name}-{question}", "")


def _known(guide: GuideContent, scope: Scope, answers: Answers) -> Answers:
    known = known_answers(guide, answers).items()
    return {key: choice for key, choice in known if guide.question[key].scope is scope}
