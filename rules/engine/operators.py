"""The table of condition operators: the only definition of each operator.

Documents, the lists of the admin, the sentences, the rules for durable_rules and the oracle all
read this table. A new operator is a new entry here, a new member of
`rules.engine.content.Operator` (hence a migration) and a new form in documents.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from rules.engine.content import Answers, ConditionContent, Operator
from rules.engine.terms import (
    Terms,
    answered_terms,
    comparison_terms,
    inside_terms,
    outside_terms,
    unanswered_terms,
)


class Operand(Enum):
    """What an operator compares the answer with."""

    CHOICES = "choices"
    QUESTION = "question"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class OperatorDefinition:
    """Everything that there is to know of one operator.

    `label` names it in lists, and `sentence` is the pattern of a condition in words. `holds` is
    its reference meaning, and `terms` is the same meaning for durable_rules.
    """

    label: str
    sentence: str
    operand: Operand
    holds: Callable[[ConditionContent, Answers], bool]
    terms: Callable[[ConditionContent], Terms]


def _is_one_of(condition: ConditionContent, answers: Answers) -> bool:
    return answers.get(condition.question) in condition.choices


def _both_answered(condition: ConditionContent, answers: Answers) -> bool:
    return condition.question in answers and condition.other in answers


def _same_as(condition: ConditionContent, answers: Answers) -> bool:
    return (
        _both_answered(condition, answers)
        and answers[condition.question] == answers[condition.other]
    )


OPERATORS: dict[Operator, OperatorDefinition] = {
    Operator.IS: OperatorDefinition(
        label="est",
        sentence="{question} est {choices}",
        operand=Operand.CHOICES,
        holds=_is_one_of,
        terms=lambda condition: inside_terms(condition.question, condition.choices),
    ),
    Operator.IS_NOT: OperatorDefinition(
        label="n’est pas",
        sentence="{question} n’est pas {choices}",
        operand=Operand.CHOICES,
        holds=lambda condition, answers: (
            condition.question in answers and not _is_one_of(condition, answers)
        ),
        terms=lambda condition: outside_terms(condition.question, condition.choices),
    ),
    Operator.SAME_AS: OperatorDefinition(
        label="a la même réponse que",
        sentence="{question} a la même réponse que {other}",
        operand=Operand.QUESTION,
        holds=_same_as,
        terms=lambda condition: comparison_terms(condition.question, condition.other, equal=True),
    ),
    Operator.DIFFERS_FROM: OperatorDefinition(
        label="n’a pas la même réponse que",
        sentence="{question} n’a pas la même réponse que {other}",
        operand=Operand.QUESTION,
        holds=lambda condition, answers: (
            _both_answered(condition, answers) and not _same_as(condition, answers)
        ),
        terms=lambda condition: comparison_terms(condition.question, condition.other, equal=False),
    ),
    Operator.ANSWERED: OperatorDefinition(
        label="a une réponse",
        sentence="{question} a une réponse",
        operand=Operand.NOTHING,
        holds=lambda condition, answers: condition.question in answers,
        terms=lambda condition: answered_terms(condition.question),
    ),
    Operator.UNANSWERED: OperatorDefinition(
        label="n’a pas de réponse",
        sentence="{question} n’a pas de réponse",
        operand=Operand.NOTHING,
        holds=lambda condition, answers: condition.question not in answers,
        terms=lambda condition: unanswered_terms(condition.question),
    ),
}


def condition_holds(condition: ConditionContent, answers: Answers) -> bool:
    """True if a condition holds for these answers. A question that is not a key has no answer."""
    return OPERATORS[condition.operator].holds(condition, answers)
