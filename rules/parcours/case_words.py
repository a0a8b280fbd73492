"""The requirements of cases in short French words, such as « si Méthode Pix Orga est Mail »."""

from collections.abc import Iterable

from rules.engine.content import ConditionContent, GuideContent, Match, Operator
from rules.engine.operators import OPERATORS
from rules.parcours.stops import Case, Line, Requirement
from rules.sentences import quote_text, shorten_title

OTHERWISE = "sinon"


def case_words(guide: GuideContent, line: Line, case: Case) -> str:
    """Returns when a line leads to the place of a case; empty if it always leads there."""
    if case.requirements:
        return requirement_words(guide, line.choice, case.requirements)
    return OTHERWISE if len(line.cases) > 1 else ""


def requirement_words(guide: GuideContent, choice: str, requirements: Iterable[Requirement]) -> str:
    """Returns requirements as a clause that begins with « si »; empty if there are none.

    `choice` is the key of the choice of their line.
    """
    parts = []
    for match, conditions in requirements:
        words = [_condition_words(guide, choice, condition) for condition in conditions]
        parts += words if match is Match.ALL else [" ou ".join(words)]
    if len(parts) > 1:
        parts = [f"({part})" if " ou " in part else part for part in parts]
    return f"si {' et '.join(parts)}" if parts else ""


def _condition_words(guide: GuideContent, choice: str, condition: ConditionContent) -> str:
    question = guide.question[condition.question]
    labels = [question.find_choice(key).label for key in condition.choices]
    sentence = OPERATORS[condition.operator].sentence
    if condition.operator is Operator.IS and condition.choices == (choice,):
        sentence = sentence.replace("est", "est aussi")
    if condition.operator is Operator.IS_NOT and len(labels) > 1:
        sentence, labels = "{question} n’est ni {choices}", [" ni ".join(labels)]
    return sentence.format(
        question=_question_words(guide, condition.question),
        choices=" ou ".join(labels),
        other=_question_words(guide, condition.other),
    )


def _question_words(guide: GuideContent, key: str) -> str:
    return quote_text(shorten_title(guide.question[key].title)) if key else ""
