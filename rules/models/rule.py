from django.db import models

from rules.document.limits import MARKDOWN_LENGTH
from rules.engine.content import Match, Operator
from rules.engine.operators import OPERATORS
from rules.models.fields import key_field, position_field
from rules.models.guide import Guide
from rules.models.outcome import Outcome
from rules.models.question import Choice, Question


class Rule(models.Model):
    """A rule of a draft: if its conditions hold, it asks a question or gives an outcome.

    Exactly one of `asks` and `gives` is set. `match` says whether all conditions must hold or one
    is enough. `note` is a remark among editors.
    """

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="rules", verbose_name="guide")
    key = key_field()
    match = models.CharField(
        "conditions",
        max_length=3,
        choices=[
            (Match.ALL.value, "toutes les conditions sont vraies"),
            (Match.ANY.value, "au moins une condition est vraie"),
        ],
        default=Match.ALL.value,
    )
    asks = models.ForeignKey(
        Question,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="asked_by",
        verbose_name="poser la question",
    )
    gives = models.ForeignKey(
        Outcome,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="given_by",
        verbose_name="donner le conseil ou la conclusion",
    )
    note = models.TextField(
        "remarque",
        blank=True,
        max_length=MARKDOWN_LENGTH,
        help_text="Pour les éditeurs ; jamais montrée aux visiteurs.",
    )
    position = position_field()

    class Meta:
        verbose_name = "règle"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "key"],
                name="rules_rule_key",
                violation_error_message="Une règle de ce guide a déjà cette clé.",
            ),
            models.CheckConstraint(
                condition=models.Q(asks__isnull=True) ^ models.Q(gives__isnull=True),
                name="rules_rule_one_effect",
                violation_error_message=(
                    "Une règle a exactement un effet : poser une question, ou donner un conseil."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(match__in=[match.value for match in Match]),
                name="rules_rule_match",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Condition(models.Model):
    """A condition of a rule: compares the answer to `question` by `operator`.

    The operator decides what it is compared to: some `choices`, the answer to the `other` question,
    or nothing.
    """

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="conditions", verbose_name="règle")
    question = models.ForeignKey(
        Question, models.RESTRICT, related_name="conditions", verbose_name="question"
    )
    operator = models.CharField(
        "comparaison",
        max_length=12,
        choices=[(operator.value, meaning.label) for operator, meaning in OPERATORS.items()],
        default=Operator.IS.value,
    )
    choices: "models.ManyToManyField[Choice, ConditionChoice]" = models.ManyToManyField(
        Choice, through="ConditionChoice", blank=True, verbose_name="réponses"
    )
    other = models.ForeignKey(
        Question,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="compared_in",
        verbose_name="autre question",
    )
    position = position_field()

    class Meta:
        verbose_name = "condition"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(operator__in=[operator.value for operator in Operator]),
                name="rules_condition_operator",
            ),
            models.CheckConstraint(
                condition=models.Q(other__isnull=True) | ~models.Q(other=models.F("question")),
                name="rules_condition_not_itself",
                violation_error_message="Une question ne se compare pas à elle-même.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.get_operator_display()}"


class ConditionChoice(models.Model):
    """A choice to which a condition compares an answer.

    Django would create such a table by itself, but it would let editors delete a choice in use.
    """

    condition = models.ForeignKey(Condition, models.CASCADE)
    choice = models.ForeignKey(Choice, models.RESTRICT, related_name="named_in")

    class Meta:
        verbose_name = "réponse d’une condition"
        verbose_name_plural = "réponses d’une condition"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["condition", "choice"], name="rules_condition_choice"),
        ]

    def __str__(self) -> str:
        return str(self.choice)
