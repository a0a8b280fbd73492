"""The one table of condition operators: what each is called, reads, takes and means.

Everything that knows an operator (documents, admin lists, sentences, the durable_rules
compiler, the oracle) reads it here, so a new operator is one entry.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from rules.engine.guide import Answers, Condition, Operator


class Operand(Enum):
    """What stands to the right of an operator."""

    CHOICES = "choices"
    QUESTION = "question"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Meaning:
    """`label` is for lists, `sentence` for reading a rule back, `holds` is the reference meaning."""

    label: str
    sentence: str
    operand: Operand
    holds: Callable[[Condition, Answers], bool]


def _is(condition: Condition, answers: Answers) -> bool:
    return answers.get(condition.question) in condition.choices


def _is_not(condition: Condition, answers: Answers) -> bool:
    return condition.question in answers and not _is(condition, answers)


def _both_answered(condition: Condition, answers: Answers) -> bool:
    return condition.question in answers and condition.other in answers


def _same_as(condition: Condition, answers: Answers) -> bool:
    return (
        _both_answered(condition, answers)
        and answers[condition.question] == answers[condition.other]
    )


def _differs_from(condition: Condition, answers: Answers) -> bool:
    return _both_answered(condition, answers) and not _same_as(condition, answers)


def _answered(condition: Condition, answers: Answers) -> bool:
    return condition.question in answers


def _unanswered(condition: Condition, answers: Answers) -> bool:
    return condition.question not in answers


OPERATORS: dict[Operator, Meaning] = {
    Operator.IS: Meaning("est", "{question} est {choices}", Operand.CHOICES, _is),
    Operator.IS_NOT: Meaning(
        "n’est pas", "{question} n’est pas {choices}", Operand.CHOICES, _is_not
    ),
    Operator.SAME_AS: Meaning(
        "a la même réponse que",
        "{question} a la même réponse que {other}",
        Operand.QUESTION,
        _same_as,
    ),
    Operator.DIFFERS_FROM: Meaning(
        "n’a pas la même réponse que",
        "{question} n’a pas la même réponse que {other}",
        Operand.QUESTION,
        _differs_from,
    ),
    Operator.ANSWERED: Meaning(
        "a une réponse", "{question} a une réponse", Operand.NOTHING, _answered
    ),
    Operator.UNANSWERED: Meaning(
        "n’a pas de réponse", "{question} n’a pas de réponse", Operand.NOTHING, _unanswered
    ),
}


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether a condition is true of these answers. A question that is not a key is unanswered."""
    return OPERATORS[condition.operator].holds(condition, answers)
