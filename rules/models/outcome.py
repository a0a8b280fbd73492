from django.db import models

from rules.document.limits import MARKDOWN_LENGTH, URL_LENGTH
from rules.engine.content import Tone
from rules.models.fields import key_field, position_field, title_field
from rules.models.guide import Guide
from rules.sentences import TONE_LABELS

TONE_CHOICES = [(tone.value, label) for tone, label in TONE_LABELS.items()]


class Outcome(models.Model):
    """A message to the visitor: if `final`, a conclusion that ends the diagnostic, else advice."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="outcomes", verbose_name="guide")
    key = key_field()
    title = title_field("titre")
    body = models.TextField(
        "texte",
        blank=True,
        max_length=MARKDOWN_LENGTH,
        help_text="Markdown accepté ; les étapes à suivre sont une liste numérotée.",
    )
    final = models.BooleanField(
        "conclusion",
        default=True,
        help_text="Coché : termine le diagnostic. Décoché : conseil donné en chemin.",
    )
    tone = models.CharField("ton", max_length=10, choices=TONE_CHOICES, default=Tone.INFO.value)
    link_label = models.CharField("texte du lien", max_length=300, blank=True)
    link_url = models.CharField("adresse du lien", max_length=URL_LENGTH, blank=True)
    for_pupil = models.TextField(
        "texte pour l’élève",
        blank=True,
        default="",
        db_default="",
        max_length=MARKDOWN_LENGTH,
        help_text="La même chose, dite à l’élève\u00a0: le papier qui lui est remis la porte. Sans ce texte, "
        "il porte le texte ci-dessus. Markdown accepté.",
    )
    position = position_field()

    class Meta:
        verbose_name = "conseil ou conclusion"
        verbose_name_plural = "conseils et conclusions"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "key"],
                name="rules_outcome_key",
                violation_error_message="Un conseil de ce guide a déjà cette clé.",
            ),
            models.CheckConstraint(
                condition=models.Q(tone__in=[tone.value for tone in Tone]),
                name="rules_outcome_tone",
            ),
        ]

    def __str__(self) -> str:
        return self.title
