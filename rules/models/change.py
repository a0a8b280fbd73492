from django.conf import settings
from django.db import models
from django.utils import timezone

from rules.models.guide import Guide


class Change(models.Model):
    """A sentence of a guide's history: who did what to which of its parts, and when.

    A part is named by its kind and its key (an example by its name) and not by its row, so that a
    part that is deleted and comes back has its history again. The guide as a whole has the kind
    `guide` and an empty key.
    """

    GUIDE = "guide"
    KINDS = [
        (GUIDE, "guide"),
        ("question", "question"),
        ("outcome", "conseil ou conclusion"),
        ("rule", "règle"),
        ("example", "cas type"),
    ]

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="changes", verbose_name="guide")
    kind = models.CharField("partie", max_length=10, choices=KINDS, default=GUIDE)
    key = models.CharField("clé", max_length=300, blank=True)
    sentence = models.TextField("modification")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="par",
        related_name="+",
    )
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "modification"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["guide", "kind", "key"], name="rules_change_part")]

    def __str__(self) -> str:
        return self.sentence
