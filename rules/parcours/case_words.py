"""The requirements of cases in short French words, such as « si Méthode Pix Orga est Mail »."""

from collections.abc import Iterable

from rules.engine.content import (
    Answers,
    ConditionContent,
    GuideContent,
    Match,
    Operator,
    QuestionContent,
)
from rules.engine.operators import OPERATORS
from rules.parcours.stops import Case, Line, Requirement
from rules.sentences import question_name, quote_text, shorten_title

OTHERWISE = "sinon"
NUMBERED_QUESTION = "la question\u00a0"
"""How the name of a question begins if it is a number. It is then not the question that is a choice."""


def case_words(guide: GuideContent, line: Line, case: Case, *, is_shared: bool = False) -> str:
    """Returns when a line leads to the place of a case; empty if it always leads there.

    If `is_shared`, the words do not depend on the choice of the line, so that several lines may have
    the same ones: « si même réponse qu’à Méthode Pix Orga » if rules compare the two questions.
    """
    if not case.requirements:
        return OTHERWISE if len(line.cases) > 1 else ""
    if is_shared:
        compared = dict.fromkeys(_compared_questions(guide, line, case), line.choice)
        return requirement_words(guide, "", case.requirements, compared)
    return requirement_words(guide, line.choice, case.requirements)


def _compared_questions(guide: GuideContent, line: Line, case: Case) -> set[str]:
    """Returns the questions with which the rules of a case compare the question of its line."""
    conditions = [condition for rule in case.rules for condition in guide.rules[rule].when]
    pairs = [{condition.question, condition.other} for condition in conditions if condition.other]
    return {key for pair in pairs if line.question in pair for key in pair - {line.question}}


def requirement_words(
    guide: GuideContent,
    choice: str,
    requirements: Iterable[Requirement],
    compared: Answers | None = None,
) -> str:
    """Returns requirements as a clause that begins with « si »; empty if there are none.

    `choice` is the key of the choice of their line, for « est aussi ». If an answer in `compared` is
    required or excluded, the words do not name it: « même réponse qu’à … ».
    """
    parts = []
    for match, conditions in requirements:
        words = [
            _condition_words(guide, choice, condition, compared or {}) for condition in conditions
        ]
        parts += words if match is Match.ALL else [" ou ".join(words)]
    if len(parts) > 1:
        parts = [f"({part})" if " ou " in part else part for part in parts]
    return f"si {' et '.join(parts)}" if parts else ""


def _condition_words(
    guide: GuideContent, choice: str, condition: ConditionContent, compared: Answers
) -> str:
    if condition.choices == (compared.get(condition.question),):
        beginning = "même" if condition.operator is Operator.IS else "autre"
        return f"{beginning} réponse qu’à {_question_words(guide, condition.question)}"
    question = guide.question[condition.question]
    labels = [_choice_words(question, key) for key in condition.choices]
    sentence = OPERATORS[condition.operator].sentence
    if condition.operator is Operator.IS and condition.choices == (choice,):
        sentence = "{question} est aussi {choices}"
    if condition.operator is Operator.IS_NOT and len(labels) > 1:
        sentence, labels = "{question} n’est ni {choices}", [" ni ".join(labels)]
    subject = _question_words(guide, condition.question)
    if condition.choices and subject.startswith(NUMBERED_QUESTION):
        subject = f"la réponse à {subject}"
    return sentence.format(
        question=subject,
        choices=" ou ".join(labels),
        other=_question_words(guide, condition.other),
    )


def _choice_words(question: QuestionContent, key: str) -> str:
    """Returns the label of a choice, which is quoted if it has several words."""
    label = question.find_choice(key).label
    return quote_text(label) if " " in label else label


def _question_words(guide: GuideContent, key: str) -> str:
    """Returns the short name of a question, or its title, shortened and quoted; empty if `key` is."""
    if not key:
        return ""
    name = question_name(guide, key)
    return name if guide.question[key].short else quote_text(shorten_title(name))
