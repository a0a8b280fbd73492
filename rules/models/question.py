from django.db import models

from rules.document.limits import MARKDOWN_LENGTH, SHORT_NAME_LENGTH, TITLE_LENGTH
from rules.engine.content import Scope
from rules.models.fields import key_field, position_field, title_field
from rules.models.guide import Guide
from rules.sentences import SCOPE_LABELS


class Question(models.Model):
    """A closed question of a draft, about the school or about one pupil (`scope`)."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="questions", verbose_name="guide")
    key = key_field()
    title = title_field("question")
    short = models.CharField(
        "nom court",
        blank=True,
        default="",
        db_default="",
        max_length=SHORT_NAME_LENGTH,
        help_text="Ce qui désigne la question dans les règles, les listes et les dessins de ce site "
        "d’édition. Les visiteurs ne le voient pas.",
    )
    for_pupil = models.CharField(
        "question posée à l’élève",
        blank=True,
        default="",
        db_default="",
        max_length=TITLE_LENGTH,
        help_text="La même question, comme on la pose à l’élève sur le papier qui lui est remis. "
        "Exemple\u00a0: «\u00a0Comment ouvres-tu d’habitude ton compte Pix\u00a0?\u00a0»",
    )
    help = models.TextField(
        "explication",
        blank=True,
        max_length=MARKDOWN_LENGTH,
        help_text="Affichée sous la question. Markdown accepté.",
    )
    scope = models.CharField(
        "porte sur",
        max_length=10,
        choices=[(scope.value, label) for scope, label in SCOPE_LABELS.items()],
        default=Scope.PUPIL.value,
        help_text="« L’établissement » : la réponse est la même pour tous les élèves.",
    )
    position = position_field()

    class Meta:
        verbose_name = "question"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "key"],
                name="rules_question_key",
                violation_error_message="Une question de ce guide a déjà cette clé.",
            ),
            models.CheckConstraint(
                condition=models.Q(scope__in=[scope.value for scope in Scope]),
                name="rules_question_scope",
            ),
        ]

    def __str__(self) -> str:
        return self.short or self.title


class Choice(models.Model):
    """A possible answer to a question. `aliases` are other spellings of it in lists of pupils."""

    question = models.ForeignKey(
        Question, models.CASCADE, related_name="choices", verbose_name="question"
    )
    key = key_field()
    label = title_field("réponse")
    help = models.TextField(
        "explication",
        blank=True,
        max_length=MARKDOWN_LENGTH,
        help_text="Texte simple, affiché sous la réponse.",
    )
    aliases = models.JSONField("autres écritures", default=list, blank=True)
    position = position_field()

    class Meta:
        verbose_name = "réponse"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "key"],
                name="rules_choice_key",
                violation_error_message="Une réponse de cette question a déjà cette clé.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
