"""The table of condition operators, which is the only definition of each operator.

The admin, the sentences about rules, the rulesets of durable_rules and the oracle all read this
table. To add an operator, add an entry here, a member of `rules.engine.content.Operator` (which
needs a migration), and its form in documents (`rules.document`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from rules.engine.content import Answers, ConditionContent, Operator
from rules.engine.terms import (
    Conjunction,
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
    """One operator.

    `label` is its name in the admin, and `sentence` the pattern of a condition in French. `operand`
    is what the operator compares an answer with. `holds` says if a condition holds for a set of
    answers, and `terms` expresses the same condition for durable_rules.
    """

    label: str
    sentence: str
    operand: Operand
    holds: Callable[[ConditionContent, Answers], bool]
    terms: Callable[[ConditionContent], Conjunction]


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
    """True if a condition holds for these answers."""
    return OPERATORS[condition.operator].holds(condition, answers)
