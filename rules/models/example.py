from django.db import models

from rules.models.fields import position_field, title_field
from rules.models.guide import Guide
from rules.models.outcome import Outcome
from rules.models.question import Choice, Question


class Example(models.Model):
    """Answers, and the conclusions that they must give; checked before each publication."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="examples", verbose_name="guide")
    name = title_field("nom")
    position = position_field()

    class Meta:
        verbose_name = "cas type"
        verbose_name_plural = "cas types"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class ExampleAnswer(models.Model):
    """An answer of an example: a question and the choice that is its answer."""

    example = models.ForeignKey(Example, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.RESTRICT, related_name="in_examples")
    choice = models.ForeignKey(Choice, models.RESTRICT, related_name="in_examples")

    class Meta:
        verbose_name = "réponse d’un cas type"
        verbose_name_plural = "réponses d’un cas type"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["example", "question"], name="rules_example_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.question} : {self.choice}"


class ExampleOutcome(models.Model):
    """A conclusion that an example must give. If there are several, `position` is their order."""

    example = models.ForeignKey(Example, models.CASCADE, related_name="outcomes")
    outcome = models.ForeignKey(Outcome, models.RESTRICT, related_name="in_examples")
    position = position_field()

    class Meta:
        verbose_name = "conclusion d’un cas type"
        verbose_name_plural = "conclusions d’un cas type"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["example", "outcome"], name="rules_example_outcome"),
        ]

    def __str__(self) -> str:
        return str(self.outcome)
