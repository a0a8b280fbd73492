"""The requirements of cases in short French words, such as « si Méthode Pix Orga est Mail »."""

from collections.abc import Iterable, Set

from rules.engine.content import ConditionContent, GuideContent, Match, Operator
from rules.engine.operators import OPERATORS
from rules.parcours.stops import Case, Line, Requirement
from rules.sentences import quote_text, shorten_title

OTHERWISE = "sinon"


def case_words(guide: GuideContent, line: Line, case: Case, *, is_shared: bool = False) -> str:
    """Returns when a line leads to the place of a case; empty if it always leads there.

    If `is_shared`, the words of comparisons do not depend on the choice of the line, so that several
    lines may have the same ones: « si même réponse qu’à Méthode Pix Orga ».
    """
    if not case.requirements:
        return OTHERWISE if len(line.cases) > 1 else ""
    compared = _compared_questions(guide, line, case) if is_shared else frozenset()
    return requirement_words(guide, line.choice, case.requirements, compared)


def _compared_questions(guide: GuideContent, line: Line, case: Case) -> frozenset[str]:
    """Returns the questions with which the rules of a case compare the question of its line."""
    conditions = [condition for rule in case.rules for condition in guide.rules[rule].when]
    pairs = [{condition.question, condition.other} for condition in conditions if condition.other]
    return frozenset().union(*(pair - {line.question} for pair in pairs if line.question in pair))


def requirement_words(
    guide: GuideContent,
    choice: str,
    requirements: Iterable[Requirement],
    compared: Set[str] = frozenset(),
) -> str:
    """Returns requirements as a clause that begins with « si »; empty if there are none.

    `choice` is the key of the choice of their line. If it must be the answer to one of the `compared`
    questions as well, or must not be, the words do not name it.
    """
    parts = []
    for match, conditions in requirements:
        words = [_condition_words(guide, choice, condition, compared) for condition in conditions]
        parts += words if match is Match.ALL else [" ou ".join(words)]
    if len(parts) > 1:
        parts = [f"({part})" if " ou " in part else part for part in parts]
    return f"si {' et '.join(parts)}" if parts else ""


def _condition_words(
    guide: GuideContent, choice: str, condition: ConditionContent, compared: Set[str]
) -> str:
    if condition.question in compared and condition.choices == (choice,):
        beginning = "même" if condition.operator is Operator.IS else "autre"
        return f"{beginning} réponse qu’à {_question_words(guide, condition.question)}"
    question = guide.question[condition.question]
    labels = [question.find_choice(key).label for key in condition.choices]
    sentence = OPERATORS[condition.operator].sentence
    if condition.operator is Operator.IS and condition.choices == (choice,):
        sentence = "{question} est aussi {choices}"
    if condition.operator is Operator.IS_NOT and len(labels) > 1:
        sentence, labels = "{question} n’est ni {choices}", [" ni ".join(labels)]
    return sentence.format(
        question=_question_words(guide, condition.question),
        choices=" ou ".join(labels),
        other=_question_words(guide, condition.other),
    )


def _question_words(guide: GuideContent, key: str) -> str:
    question = guide.question.get(key)
    if question is None:
        return ""
    return question.short or quote_text(shorten_title(question.title))
