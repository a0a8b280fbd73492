"""The one table of condition operators: what each is called, reads, takes, means and compiles to.

Everything that knows an operator (documents, admin lists, sentences, the durable_rules
compiler, the oracle) reads it here. A new operator is an entry here, a word in
`rules.engine.guide.Operator` (so a migration) and its form in documents.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from rules.engine.content import Answers, ConditionContent, Operator
from rules.engine.terms import Terms, among, answered, compared, outside, unanswered


class Operand(Enum):
    """What stands to the right of an operator."""

    CHOICES = "choices"
    QUESTION = "question"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Meaning:
    """`label` is for lists, `sentence` for reading a rule back, `holds` is the reference meaning,
    `terms` what durable_rules is asked.
    """

    label: str
    sentence: str
    operand: Operand
    holds: Callable[[ConditionContent, Answers], bool]
    terms: Callable[[ConditionContent], Terms]


def _is(condition: ConditionContent, answers: Answers) -> bool:
    return answers.get(condition.question) in condition.choices


def _is_not(condition: ConditionContent, answers: Answers) -> bool:
    return condition.question in answers and not _is(condition, answers)


def _both_answered(condition: ConditionContent, answers: Answers) -> bool:
    return condition.question in answers and condition.other in answers


def _same_as(condition: ConditionContent, answers: Answers) -> bool:
    return (
        _both_answered(condition, answers)
        and answers[condition.question] == answers[condition.other]
    )


def _differs_from(condition: ConditionContent, answers: Answers) -> bool:
    return _both_answered(condition, answers) and not _same_as(condition, answers)


def _answered(condition: ConditionContent, answers: Answers) -> bool:
    return condition.question in answers


def _unanswered(condition: ConditionContent, answers: Answers) -> bool:
    return condition.question not in answers


OPERATORS: dict[Operator, Meaning] = {
    Operator.IS: Meaning(
        label="est",
        sentence="{question} est {choices}",
        operand=Operand.CHOICES,
        holds=_is,
        terms=lambda it: among(it.question, it.choices),
    ),
    Operator.IS_NOT: Meaning(
        label="n’est pas",
        sentence="{question} n’est pas {choices}",
        operand=Operand.CHOICES,
        holds=_is_not,
        terms=lambda it: outside(it.question, it.choices),
    ),
    Operator.SAME_AS: Meaning(
        label="a la même réponse que",
        sentence="{question} a la même réponse que {other}",
        operand=Operand.QUESTION,
        holds=_same_as,
        terms=lambda it: compared(it.question, it.other, equal=True),
    ),
    Operator.DIFFERS_FROM: Meaning(
        label="n’a pas la même réponse que",
        sentence="{question} n’a pas la même réponse que {other}",
        operand=Operand.QUESTION,
        holds=_differs_from,
        terms=lambda it: compared(it.question, it.other, equal=False),
    ),
    Operator.ANSWERED: Meaning(
        label="a une réponse",
        sentence="{question} a une réponse",
        operand=Operand.NOTHING,
        holds=_answered,
        terms=lambda it: answered(it.question),
    ),
    Operator.UNANSWERED: Meaning(
        label="n’a pas de réponse",
        sentence="{question} n’a pas de réponse",
        operand=Operand.NOTHING,
        holds=_unanswered,
        terms=lambda it: unanswered(it.question),
    ),
}


def condition_holds(condition: ConditionContent, answers: Answers) -> bool:
    """Whether a condition is true of these answers. A question that is not a key is unanswered."""
    return OPERATORS[condition.operator].holds(condition, answers)
