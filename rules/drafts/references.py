"""The rules and examples that use a part of a draft. While there are any, it cannot be deleted."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from rules.models import (
    Choice,
    ConditionChoice,
    Example,
    ExampleAnswer,
    Outcome,
    Question,
    Rule,
)


@dataclass(frozen=True, slots=True)
class References:
    """The rules and the examples that use a part; false as a boolean if there are none."""

    rules: list[Rule]
    examples: list[Example]

    def __bool__(self) -> bool:
        return bool(self.rules or self.examples)


def question_references(question: Question) -> References:
    uses = Q(asks=question) | Q(conditions__question=question) | Q(conditions__other=question)
    return References(
        rules=list(Rule.objects.filter(uses).distinct()),
        examples=list(Example.objects.filter(answers__question=question)),
    )


def used_choices(choices: Sequence[Choice]) -> list[Choice]:
    """Returns those of the choices that some rule or example uses, with two queries."""
    in_rules = ConditionChoice.objects.filter(choice__in=choices)
    in_examples = ExampleAnswer.objects.filter(choice__in=choices)
    used = {pk for rows in (in_rules, in_examples) for pk in rows.values_list("choice", flat=True)}
    return [choice for choice in choices if choice.pk in used]


def choice_references(choice: Choice) -> References:
    return References(
        rules=list(Rule.objects.filter(conditions__choices=choice).distinct()),
        examples=list(Example.objects.filter(answers__choice=choice)),
    )


def outcome_references(outcome: Outcome) -> References:
    return References(
        rules=list(outcome.given_by.all()),
        examples=list(Example.objects.filter(outcomes__outcome=outcome)),
    )
