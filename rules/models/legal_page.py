from django.db import models
from django.utils import timezone

from rules.document.limits import KEY_LENGTH, MARKDOWN_LENGTH
from rules.models.fields import title_field
from rules.models.signed_row import SignedRow


class LegalPage(models.Model):
    """A page that French law requires of a public site. Its `key` is its address."""

    key = models.CharField("adresse", max_length=KEY_LENGTH, primary_key=True)
    title = title_field("titre")
    body = models.TextField(
        "texte",
        max_length=MARKDOWN_LENGTH,
        help_text="Markdown accepté. {jours} devient le nombre de jours que dure un diagnostic.",
    )
    updated_at = models.DateTimeField("mise à jour", auto_now=True)

    class Meta:
        verbose_name = "page légale"
        verbose_name_plural = "pages légales"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


class LegalPageChange(SignedRow):
    """A sentence of the history of a legal page: who changed what, and when (`changed_at`)."""

    page = models.ForeignKey(
        LegalPage, models.CASCADE, related_name="changes", verbose_name="page légale"
    )
    sentence = models.TextField("modification")
    changed_at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "modification d’une page légale"
        verbose_name_plural = "modifications de pages légales"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.sentence
